// Places and size: the same for every reader of text documents.
#include "adapters/formats/place/place.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace lienthong::adapters {

void LineColumn::pass(std::string_view bytes)
{
    line += static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    const std::size_t newline = bytes.rfind('\n');
    if (newline != std::string_view::npos) {
        column = 1;
        bytes.remove_prefix(newline + 1);
    }
    column += static_cast<std::size_t>(
        std::count_if(bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Problem placed(Problem problem, std::string_view document, std::size_t offset)
{
    LineColumn at;
    at.pass(document.substr(0, std::min(offset, document.size())));
    problem.place = at.text();
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

Problem too_many_bytes(const FormatLimits& limits)
{
    return {.code = "format.too_large", .detail = "the document has more than " + std::to_string(limits.bytes) + " bytes"};
}

Problem too_many_values(const FormatLimits& limits, const LineColumn& at)
{
    return {.code = "format.too_many_nodes",
            .detail = "the document has more than " + std::to_string(limits.nodes) + " values",
            .place = at.text()};
}

}  // namespace lienthong::adapters
