/// Mailer over SMTP by Poco::Net, encrypted by Poco's NetSSL: never in the clear, never to a server that cannot show its name.
#pragma once

#include "hub/ports/mailer.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lienthong::adapters {

struct MailServer
{
    std::string host;
    std::uint16_t port = 587;
    bool tls_at_once = false;  ///< smtps://; else STARTTLS, which the server must offer.
};

/// Reads "smtp://host", "smtp://host:587", "smtps://host:465"; the ports left out are those. Fails with: mail.server.
[[nodiscard]] Result<MailServer> mail_server_from(std::string_view url);

struct PocoMailerOptions
{
    MailServer server;
    std::string user{}, password{};  ///< Without a user there is no login.
    std::string
        authorities_file{};  ///< PEM with the authorities the server's certificate is checked against; empty: the system's.
    std::chrono::seconds timeout{20};  ///< For connecting, and for each answer.
};

/// TLS 1.2 or later; chain and host name are always checked, on loopback too. One connection a mail. Thread-safe.
/// Fails with: mail.tls (the authorities cannot be read).
[[nodiscard]] Result<std::unique_ptr<Mailer>> make_poco_mailer(const PocoMailerOptions& options);

}  // namespace lienthong::adapters
