/// Transfer: bytes as MIME wraps them for the way (RFC 2045, section 6).
#pragma once

#include "hub/sdk/base64.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mail {

inline int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// Nothing when a '=' is followed by neither two hexadecimal digits nor the end of its line: then a byte is lost.
inline std::optional<std::string> decode_quoted_printable(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const bool returned = !line.empty() && line.back() == '\r';
        // Blanks at the end of a line were added on the way.
        const std::size_t last = line.find_last_not_of(" \t\r");
        line = line.substr(0, last == std::string_view::npos ? 0 : last + 1);
        bool soft = false;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] != '=') {
                out += line[i];
                continue;
            }
            soft = i + 1 == line.size();
            if (soft)
                break;
            const int high = hex_digit(line[i + 1]), low = i + 2 < line.size() ? hex_digit(line[i + 2]) : -1;
            if (high < 0 || low < 0)
                return std::nullopt;
            out += static_cast<char>(static_cast<unsigned char>(high * 16 + low));
            i += 2;
        }
        if (!soft && end != std::string_view::npos)
            out += returned ? "\r\n" : "\n";
    }
    return out;
}

/// By the field Content-Transfer-Encoding, in lower case; nothing when the bytes are damaged or the encoding is not one of MIME's.
inline std::optional<std::string> decode_transfer(std::string_view text, std::string_view encoding)
{
    if (encoding == "base64")
        return lienthong::sdk::decode_base64(text);
    if (encoding == "quoted-printable")
        return decode_quoted_printable(text);
    return encoding.empty() || encoding == "7bit" || encoding == "8bit" || encoding == "binary" ? std::optional(std::string(text)) : std::nullopt;
}

}  // namespace mail
