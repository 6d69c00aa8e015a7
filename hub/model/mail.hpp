/// Mails as plain values, and what an address is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lienthong {

struct Mailbox
{
    std::string address;  ///< is_mail_address holds for it.
    std::string name{};   ///< Of a person or an office, for people; may be empty.
    friend bool operator==(const Mailbox&, const Mailbox&) = default;
};

struct Mail
{
    Mailbox from;
    std::vector<Mailbox> to;
    std::string subject;  ///< One line, UTF-8.
    std::string text;     ///< UTF-8, lines ended by LF. No HTML.
};

/// Whether it is an address as mail servers everywhere take it: one @, letters, digits and .!#$%&'*+/=?^_`{|}~- before it, a
/// host name behind it, at most 254 bytes. Quoted local parts and addresses beyond ASCII are none. So no address can end its
/// line or begin a header or a command. Thread-safe.
[[nodiscard]] bool is_mail_address(std::string_view text);

}  // namespace lienthong
