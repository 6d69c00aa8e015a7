// Crosswalks, each side checked on every day of its row where its system has a table here.
#include "hub/catalogue/readers.hpp"
#include "hub/catalogue/refusals.hpp"

#include <array>
#include <set>

namespace lienthong::catalogue {
namespace {

constexpr std::array<std::pair<std::string_view, CodeRelation>, 4> relations = {{{"same", CodeRelation::same},
                                                                                 {"broader", CodeRelation::broader},
                                                                                 {"narrower", CodeRelation::narrower},
                                                                                 {"part", CodeRelation::part}}};

/// The first day of `validity` on which the code is none; its end where there is none.
template <class Rows>
Day gap_in(const Rows& index, std::string_view code, const Validity& validity)
{
    const auto it = index.find(code);
    return it == index.end() ? validity.from : first_gap(it->second, validity);
}

using Systems = std::set<std::string, std::less<>>;

Systems area_systems(const std::vector<Area>& areas)
{
    Systems out;
    for (const Area& area : areas)
        if (const auto system = std::string_view(area.code).substr(0, area.code.find(':')); !out.contains(system))
            out.emplace(system);
    return out;
}

void check_side(const Table& table, std::size_t row, const char* column, const std::string& system, const std::string& code,
                const Validity& validity, const Catalogue::Tables& tables, const Systems& systems_of_areas)
{
    Day gap = validity.to;
    if (system == indicator_system) {
        gap = gap_in(tables.indicators_by_code, code, validity);
    } else if (system == agency_system) {
        // Of names too, so the code itself is asked for.
        gap = is_agency(tables, code, validity.from) ? gap_in(tables.agencies_by_text, code, validity) : validity.from;
    } else if (systems_of_areas.contains(system)) {
        gap = gap_in(tables.areas_by_code, system + ':' + code, validity);
    }
    if (gap < validity.to)
        table.report(row, column, "catalogue.reference", system + " has no such code on " + day_text(gap) + ", a day of the row",
                     "a code of the catalogue's own table, on the days it has it");
}

}  // namespace

std::string_view to_text(CodeRelation relation)
{
    return relations.at(static_cast<std::size_t>(relation)).first;
}

void read_crosswalks(const Table& table, Catalogue::Tables& tables)
{
    if (table.absent())
        return;
    const Systems systems = area_systems(tables.areas);
    const auto read = [&](std::size_t row, Crosswalk& walk) {
        walk.from_system = table.code(row, "from_system", plain_code);
        walk.from = table.code(row, "from", foreign_code);
        walk.to_system = table.code(row, "to_system", plain_code);
        walk.to = table.code(row, "to", foreign_code);
        walk.relation = table.choice(row, "relation", relations);
        if (walk.from_system == walk.to_system)
            table.report(row, "to_system", "catalogue.value", "a crosswalk leads from one system to another", "another system");
        check_side(table, row, "from", walk.from_system, walk.from, walk.validity, tables, systems);
        check_side(table, row, "to", walk.to_system, walk.to, walk.validity, tables, systems);
    };
    read_rows(table, "to", tables.crosswalks, read, [](const Crosswalk& walk) {
        return walk.from_system + ' ' + walk.from + ' ' + walk.to_system + ' ' + walk.to;
    });
    for (const Crosswalk& walk : tables.crosswalks) {
        tables.crosswalks_by_code[walk.from_system + ':' + walk.from].push_back({&walk, false});
        tables.crosswalks_by_code[walk.to_system + ':' + walk.to].push_back({&walk, true});
    }
}

}  // namespace lienthong::catalogue
