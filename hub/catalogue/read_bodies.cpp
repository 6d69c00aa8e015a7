// Agencies: bodies with codes, names and a span of days; and what became of them.
#include "hub/catalogue/readers.hpp"
#include "hub/catalogue/refusals.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>

namespace lienthong::catalogue {
namespace {

bool overlap(const Validity& a, const Validity& b)
{
    return a.from < b.to && b.from < a.to;
}

template <class Body>
void add_once(std::vector<const Body*>& bodies, const Body& body)
{
    if (std::find(bodies.begin(), bodies.end(), &body) == bodies.end())
        bodies.push_back(&body);
}

/// Calls `take` with each text an agency is known by anywhere: name, aliases, code.
template <class Take>
void for_each_name(const Agency& agency, Take take)
{
    take(agency.name_vi);
    for (const std::string& alias : agency.aliases)
        take(alias);
    take(agency.code);
}

}  // namespace

void read_agencies(const Table& table, Catalogue::Tables& tables)
{
    const auto read = [&](std::size_t row, Agency& agency) {
        agency.code = table.code(row, "code", agency_code);
        agency.name_vi = table.required(row, "name_vi");
        agency.aliases = table.list(row, "aliases");
        agency.local_names = table.list(row, "local_names");
        agency.inferred = table.flag(row, "inferred");
    };
    read_rows(table, "code", tables.agencies, read, &Agency::code);
    const std::size_t names = 3 * tables.agencies.size();  // About: a code, a name and an alias each.
    tables.agencies_by_text.reserve(names);
    tables.agencies_by_folded.reserve(names);
    for (std::size_t row = 0; row < tables.agencies.size(); ++row) {
        const Agency& agency = tables.agencies[row];
        for_each_name(agency, [&](const std::string& name) {
            add_once(tables.agencies_by_text[name], agency);
            auto& bearers = tables.agencies_by_folded[text::folded(name)];
            for (const Agency* other : bearers)
                if (other->code != agency.code && overlap(other->validity, agency.validity))
                    table.report(row, "aliases", "catalogue.duplicate",
                                 "the name '" + name + "' is another agency's on the same days", "not a name of " + other->code);
            add_once(bearers, agency);
        });
        const std::string_view province = province_of(agency.code);
        for (const std::string& name : agency.local_names) {
            add_once(tables.agencies_by_local[local_key(province, name)], agency);
            auto& bearers = tables.agencies_by_local_folded[local_key(province, text::folded(name))];
            for (const Agency* other : bearers)
                if (other->code != agency.code && overlap(other->validity, agency.validity))
                    table.report(row, "local_names", "catalogue.duplicate",
                                 "the name '" + name + "' is another agency's of the province on the same days",
                                 "not a name of " + other->code);
            add_once(bearers, agency);
        }
    }
    tables.near_agencies.over([&tables] {
        std::vector<std::string> all;
        for (const Agency& agency : tables.agencies)
            for_each_name(agency, [&](const std::string& name) { all.push_back(name); });
        return all;
    });
}

bool is_agency(const Catalogue::Tables& tables, std::string_view code, Day day)
{
    const auto it = tables.agencies_by_text.find(code);
    return it != tables.agencies_by_text.end() && std::any_of(it->second.begin(), it->second.end(), [&](const Agency* agency) {
               return agency->code == code && agency->validity.holds(day);
           });
}

void read_agency_changes(const Table& table, Catalogue::Tables& tables)
{
    static constexpr std::array<std::pair<std::string_view, AgencyChangeKind>, 3> kinds = {
        {{"merged", AgencyChangeKind::merged}, {"duties", AgencyChangeKind::duties}, {"ended", AgencyChangeKind::ended}}};
    const auto read = [&](std::size_t row, AgencyChange& change) {
        change.from = table.code(row, "from", agency_code);
        change.to = table.text(row, "to");
        change.kind = table.choice(row, "kind", kinds);
        change.day = table.day(row, "day");
        const Day before = std::chrono::sys_days(change.day) - std::chrono::days(1);
        if (!is_agency(tables, change.from, before) ||
            (change.kind != AgencyChangeKind::duties && is_agency(tables, change.from, change.day)))
            table.report(row, "from", "catalogue.reference",
                         "the agency is none on the day before, or still one on the day it is said to end",
                         "a code of agencies.csv whose valid_to agrees with the day of the change");
        const bool fits = change.kind == AgencyChangeKind::ended ? change.to.empty() : is_agency(tables, change.to, change.day);
        if (!fits)
            table.report(row, "to", "catalogue.reference", "the successor is no agency on that day",
                         "a code of agencies.csv, nothing where the kind is ended");
    };
    read_rows(table, "from", tables.agency_changes, read,
              [](const AgencyChange& change) { return change.from + ' ' + change.to + ' ' + day_text(change.day); });
}

}  // namespace lienthong::catalogue
