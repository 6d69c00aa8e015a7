// Writes and reads what is asked once the period is known.
#include "hub/mapping/as_of_period.hpp"

#include <charconv>

namespace lienthong::mapping {
namespace {

constexpr char within_mark = '\x1D';
constexpr char crosswalk_mark = '\x1E';
constexpr char part = '\x1F';

}  // namespace

std::string within_text(std::string_view parent, std::string_view name)
{
    return within_mark + std::to_string(parent.size()) + part + std::string(parent) + std::string(name);
}

std::optional<Within> within_from(std::string_view text)
{
    if (!text.starts_with(within_mark))
        return std::nullopt;
    std::size_t size = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 1, end, size);
    if (error != std::errc{} || stop == end || *stop != part || size > static_cast<std::size_t>(end - stop - 1))
        return std::nullopt;
    const std::string_view rest(stop + 1, static_cast<std::size_t>(end - stop - 1));
    return Within{.parent = rest.substr(0, size), .name = rest.substr(size)};
}

std::string joined_systems(std::string_view from, std::string_view to)
{
    return std::string(from) + part + std::string(to);
}

std::string crosswalk_text(std::string_view systems, std::string_view code)
{
    return crosswalk_mark + std::string(systems) + part + std::string(code);
}

std::optional<AskedCrosswalk> crosswalk_from(std::string_view text)
{
    if (!text.starts_with(crosswalk_mark))
        return std::nullopt;
    const std::size_t first = text.find(part);
    const std::size_t second = first == std::string_view::npos ? first : text.find(part, first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    return AskedCrosswalk{.from_system = text.substr(1, first - 1),
                          .code = text.substr(second + 1),
                          .to_system = text.substr(first + 1, second - first - 1)};
}

}  // namespace lienthong::mapping
