// Loads a catalogue folder whole: every file read and checked before any figure is judged by it.
#include "hub/catalogue/readers.hpp"

#include <algorithm>

namespace lienthong::catalogue {

std::shared_ptr<const Catalogue> Catalogue::load(const std::string& directory,
                                                 const std::function<std::string(std::string_view)>& sha256_hex,
                                                 std::vector<Problem>& problems)
{
    const std::size_t before = problems.size();
    const auto open = [&](const char* file, std::vector<std::string> columns) {
        return Table(directory, file, std::move(columns), problems);
    };
    // A catalogue of figures alone needs none of these, so their absence is no fault.
    const auto open_if_there = [&](const char* file, std::vector<std::string> columns) {
        return Table(directory, file, std::move(columns), problems, {}, Presence::optional);
    };
    const Table units = open("units.csv", {"code", "dimension", "factor", "name_vi", "spellings"});
    const Table breakdowns = open("breakdowns.csv", {"dimension", "code", "name_vi", "act"});
    const Table vintages = open("vintages.csv", {"code", "name_vi", "spellings", "act"});
    const Table areas = open("areas.csv", {"code", "name_vi", "aliases", "level", "parent", "valid_from", "valid_to", "act"});
    const Table area_changes = open_if_there("area_lineage.csv", {"from", "to", "kind", "day", "act", "share"});
    const Table agencies(directory, "agencies.csv", {"code", "name_vi", "aliases", "inferred", "valid_from", "valid_to", "act"},
                         problems, {"local_names"});
    const Table changes = open_if_there("agency_lineage.csv", {"from", "to", "kind", "day", "mark", "act"});
    const Table indicators = open("indicators.csv", {"code",
                                                     "set",
                                                     "line",
                                                     "name_vi",
                                                     "name_en",
                                                     "parent",
                                                     "heading",
                                                     "unit_raw",
                                                     "unit",
                                                     "scope_raw",
                                                     "frequency_raw",
                                                     "period_kinds",
                                                     "months",
                                                     "disaggregation_raw",
                                                     "breakdown_dimensions",
                                                     "agency_raw",
                                                     "agencies",
                                                     "method_raw",
                                                     "valid_from",
                                                     "valid_to",
                                                     "act",
                                                     "note"});
    const Table measures = open("measures.csv", {"indicator", "code", "set", "name_vi", "name_en", "unit", "act"});
    const Table regimes = open_if_there(
        "regimes.csv", {"regime", "class", "periods", "tier", "from_roles", "to_role", "due_by", "day", "month", "inclusive",
                        "shifts", "cutoff_from_day", "cutoff_to_day", "valid_from", "valid_to", "act", "note"});
    const Table forms(directory, "forms.csv",
                      {"code", "set", "agency_number", "number", "name_vi", "frequency_raw", "frequency", "regime", "agency",
                       "kind", "valid_from", "valid_to", "act", "note"},
                      problems, {"role"}, Presence::optional);
    const Table assignments =
        open_if_there("assignments.csv", {"subject", "agency", "role", "valid_from", "valid_to", "mark", "act"});
    const Table working_days = open_if_there("working_days.csv", {"day", "kind", "name_vi", "mark", "act"});
    // A file that cannot be read as a table would only make every code it holds look unknown elsewhere.
    if (problems.size() != before)
        return nullptr;

    auto tables = std::make_unique<Tables>();
    read_units(units, *tables);
    read_breakdowns(breakdowns, *tables);
    read_vintages(vintages, *tables);
    read_areas(areas, *tables);
    read_lineage(area_changes, areas, *tables);
    read_agencies(agencies, *tables);
    read_agency_changes(changes, *tables);
    read_indicators(indicators, measures, *tables);
    read_regimes(regimes, *tables);
    read_forms(forms, *tables);
    read_assignments(assignments, *tables);
    read_working_days(working_days, *tables);
    if (problems.size() != before)
        return nullptr;

    std::string canonical;
    for (const Table* table : {&agencies, &changes, &area_changes, &areas, &assignments, &breakdowns, &forms, &indicators, &measures, &regimes,
                               &units, &vintages, &working_days})
        canonical += table->canonical();
    tables->digest = sha256_hex(canonical);
    return std::shared_ptr<const Catalogue>(new Catalogue(std::move(tables)));
}

Catalogue::Catalogue(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Catalogue::~Catalogue() = default;

const std::string& Catalogue::digest() const
{
    return tables_->digest;
}

}  // namespace lienthong::catalogue
