// Shows the line a problem stands in, counting columns in characters.
#include "hub/mapping/source_line.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace lienthong::mapping {
namespace {

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The number behind the last colon, which is cut off; 0 when there is none.
std::size_t cut_number(std::string_view& place)
{
    const std::size_t colon = place.rfind(':');
    std::size_t out = 0;
    if (colon == std::string_view::npos)
        return 0;
    std::from_chars(place.data() + colon + 1, place.data() + place.size(), out);
    place = place.substr(0, colon);
    return out;
}

std::optional<std::string_view> line_of(std::string_view text, std::size_t number)
{
    for (std::size_t i = 1; i < number; ++i) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos)
            return std::nullopt;
        text.remove_prefix(end + 1);
    }
    const std::string_view line = text.substr(0, text.find('\n'));
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

std::string with_source_line(const Problem& problem, std::string_view text)
{
    std::string out = problem.sentence();
    std::string_view place = problem.place;
    const std::size_t column = cut_number(place), number = cut_number(place);
    const auto line = number == 0 ? std::nullopt : line_of(text, number);
    const std::size_t width = characters(line.value_or(""));
    if (!line || column == 0 || column > width + 1)
        return out;
    std::string margin = std::to_string(number);
    margin.insert(0, margin.size() < 5 ? 5 - margin.size() : 0, ' ');
    const std::size_t marks = std::clamp<std::size_t>(characters(problem.found), 1, std::max<std::size_t>(width + 1 - column, 1));
    out += "\n" + margin + " | " + std::string(*line);
    out += "\n" + std::string(margin.size(), ' ') + " | " + std::string(column - 1, ' ') + std::string(marks, '^');
    return out;
}

}  // namespace lienthong::mapping
