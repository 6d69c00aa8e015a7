#include "hub/model/problem.hpp"

namespace lienthong {

std::string Problem::sentence() const
{
    std::string out;
    if (!place.empty())
        out += place + ": ";
    out += detail.empty() ? code : detail;
    if (!found.empty())
        out += "; found '" + found + "'";
    if (!expected.empty())
        out += "; expected " + expected;
    out += " [" + code + "]";
    return out;
}

std::string shortened(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit)
        return std::string(text);
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace lienthong
