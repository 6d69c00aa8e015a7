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
    const Table units = open("units.csv", {"code", "dimension", "factor", "name_vi", "spellings"});
    const Table breakdowns = open("breakdowns.csv", {"dimension", "code", "name_vi", "act"});
    const Table vintages = open("vintages.csv", {"code", "name_vi", "spellings", "act"});
    const Table areas = open("areas.csv", {"code", "name_vi", "aliases", "level", "parent", "valid_from", "valid_to", "act"});
    const Table agencies = open("agencies.csv", {"code", "name_vi", "aliases", "inferred", "valid_from", "valid_to", "act"});
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
    // A file that cannot be read as a table would only make every code it holds look unknown elsewhere.
    if (problems.size() != before)
        return nullptr;

    auto tables = std::make_unique<Tables>();
    read_units(units, *tables);
    read_breakdowns(breakdowns, *tables);
    read_vintages(vintages, *tables);
    read_areas(areas, *tables);
    read_agencies(agencies, *tables);
    read_indicators(indicators, measures, *tables);
    if (problems.size() != before)
        return nullptr;

    std::string canonical;
    for (const Table* table : {&agencies, &areas, &breakdowns, &indicators, &measures, &units, &vintages})
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
