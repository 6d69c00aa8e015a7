// Strict base64 with white space.
#include "adapters/formats/edxml/base64.hpp"

#include <array>
#include <cstdint>

namespace lienthong::adapters {
namespace {

constexpr std::uint8_t foreign = 0xFF;
constexpr std::uint8_t blank = 0xFE;
constexpr std::uint8_t padding = 0xFD;

constexpr std::array<std::uint8_t, 256> alphabet()
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<std::uint8_t, 256> table{};
    table.fill(foreign);
    for (std::size_t i = 0; i < letters.size(); ++i)
        table[static_cast<unsigned char>(letters[i])] = static_cast<std::uint8_t>(i);
    for (const char c : {' ', '\t', '\r', '\n'})
        table[static_cast<unsigned char>(c)] = blank;
    table['='] = padding;
    return table;
}

constexpr auto values = alphabet();

}  // namespace

std::optional<std::string> decode_base64(std::string_view text)
{
    std::string out;
    out.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    unsigned digits = 0;
    unsigned padded = 0;
    for (const char c : text) {
        const std::uint8_t value = values[static_cast<unsigned char>(c)];
        if (value == blank)
            continue;
        if (value == foreign || (value != padding && padded != 0))
            return std::nullopt;
        if (value == padding) {
            ++padded;
            continue;
        }
        bits = (bits << 6U) | value;
        if (++digits == 4) {
            out += static_cast<char>(bits >> 16U & 0xFFU);
            out += static_cast<char>(bits >> 8U & 0xFFU);
            out += static_cast<char>(bits & 0xFFU);
            bits = digits = 0;
        }
    }
    const bool complete = digits == 0 ? padded == 0 : digits + padded == 4 && digits >= 2;
    if (!complete)
        return std::nullopt;
    if (digits == 2) {
        if ((bits & 0x0FU) != 0)
            return std::nullopt;
        out += static_cast<char>(bits >> 4U & 0xFFU);
    } else if (digits == 3) {
        if ((bits & 0x03U) != 0)
            return std::nullopt;
        out += static_cast<char>(bits >> 10U & 0xFFU);
        out += static_cast<char>(bits >> 2U & 0xFFU);
    }
    return out;
}

}  // namespace lienthong::adapters
