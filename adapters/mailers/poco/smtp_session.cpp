// The steps of a conversation: greeting, encryption, login, envelope, message.
#include "adapters/mailers/poco/smtp_session.hpp"

#include "adapters/mailers/poco/base64.hpp"

#include <Poco/Environment.h>
#include <Poco/Exception.h>
#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <algorithm>
#include <sstream>

namespace lienthong::adapters {
namespace {

/// A name for EHLO that no odd host name can break.
std::string own_name()
{
    const std::string name = Poco::Environment::nodeName();
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
    });
    return plain ? name : "localhost";
}

std::string upper(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return out;
}

}  // namespace

SmtpSession::SmtpSession(const Poco::Net::StreamSocket& socket, std::string where)
    : SMTPClientSession(socket), where_(std::move(where))
{
}

int SmtpSession::say(const std::string& command)
{
    reply_.clear();
    return sendCommand(command, reply_);
}

Problem SmtpSession::refusal(int status, const std::string& step, const char* for_good) const
{
    return {isPermanentNegative(status) ? for_good : "mail.later",
            "the mail server does not accept " + step,
            where_,
            shortened(reply_),
            {},
            {}};
}

bool SmtpSession::offers(std::string_view extension, std::string_view word) const
{
    std::istringstream lines(extensions_);
    for (std::string line; std::getline(lines, line);) {
        // "250-AUTH LOGIN PLAIN": the code, one sign, then the extension and its words.
        std::istringstream words(upper(line.size() > 4 ? line.substr(4) : std::string()));
        std::string found;
        if (!(words >> found) || found != extension)
            continue;
        if (word.empty())
            return true;
        while (words >> found)
            if (found == word)
                return true;
    }
    return false;
}

Result<void> SmtpSession::greet()
{
    // The first greeting comes by itself; after STARTTLS there is none.
    if (extensions_.empty()) {
        const int status = socket().receiveStatusMessage(reply_);
        if (!isPositiveCompletion(status))
            return refusal(status, "the connection");
    }
    const int status = say("EHLO " + own_name());
    if (!isPositiveCompletion(status))
        return refusal(status, "EHLO");
    extensions_ = reply_;
    return {};
}

Result<void> SmtpSession::start_tls(const std::string& host, const Poco::Net::Context::Ptr& context)
{
    if (!offers("STARTTLS"))
        return Problem{"mail.tls", "the mail server offers no encryption", where_, {}, "STARTTLS, or a server of smtps://"};
    if (const int status = say("STARTTLS"); !isPositiveCompletion(status))
        return refusal(status, "STARTTLS", "mail.tls");
    // Assigning drops what was read ahead in the clear, so that nothing slipped in before counts as said under encryption.
    socket() = Poco::Net::SecureStreamSocket::attach(socket(), host, context);
    return greet();
}

Result<void> SmtpSession::log_in(const std::string& user, const std::string& password)
{
    int status = 0;
    if (offers("AUTH", "PLAIN")) {
        status = say("AUTH PLAIN " + base64(std::string(1, '\0') + user + std::string(1, '\0') + password));
    } else if (offers("AUTH", "LOGIN")) {
        status = say("AUTH LOGIN");
        if (isPositiveIntermediate(status))
            status = say(base64(user));
        if (isPositiveIntermediate(status))
            status = say(base64(password));
    } else {
        return Problem{"mail.login", "the mail server takes no login we can give", where_, {}, "AUTH PLAIN or AUTH LOGIN"};
    }
    if (!isPositiveCompletion(status))
        return refusal(status, "the login", "mail.login");
    return {};
}

Result<std::vector<Problem>> SmtpSession::hand_over(const Mail& mail, const std::string& message)
{
    if (const int status = say("MAIL FROM:<" + mail.from.address + '>'); !isPositiveCompletion(status))
        return refusal(status, "the sender " + mail.from.address);
    std::vector<Problem> refused;
    std::size_t taken = 0;
    for (const Mailbox& to : mail.to) {
        const int status = say("RCPT TO:<" + to.address + '>');
        if (isPositiveCompletion(status)) {
            ++taken;
            continue;
        }
        refused.push_back(refusal(status, "the recipient " + to.address));
        // One who may be reached later is waited for: the mail goes out once, to all.
        if (!isPermanentNegative(status))
            return refused.back();
    }
    if (taken == 0)
        return refused.empty() ? Problem{"mail.address", "the mail has no recipient", where_} : refused.front();
    if (const int status = say("DATA"); !isPositiveIntermediate(status))
        return refusal(status, "the mail");
    std::istringstream stream(message);
    try {
        sendMessage(stream);
    } catch (const Poco::Net::SMTPException& error) {
        reply_ = error.message();
        return refusal(error.code(), "the mail");
    }
    return refused;
}

void SmtpSession::leave() noexcept
{
    try {
        say("QUIT");
    } catch (const Poco::Exception&) {
        return;
    }
}

}  // namespace lienthong::adapters
