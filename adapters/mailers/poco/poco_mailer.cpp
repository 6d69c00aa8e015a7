// One connection, one conversation, one mail; every exception of Poco's made a problem at this border.
#include "adapters/mailers/poco/poco_mailer.hpp"

#include "adapters/mailers/poco/message.hpp"
#include "adapters/mailers/poco/smtp_session.hpp"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/LocalDateTime.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Timespan.h>
#include <Poco/UUIDGenerator.h>

#include <algorithm>
#include <charconv>

namespace lienthong::adapters {
namespace {

using Poco::Net::Context;

constexpr int local_offset_seconds = 7 * 3600;
constexpr std::uint16_t submission_port = 587, submissions_port = 465;

bool is_host(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
    });
}

class PocoMailer final : public Mailer
{
public:
    PocoMailer(PocoMailerOptions options, Context::Ptr context) : options_(std::move(options)), context_(std::move(context)) {}

    [[nodiscard]] Result<std::vector<Problem>> send(const Mail& mail) override
    {
        for (const Mailbox& to : mail.to)
            if (!is_mail_address(to.address))
                return Problem{"mail.address", "this is no mail address", {}, shortened(to.address, 80), "name@host"};
        if (!is_mail_address(mail.from.address))
            return Problem{"mail.address", "this is no mail address", {}, shortened(mail.from.address, 80), "name@host"};
        try {
            return converse(mail);
        } catch (const Poco::Net::SSLConnectionUnexpectedlyClosedException& error) {
            return later(error);
        } catch (const Poco::Net::SSLException& error) {
            return Problem{"mail.tls",
                           "the encrypted connection was not made: " + error.displayText(),
                           where(),
                           {},
                           "a certificate of " + options_.server.host + " by an authority that is trusted"};
        } catch (const Poco::Exception& error) {
            return later(error);
        }
    }

private:
    Result<std::vector<Problem>> converse(const Mail& mail)
    {
        const MailServer& server = options_.server;
        const Poco::Timespan patience(static_cast<long>(options_.timeout.count()), 0);
        Poco::Net::StreamSocket plain;
        plain.connect(Poco::Net::SocketAddress(server.host, server.port), patience);
        plain.setSendTimeout(patience);
        plain.setReceiveTimeout(patience);
        SmtpSession session(server.tls_at_once ? Poco::Net::SecureStreamSocket::attach(plain, server.host, context_) : plain,
                            where());
        if (auto greeted = session.greet(); !greeted.ok())
            return greeted.problem();
        if (!server.tls_at_once)
            if (auto secured = session.start_tls(server.host, context_); !secured.ok())
                return secured.problem();
        if (!options_.user.empty())
            if (auto known = session.log_in(options_.user, options_.password); !known.ok())
                return known.problem();
        auto taken = session.hand_over(mail, message_text(mail, date(), id(mail)));
        session.leave();
        return taken;
    }

    [[nodiscard]] std::string where() const
    {
        return (options_.server.tls_at_once ? "smtps://" : "smtp://") + options_.server.host + ':' +
               std::to_string(options_.server.port);
    }

    [[nodiscard]] Problem later(const Poco::Exception& error) const
    {
        return {"mail.later", "no conversation with the mail server: " + error.displayText(), where()};
    }

    static std::string date()
    {
        return Poco::DateTimeFormatter::format(Poco::LocalDateTime(local_offset_seconds, Poco::DateTime()),
                                               Poco::DateTimeFormat::RFC1123_FORMAT);
    }

    static std::string id(const Mail& mail)
    {
        return Poco::UUIDGenerator::defaultGenerator().createRandom().toString() +
               mail.from.address.substr(mail.from.address.find('@'));
    }

    PocoMailerOptions options_;
    Context::Ptr context_;
};

}  // namespace

Result<MailServer> mail_server_from(std::string_view url)
{
    const Problem wrong{
        "mail.server", "this is no address of a mail server", {}, shortened(url, 80), "smtp://host:587 or smtps://host:465"};
    MailServer out;
    if (url.starts_with("smtps://"))
        out.tls_at_once = true;
    else if (!url.starts_with("smtp://"))
        return wrong;
    url.remove_prefix(out.tls_at_once ? 8 : 7);
    out.port = out.tls_at_once ? submissions_port : submission_port;
    const std::size_t colon = url.find(':');
    out.host = url.substr(0, colon);
    if (colon != std::string_view::npos) {
        const std::string_view digits = url.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
        if (error != std::errc{} || end != digits.data() + digits.size() || out.port == 0)
            return wrong;
    }
    if (!is_host(out.host))
        return wrong;
    return out;
}

Result<std::unique_ptr<Mailer>> make_poco_mailer(const PocoMailerOptions& options)
{
    try {
        Poco::Net::initializeSSL();
        // Strict: on loopback too the certificate must be the host's.
        Context::Ptr context = new Context(Context::TLS_CLIENT_USE, {}, {}, options.authorities_file, Context::VERIFY_STRICT, 9,
                                           options.authorities_file.empty());
        context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
        context->enableExtendedCertificateVerification(true);
        return std::unique_ptr<Mailer>(std::make_unique<PocoMailer>(options, context));
    } catch (const Poco::Exception& error) {
        return Problem{"mail.tls",
                       "the trusted authorities cannot be read: " + error.displayText(),
                       options.authorities_file,
                       {},
                       "PEM certificates"};
    }
}

}  // namespace lienthong::adapters
