// Places and size: the same for every reader of text documents.
#include "adapters/formats/place/place.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace lienthong::adapters {

Problem placed(Problem problem, std::string_view document, std::size_t offset)
{
    const std::string_view before = document.substr(0, std::min(offset, document.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t newline = before.rfind('\n');
    const std::string_view row = newline == std::string_view::npos ? before : before.substr(newline + 1);
    const auto column =
        1 + std::count_if(row.begin(), row.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    problem.place = std::to_string(line) + ":" + std::to_string(column);
    return problem;
}

std::optional<Problem> too_large(std::string_view document, const FormatLimits& limits)
{
    constexpr std::size_t offsets_end_here = UINT32_MAX - 1;
    if (document.size() <= limits.bytes && document.size() <= offsets_end_here)
        return std::nullopt;
    Problem problem;
    problem.code = "format.too_large";
    problem.detail =
        "the document has " + std::to_string(document.size()) + " bytes, the limit is " + std::to_string(limits.bytes);
    return problem;
}

}  // namespace lienthong::adapters
