/// POP3 session: one conversation with a mail server (RFC 1939), encrypted before its first word. Part of the mail transport.
#pragma once

#include "adapters/transports/blocking/socket_watch.hpp"
#include "adapters/transports/mail/mail_call.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

struct ListedMail
{
    std::string number;  ///< Of this session alone.
    std::string uid;
    std::uint64_t size = 0;  ///< Bytes, as the server says.
};

/// What a server said to a command: "+OK …" or "-ERR …".
struct Pop3Reply
{
    bool good = false;
    std::string text;  ///< Behind the first word.
};

/// Poco's own session reads lines without a limit and keeps no deadline; so the steps are taken here, over its socket. Throws what
/// Poco throws, and Poco::Net::NetException where the server speaks no POP3. One thread at a time.
class Pop3Session
{
public:
    /// Connects to one of `addresses` and shakes hands; `call.host` is the name that the certificate must have.
    Pop3Session(const MailCall& call, const std::vector<Poco::Net::SocketAddress>& addresses, const Poco::Net::Context::Ptr& context,
                Deadline deadline);

    /// Takes the greeting and names the account. Nothing when the session stands; else why not.
    [[nodiscard]] std::optional<HttpAnswer> log_in(const MailCall& call);
    /// What lies in the mailbox, at most `most` with an id; the answer when the server cannot say.
    [[nodiscard]] std::optional<HttpAnswer> list(std::vector<ListedMail>& mails);
    /// A mail's bytes as they were before they were made fit for the wire; nothing of one larger than `most_bytes`, after which the
    /// session is of no more use.
    [[nodiscard]] std::optional<HttpAnswer> read(const ListedMail& mail, std::size_t most_bytes, std::string& bytes);
    [[nodiscard]] Pop3Reply say(std::string_view command);

private:
    [[nodiscard]] Pop3Reply reply();
    [[nodiscard]] std::string line();
    [[nodiscard]] bool block(std::size_t most_bytes, std::string& bytes);
    void receive(std::string& into);

    Deadline deadline_;
    Poco::Net::StreamSocket socket_;
    std::unique_ptr<SocketWatch> watch_;
    std::string ahead_;  ///< Read but not asked for yet.
};

}  // namespace lienthong::adapters
