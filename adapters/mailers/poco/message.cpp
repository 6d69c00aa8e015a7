// Header and body, everything people wrote in base64.
#include "adapters/mailers/poco/message.hpp"

#include "adapters/mailers/poco/base64.hpp"
#include "hub/model/utf8.hpp"

#include <algorithm>

namespace lienthong::adapters {
namespace {

/// A line with such words has 76 characters. "=?UTF-8?B?" and "?=" leave 63 of them behind a blank: 60 in whole groups, which
/// are 45 bytes; behind "Subject: ", the longest name of a header here, 52 and 39.
constexpr std::size_t bytes_a_word = 45, bytes_of_the_first = 39;
constexpr std::size_t bytes_a_line = 57;  // 76 characters of base64.

std::string mailbox(const Mailbox& box)
{
    if (box.name.empty())
        return '<' + box.address + '>';
    return encoded_words(box.name) + "\r\n <" + box.address + '>';
}

std::string with_crlf(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 40);
    for (const char c : text) {
        if (c == '\n')
            out += '\r';
        if (c != '\r')
            out += c;
    }
    return out;
}

}  // namespace

std::string encoded_words(std::string_view text)
{
    std::string clean(text);
    std::replace_if(
        clean.begin(), clean.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; }, ' ');
    std::string out, word;
    const auto close = [&] {
        if (!word.empty())
            out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(word) + "?=";
        word.clear();
    };
    for (std::string_view rest = clean; !rest.empty();) {
        // A byte that is no character stands alone; its reader shows what it can.
        const std::size_t size = std::max<std::size_t>(utf8_length(rest), 1);
        if (word.size() + size > (out.empty() ? bytes_of_the_first : bytes_a_word))
            close();
        word += rest.substr(0, size);
        rest.remove_prefix(size);
    }
    close();
    return out;
}

std::string message_text(const Mail& mail, std::string_view date, std::string_view id)
{
    std::string out = "From: " + mailbox(mail.from) + "\r\nTo: ";
    for (std::size_t i = 0; i < mail.to.size(); ++i)
        out += (i == 0 ? "" : ",\r\n ") + mailbox(mail.to[i]);
    out += "\r\nSubject: " + encoded_words(mail.subject) + "\r\nDate: " + std::string(date) + "\r\nMessage-ID: <" +
           std::string(id) +
           ">\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
           // No machine shall answer a machine (RFC 3834).
           "Auto-Submitted: auto-generated\r\n\r\n";
    const std::string body = with_crlf(mail.text);
    for (std::size_t at = 0; at < body.size(); at += bytes_a_line)
        out += base64(std::string_view(body).substr(at, bytes_a_line)) + "\r\n";
    return out;
}

}  // namespace lienthong::adapters
