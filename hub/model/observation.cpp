#include "hub/model/observation.hpp"

#include <array>

namespace lienthong {
namespace {

constexpr std::array vintages = {std::string_view("unstated"), std::string_view("estimated"),
                                 std::string_view("preliminary"), std::string_view("official")};
constexpr std::array availabilities = {std::string_view("value"), std::string_view("not_available"),
                                       std::string_view("not_applicable"), std::string_view("not_permitted"),
                                       std::string_view("no_case")};

template <class Enum, std::size_t Size>
std::optional<Enum> find(const std::array<std::string_view, Size>& names, std::string_view text)
{
    for (std::size_t i = 0; i < Size; ++i)
        if (names[i] == text)
            return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace

std::string to_text(const SeriesKey& key)
{
    std::string out;
    out.reserve(key.indicator.size() + key.measure.size() + key.period.size() + key.area.size() +
                key.breakdown.size() + key.agency.size() + 5);
    out += key.indicator;
    for (const std::string* field : {&key.measure, &key.period, &key.area, &key.breakdown, &key.agency}) {
        out += '|';
        out += *field;
    }
    return out;
}

std::string_view to_text(Vintage vintage)
{
    return vintages.at(static_cast<std::size_t>(vintage));
}

std::string_view to_text(Availability availability)
{
    return availabilities.at(static_cast<std::size_t>(availability));
}

std::optional<Vintage> vintage_from(std::string_view text)
{
    return find<Vintage>(vintages, text);
}

std::optional<Availability> availability_from(std::string_view text)
{
    return find<Availability>(availabilities, text);
}

}  // namespace lienthong
