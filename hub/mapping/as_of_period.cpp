// Writes and reads what is asked once the period is known.
#include "hub/mapping/as_of_period.hpp"

#include "hub/catalogue/crosswalks.hpp"

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

Result<const catalogue::Area*> area_as_of(std::string_view text, const catalogue::Catalogue& catalogue, catalogue::Day day)
{
    if (const auto within = within_from(text)) {
        const auto parent = area_as_of(within->parent, catalogue, day);
        if (!parent)
            return parent.problem();
        return catalogue.area_within((*parent)->code, within->name, day);
    }
    if (const auto asked = crosswalk_from(text)) {
        const auto match = catalogue.crosswalk(asked->from_system, asked->code, asked->to_system, day);
        if (!match)
            return match.problem();
        return catalogue.area(match->system, match->code, day);
    }
    const std::size_t colon = text.find(':');
    return catalogue.area(text.substr(0, colon), text.substr(colon + 1), day);
}

Result<const catalogue::Agency*> agency_as_of(std::string_view text, const catalogue::Catalogue& catalogue, catalogue::Day day)
{
    const auto asked = crosswalk_from(text);
    if (!asked)
        return catalogue.agency(text, day);
    const auto match = catalogue.crosswalk(asked->from_system, asked->code, asked->to_system, day);
    if (!match)
        return match.problem();
    return catalogue.agency(match->code, day);
}

}  // namespace lienthong::mapping
