/// Charset: the few encodings in which mail programs write Vietnamese names and subjects, made UTF-8. Payloads are not touched by
/// it: what encoding a table is in is the mapping's affair.
#pragma once

#include "hub/sdk/file_name.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace mail {

inline constexpr char32_t unknown_character = 0xFFFD;

inline void append_utf8(std::string& out, char32_t c)
{
    const auto byte = [&](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
    if (c < 0x80U) {
        byte(c);
    } else if (c < 0x800U) {
        byte(0xC0U | c >> 6U);
        byte(0x80U | (c & 0x3FU));
    } else {
        byte(0xE0U | c >> 12U);
        byte(0x80U | (c >> 6U & 0x3FU));
        byte(0x80U | (c & 0x3FU));
    }
}

/// How many bytes at the beginning are one character of UTF-8 (RFC 3629, section 4); 0 when they are none.
inline std::size_t utf8_size(std::string_view text)
{
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = at(0);
    const std::size_t size = first < 0x80U ? 1 : first >= 0xC2U && first <= 0xDFU ? 2 : first >= 0xE0U && first <= 0xEFU ? 3 : first >= 0xF0U && first <= 0xF4U ? 4 : 0;
    if (size == 0 || size > text.size())
        return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((at(i) & 0xC0U) != 0x80U)
            return 0;
    if (size > 1 && ((first == 0xE0U && at(1) < 0xA0U) || (first == 0xEDU && at(1) > 0x9FU) || (first == 0xF0U && at(1) < 0x90U) ||
                     (first == 0xF4U && at(1) > 0x8FU)))
        return 0;
    return size;
}

/// What is UTF-8 stays; every other byte becomes U+FFFD.
inline std::string tidy_utf8(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t size = utf8_size(text);
        if (size == 0)
            append_utf8(out, unknown_character);
        else
            out += text.substr(0, size);
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

/// Windows-1258 by Unicode's own table (VENDORS/MICSFT/WINDOWS/CP1258.TXT): where it differs from ISO 8859-1.
inline char32_t of_windows_1258(unsigned char byte)
{
    constexpr std::array<std::uint16_t, 32> low = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0xFFFD,
                                                   0x2039, 0x0152, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                   0x2013, 0x2014, 0x02DC, 0x2122, 0xFFFD, 0x203A, 0x0153, 0xFFFD, 0xFFFD, 0x0178};
    switch (byte) {
        case 0xC3: return 0x0102;
        case 0xCC: return 0x0300;
        case 0xD0: return 0x0110;
        case 0xD2: return 0x0309;
        case 0xD5: return 0x01A0;
        case 0xDD: return 0x01AF;
        case 0xDE: return 0x0303;
        case 0xE3: return 0x0103;
        case 0xEC: return 0x0301;
        case 0xF0: return 0x0111;
        case 0xF2: return 0x0323;
        case 0xF5: return 0x01A1;
        case 0xFD: return 0x01B0;
        case 0xFE: return 0x20AB;
        default: return byte >= 0x80U && byte < 0xA0U ? low.at(byte - 0x80U) : byte;
    }
}

/// Of a charset that is not known the letters of ASCII are kept, so that a name keeps its ending.
inline std::string to_utf8(std::string_view bytes, std::string_view charset)
{
    const std::string name = lienthong::sdk::lower_case(charset);
    const bool latin = name == "iso-8859-1" || name == "latin1";
    if (!latin && name != "windows-1258")
        return tidy_utf8(bytes);
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_utf8(out, latin ? char32_t{byte} : of_windows_1258(byte));
    }
    return out;
}

}  // namespace mail
