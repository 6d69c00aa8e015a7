// Case by arithmetic on code points: in the blocks Vietnamese uses, pairs are neighbours or 32 apart.
#include "hub/mapping/letter_case.hpp"

#include <cstdint>

namespace lienthong::mapping {
namespace {

bool is_pair_block(std::uint32_t c)
{
    return c == 0x102 || c == 0x103 || c == 0x110 || c == 0x111 || c == 0x128 || c == 0x129 || c == 0x168 || c == 0x169 ||
           (c >= 0x1EA0 && c <= 0x1EF9);
}

std::uint32_t upper(std::uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7))
        return c - 32;
    if (is_pair_block(c))
        return c & ~1U;
    if (c == 0x1A1 || c == 0x1B0)
        return c - 1;
    return c;
}

std::uint32_t lower(std::uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return c + 32;
    if (is_pair_block(c))
        return c | 1U;
    if (c == 0x1A0 || c == 0x1AF)
        return c + 1;
    return c;
}

/// Applies `change` to every two- and three-byte character and every ASCII one; the others are copied.
template <class Change>
std::string changed(std::string_view utf8, Change change)
{
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t size = lead < 0x80U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
        if (i + size > utf8.size())
            return out.append(utf8.substr(i));
        const auto more = [&](std::size_t k) { return static_cast<unsigned char>(utf8[i + k]) & 0x3FU; };
        if (size == 1)
            out += static_cast<char>(change(lead));
        else if (size == 2) {
            const std::uint32_t c = change(((lead & 0x1FU) << 6U) | more(1));
            out += static_cast<char>(0xC0U | (c >> 6U));
            out += static_cast<char>(0x80U | (c & 0x3FU));
        } else if (size == 3) {
            const std::uint32_t c = change(((lead & 0x0FU) << 12U) | (more(1) << 6U) | more(2));
            out += static_cast<char>(0xE0U | (c >> 12U));
            out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
            out += static_cast<char>(0x80U | (c & 0x3FU));
        } else {
            out.append(utf8.substr(i, size));
        }
        i += size;
    }
    return out;
}

}  // namespace

std::string upper_case(std::string_view utf8)
{
    return changed(utf8, upper);
}

std::string lower_case(std::string_view utf8)
{
    return changed(utf8, lower);
}

}  // namespace lienthong::mapping
