// Places, UTF-8 and size: the same for every reader of text documents.
#include "adapters/formats/place/place.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
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

std::size_t first_not_utf8(std::string_view document)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(document.data());
    const std::size_t size = document.size();
    const auto follows = [&](std::size_t i, unsigned low, unsigned high) {
        return i < size && bytes[i] >= low && bytes[i] <= high;
    };
    std::size_t at = 0;
    while (at < size) {
        std::uint64_t eight = 0;
        if (size - at >= sizeof eight) {
            std::memcpy(&eight, bytes + at, sizeof eight);
            if ((eight & 0x8080808080808080U) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        const unsigned first = bytes[at];
        std::size_t length = 0;
        if (first < 0x80U)
            length = 1;
        else if (first >= 0xC2U && first <= 0xDFU)
            length = follows(at + 1, 0x80, 0xBF) ? 2 : 0;
        else if (first >= 0xE0U && first <= 0xEFU)
            length = follows(at + 1, first == 0xE0U ? 0xA0 : 0x80, first == 0xEDU ? 0x9F : 0xBF) && follows(at + 2, 0x80, 0xBF)
                         ? 3
                         : 0;
        else if (first >= 0xF0U && first <= 0xF4U)
            length = follows(at + 1, first == 0xF0U ? 0x90 : 0x80, first == 0xF4U ? 0x8F : 0xBF) && follows(at + 2, 0x80, 0xBF) &&
                             follows(at + 3, 0x80, 0xBF)
                         ? 4
                         : 0;
        if (length == 0)
            return at;
        at += length;
    }
    return size;
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
