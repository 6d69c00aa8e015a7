// Loads a catalogue folder whole: every file read and checked before any figure is judged by it.
#include "hub/catalogue/readers.hpp"

namespace lienthong::catalogue {

std::shared_ptr<const Catalogue> Catalogue::load(const std::string& directory,
                                                 const std::function<std::string(std::string_view)>& sha256_hex,
                                                 std::vector<Problem>& problems)
{
    const std::size_t before = problems.size();
    const auto open = [&](const char* file) { return Table(directory, file_form(file), problems); };
    const Table units = open("units.csv");
    const Table breakdowns = open("breakdowns.csv");
    const Table vintages = open("vintages.csv");
    const Table areas = open("areas.csv");
    const Table area_changes = open("area_lineage.csv");
    const Table agencies = open("agencies.csv");
    const Table changes = open("agency_lineage.csv");
    const Table indicators = open("indicators.csv");
    const Table measures = open("measures.csv");
    const Table sets = open("indicator_sets.csv");
    const Table members = open("set_members.csv");
    const Table crosswalks = open("crosswalks.csv");
    const Table regimes = open("regimes.csv");
    const Table forms = open("forms.csv");
    const Table assignments = open("assignments.csv");
    const Table working_days = open("working_days.csv");
    const Table remarks = open("remarks.csv");
    const Table rules = open("rules.csv");
    const Table abbreviations = open("abbreviations.csv");
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
    read_sets(sets, members, indicators, *tables);
    read_crosswalks(crosswalks, *tables);
    read_forms(forms, *tables);
    read_assignments(assignments, *tables);
    read_working_days(working_days, *tables);
    read_remarks(remarks, *tables);
    read_rules(rules, *tables);
    read_abbreviations(abbreviations, *tables);
    if (problems.size() != before)
        return nullptr;

    // Remarks and abbreviations are left out: no figure is judged by them.
    std::string canonical;
    for (const Table* table : {&agencies, &changes, &area_changes, &areas, &assignments, &breakdowns, &crosswalks, &forms,
                               &indicators, &measures, &members, &regimes, &rules, &sets, &units, &vintages, &working_days})
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
