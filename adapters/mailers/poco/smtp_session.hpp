/// One conversation with a mail server (RFC 5321), encrypted before anything is said that matters. Part of the mailer.
#pragma once

#include "hub/model/mail.hpp"
#include "hub/model/result.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/SMTPClientSession.h>

#include <string>
#include <vector>

namespace lienthong::adapters {

/// Poco's sessions connect without a deadline, know the server's name only where they connected by themselves, and tell
/// refusals apart only by text: so the steps are taken here, over its socket and its replies. Throws what Poco throws.
class SmtpSession : private Poco::Net::SMTPClientSession
{
public:
    /// `socket` is connected; `where` is "smtp://host:port", for messages.
    SmtpSession(const Poco::Net::StreamSocket& socket, std::string where);
    ~SmtpSession() override = default;

    /// Takes the greeting and says who we are. Fails with: mail.later, mail.refused.
    [[nodiscard]] Result<void> greet();
    /// Fails with: mail.tls where the server does not offer it. A certificate that is not `host`'s throws.
    [[nodiscard]] Result<void> start_tls(const std::string& host, const Poco::Net::Context::Ptr& context);
    /// AUTH PLAIN where the server takes it, else AUTH LOGIN. Fails with: mail.login, mail.later.
    [[nodiscard]] Result<void> log_in(const std::string& user, const std::string& password);
    /// The recipients refused for good while others were taken. Fails with: mail.later, mail.refused.
    [[nodiscard]] Result<std::vector<Problem>> hand_over(const Mail& mail, const std::string& message);
    /// QUIT; the mail is the server's already, so that what it answers does not matter.
    void leave() noexcept;

private:
    int say(const std::string& command);
    [[nodiscard]] Problem refusal(int status, const std::string& step, const char* for_good = "mail.refused") const;
    [[nodiscard]] bool offers(std::string_view extension, std::string_view word = {}) const;

    std::string where_;
    std::string reply_;       ///< The last one, all its lines.
    std::string extensions_;  ///< What the server said it can, one a line.
};

}  // namespace lienthong::adapters
