// Areas: codes, names and levels by days, and the parents they lie in.
#include "hub/catalogue/readers.hpp"
#include "hub/catalogue/refusals.hpp"

#include <algorithm>

namespace lienthong::catalogue {
namespace {

/// Walking up from any area ends; at most this many steps, country to hamlet.
constexpr unsigned most_levels = 8;

void check_parent(const Table& table, std::size_t row, const Catalogue::Tables& tables)
{
    const Area& area = tables.areas[row];
    if (area.parent.empty())
        return;
    const auto parents = tables.areas_by_code.find(area.parent);
    if (parents == tables.areas_by_code.end()) {
        table.report(row, "parent", "catalogue.reference", "no area has the parent's code", "a code of areas.csv or nothing");
        return;
    }
    if (const Day gap = first_gap(parents->second, area.validity); gap < area.validity.to) {
        std::string spans;
        for (const Area* parent : parents->second)
            spans.append(spans.empty() ? "" : "; ").append(span_text(parent->validity));
        table.report(row, "parent", "catalogue.reference", "the parent is no area on " + day_text(gap) + ", a day of the row",
                     "a code that holds " + span_text(area.validity) + "; this one holds " + spans);
    }
    const Area* up = &area;
    unsigned steps = 0;
    for (; up != nullptr && !up->parent.empty() && steps <= most_levels; ++steps) {
        const auto it = tables.areas_by_code.find(up->parent);
        up = it == tables.areas_by_code.end() ? nullptr : it->second.front();
    }
    if (steps > most_levels)
        table.report(row, "parent", "catalogue.reference", "the parents go round in a circle", "a country at the top");
}

void index_areas(Catalogue::Tables& tables)
{
    tables.areas_by_code.reserve(tables.areas.size());
    tables.areas_by_name.reserve(tables.areas.size());
    const auto add_name = [&](const std::string& name, const Area& area) {
        auto& bearers = tables.areas_by_name[name];
        if (bearers.empty() || bearers.back() != &area)  // An alias that is the name again.
            bearers.push_back(&area);
    };
    for (const Area& area : tables.areas) {
        tables.areas_by_code[area.code].push_back(&area);
        add_name(area.name_vi, area);
        for (const std::string& alias : area.aliases)
            add_name(alias, area);
    }
    tables.area_names.over(tables.areas);
}

}  // namespace

void read_areas(const Table& table, Catalogue::Tables& tables)
{
    const auto read = [&](std::size_t row, Area& area) {
        area.code = table.code(row, "code", area_code);
        if (const std::size_t colon = area.code.find(':');
            colon == 0 || colon == std::string::npos || colon + 1 == area.code.size() || colon != area.code.rfind(':'))
            table.report(row, "code", "catalogue.code", "an area code names its system", "SYSTEM:CODE, as in GSO:33");
        area.name_vi = table.required(row, "name_vi");
        area.aliases = table.list(row, "aliases");
        area.level = table.required(row, "level");
        if (area.level != "country" && area.level != "province" && area.level != "district" && area.level != "commune")
            table.report(row, "level", "catalogue.kind", "not a level of areas", "country, province, district or commune");
        area.parent = table.text(row, "parent");
    };
    read_rows(table, "code", tables.areas, read, &Area::code);
    index_areas(tables);
    for (std::size_t row = 0; row < tables.areas.size(); ++row)
        check_parent(table, row, tables);
}

}  // namespace lienthong::catalogue
