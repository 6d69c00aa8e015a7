#include "hub/model/problem.hpp"

namespace lienthong {

std::string statement_of(const Problem& problem)
{
    std::string out;
    if (!problem.place.empty())
        out += problem.place + ": ";
    out += problem.detail.empty() ? problem.code : problem.detail;
    if (!problem.found.empty())
        out += "; found '" + problem.found + "'";
    if (!problem.expected.empty())
        out += "; expected " + problem.expected;
    return out;
}

std::string Problem::sentence() const
{
    return statement_of(*this) + " [" + code + "]";
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
