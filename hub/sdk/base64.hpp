/// Base64 (RFC 4648, section 4) for payloads that arrive inside a JSON text. Encoding is the host's (Part).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::sdk {

/// Line breaks and blanks are skipped, because MIME writers wrap. Anything else outside the alphabet, missing
/// padding, or bits left over gives nothing: then the bytes are not the ones that were sent.
inline std::optional<std::string> decode_base64(std::string_view text)
{
    std::string out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    unsigned held = 0, padding = 0;
    for (const char c : text) {
        std::uint32_t value = 0;
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        if (c >= 'A' && c <= 'Z')
            value = static_cast<std::uint32_t>(c - 'A');
        else if (c >= 'a' && c <= 'z')
            value = static_cast<std::uint32_t>(c - 'a') + 26U;
        else if (c >= '0' && c <= '9')
            value = static_cast<std::uint32_t>(c - '0') + 52U;
        else if (c == '+' || c == '/')
            value = c == '+' ? 62U : 63U;
        else
            return std::nullopt;
        if (padding > 0)
            return std::nullopt;
        bits = (bits << 6U) | value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out += static_cast<char>(static_cast<unsigned char>(bits >> held));
            bits &= (1U << held) - 1U;
        }
    }
    // 0, 4 or 2 bits remain after 4, 2 or 3 characters of the last group; they must be zero and padded to four.
    const unsigned wanted = held == 4 ? 2 : held == 2 ? 1 : 0;
    if (held == 6 || bits != 0 || padding != wanted)
        return std::nullopt;
    return out;
}

}  // namespace lienthong::sdk
