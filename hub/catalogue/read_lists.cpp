// Breakdown dimensions with their codes, and the words for vintages.
#include "hub/catalogue/readers.hpp"
#include "hub/text/unicode.hpp"

namespace lienthong::catalogue {

void read_breakdowns(const Table& table, Catalogue::Tables& tables)
{
    const auto read = [&](std::size_t row, BreakdownCode& code) {
        code.dimension = table.code(row, "dimension", plain_code);
        code.code = table.code(row, "code", plain_code);
        code.name_vi = table.required(row, "name_vi");
        auto& codes = tables.breakdown_codes[code.dimension];
        if (code.code != "_T")
            codes.insert(code.code);
    };
    read_rows(table, "code", tables.breakdowns, read,
              [](const BreakdownCode& code) { return code.dimension + '=' + code.code; });
    for (std::size_t row = 0; row < table.size(); ++row) {
        const auto& dimension = tables.breakdowns[row].dimension;
        bool named = false;
        for (const BreakdownCode& other : tables.breakdowns)
            named = named || (other.dimension == dimension && other.code == "_T");
        if (!named)
            table.report(row, "dimension", "catalogue.reference", "the dimension has no row of its own",
                         "a row " + dimension + ",_T");
    }
}

void read_vintages(const Table& table, Catalogue::Tables& tables)
{
    std::vector<std::string> spellings;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const std::string& code = table.text(row, "code");
        const auto vintage = vintage_from(code);
        if (!vintage) {
            table.report(row, "code", "catalogue.kind", "not a vintage", "unstated, estimated, preliminary, official");
            continue;
        }
        std::vector<std::string> writings = table.list(row, "spellings");
        writings.insert(writings.begin(), {code, table.required(row, "name_vi")});
        for (const std::string& writing : writings) {
            tables.vintages_by_text.emplace(writing, *vintage);
            const auto [it, added] = tables.vintages_by_folded.emplace(text::folded(writing), *vintage);
            if (!added && (it->second != *vintage || writing == code))
                table.report(row, "spellings", "catalogue.duplicate", "the spelling '" + writing + "' stands twice",
                             "one vintage a spelling");
            spellings.push_back(writing);
        }
    }
    tables.vintages_by_text.emplace("", Vintage::unstated);
    tables.near_vintages.over([spellings = std::move(spellings)] { return spellings; });
}

}  // namespace lienthong::catalogue
