// Between UTF-8 and UTF-16 (RFC 3629, RFC 2781).
#include "adapters/transports/sql/wide_text.hpp"

#include <cstdint>

namespace lienthong::adapters {
namespace {

constexpr char32_t replacement = 0xFFFD, first_beyond = 0x10000;

void append(std::string& out, char32_t c)
{
    const auto add = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80U) {
        add(c);
    } else if (c < 0x800U) {
        add(0xC0U | c >> 6U);
        add(0x80U | (c & 0x3FU));
    } else if (c < first_beyond) {
        add(0xE0U | c >> 12U);
        add(0x80U | (c >> 6U & 0x3FU));
        add(0x80U | (c & 0x3FU));
    } else {
        add(0xF0U | c >> 18U);
        add(0x80U | (c >> 12U & 0x3FU));
        add(0x80U | (c >> 6U & 0x3FU));
        add(0x80U | (c & 0x3FU));
    }
}

bool is_first_half(char16_t unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

bool is_second_half(char16_t unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

}  // namespace

std::u16string to_utf16(std::string_view text)
{
    std::u16string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t size = first < 0x80U ? 1 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
        char32_t c = size == 1 ? first : first & (0xFFU >> (size + 1));
        for (std::size_t k = 1; k < size && i + k < text.size(); ++k)
            c = c << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        i += size;
        if (c < first_beyond) {
            out += static_cast<char16_t>(c);
        } else {
            out += static_cast<char16_t>(0xD800U + ((c - first_beyond) >> 10U));
            out += static_cast<char16_t>(0xDC00U + ((c - first_beyond) & 0x3FFU));
        }
    }
    return out;
}

std::string from_utf16(std::u16string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i];
        if (is_first_half(unit) && i + 1 < text.size() && is_second_half(text[i + 1]))
            append(out, first_beyond + ((char32_t{unit} - 0xD800U) << 10U) + (char32_t{text[++i]} - 0xDC00U));
        else
            append(out, is_first_half(unit) || is_second_half(unit) ? replacement : char32_t{unit});
    }
    return out;
}

}  // namespace lienthong::adapters
