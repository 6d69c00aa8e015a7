#include "hub/cli/names.hpp"

#include "hub/text/period.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace lienthong::cli {
namespace {

using catalogue::Catalogue;

std::optional<catalogue::Day> day_of(std::string_view period)
{
    const auto read = text::period_from(period);
    return read.ok() ? std::optional(text::last_day(*read)) : std::nullopt;
}

std::string name_of(std::string_view field, std::string_view code, catalogue::Day day, const Catalogue& catalogue)
{
    if (field == "indicator") {
        const auto indicator = catalogue.indicator(code, day);
        return indicator.ok() ? (*indicator)->name_vi : "";
    }
    if (field == "agency") {
        const auto agency = catalogue.agency(code, day);
        return agency.ok() ? (*agency)->name_vi : "";
    }
    const catalogue::Area* area = field == "area" ? catalogue.find_area(code, day) : nullptr;
    return area == nullptr ? "" : area->name_vi;
}

/// The name of the row of this code that began last; empty where there is none.
template <class Row>
std::string latest_name(const std::vector<Row>& rows, std::string_view code)
{
    const Row* latest = nullptr;
    for (const Row& row : rows)
        if (row.code == code && (latest == nullptr || latest->validity.from < row.validity.from))
            latest = &row;
    return latest == nullptr ? "" : latest->name_vi;
}

std::string name_of_kind(std::string_view problem, std::string_view code, const Catalogue& catalogue)
{
    if (problem == "agency.unknown" || problem == "mapping.agency_unknown")
        return latest_name(catalogue.agencies(), code);
    if (problem == "area.unknown" || problem == "mapping.area_unknown")
        return latest_name(catalogue.areas(), code);
    return problem == "indicator.unknown" ? latest_name(catalogue.indicators(), code) : "";
}

}  // namespace

std::vector<std::string> names_of(const std::vector<mapping::Trace>& values, const Catalogue& catalogue)
{
    std::vector<std::string> out(values.size());
    // The values of one observation stand together and begin with its indicator.
    for (auto from = values.begin(); from != values.end();) {
        const auto to = std::find_if(from + 1, values.end(), [](const mapping::Trace& one) { return one.field == "indicator"; });
        const auto period = std::find_if(from, to, [](const mapping::Trace& one) { return one.field == "period"; });
        if (const auto day = period == to ? std::nullopt : day_of(period->result))
            for (auto one = from; one != to; ++one)
                if (!one->result.empty())
                    out[static_cast<std::size_t>(one - values.begin())] = name_of(one->field, one->result, *day, catalogue);
        from = to;
    }
    return out;
}

void name_near_codes(std::vector<Problem>& problems, const Catalogue& catalogue)
{
    constexpr std::string_view between = ", ";
    for (Problem& problem : problems) {
        std::string out;
        bool named = false;
        for (std::string_view rest = problem.expected; !rest.empty();) {
            const std::size_t end = rest.find(between);
            const std::string_view one = rest.substr(0, end);
            const std::string name = name_of_kind(problem.code, one, catalogue);
            named = named || !name.empty();
            out += std::string(out.empty() ? "" : between) + std::string(one) + (name.empty() ? "" : " (" + name + ")");
            rest = end == std::string_view::npos ? "" : rest.substr(end + between.size());
        }
        if (named)
            problem.expected = std::move(out);
    }
}

}  // namespace lienthong::cli
