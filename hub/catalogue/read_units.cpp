// Units and how many of one make another, worked out once so that converting is one multiplication.
#include "hub/catalogue/readers.hpp"
#include "hub/text/number.hpp"
#include "hub/text/unicode.hpp"

#include <map>

namespace lienthong::catalogue {
namespace {

constexpr std::size_t most_factor_digits = 18;

void read_factor(const Table& table, std::size_t row, Unit& unit)
{
    const auto factor = text::decimal_from(table.text(row, "factor"), text::NumberLocale::plain);
    const bool fits = factor.ok() && factor->size() <= most_factor_digits && text::compare(*factor, "0") > 0;
    if (!fits)
        table.report(row, "factor", "catalogue.factor", "not a factor",
                     "a decimal above 0 of at most 18 characters, as in 0.001");
    unit.factor = fits ? *factor : "1";
}

/// Each spelling leads to one unit, however it is written.
void index_spellings(const Table& table, Catalogue::Tables& tables)
{
    std::vector<std::string> all;
    for (std::size_t row = 0; row < tables.units.size(); ++row) {
        const Unit& unit = tables.units[row];
        tables.units_by_code.emplace(unit.code, &unit);
        std::vector<std::string> writings = {unit.name_vi, unit.code};
        writings.insert(writings.end(), unit.spellings.begin(), unit.spellings.end());
        all.insert(all.end(), writings.begin(), writings.end());
        for (const std::string& writing : writings) {
            tables.units_by_text.emplace(writing, &unit);
            const auto [it, added] = tables.units_by_folded.emplace(text::folded(writing), &unit);
            if (!added && it->second != &unit)
                table.report(row, "spellings", "catalogue.duplicate", "the spelling '" + writing + "' is another unit's too",
                             "not a spelling of " + it->second->code);
        }
    }
    tables.near_units.over([all = std::move(all)] { return all; });
}

void check_bases(const Table& table, const std::vector<Unit>& units)
{
    std::map<std::string, unsigned> bases;
    for (const Unit& unit : units)
        bases[unit.dimension] += text::compare(unit.factor, "1") == 0 ? 1 : 0;
    for (std::size_t row = 0; row < units.size(); ++row)
        if (const unsigned count = bases[units[row].dimension]; count != 1) {
            table.report(row, "dimension", "catalogue.base_unit", "the dimension has " + std::to_string(count) + " base units",
                         "one unit with factor 1");
            bases[units[row].dimension] = 1;
        }
}

void work_out_ratios(const Table& table, Catalogue::Tables& tables)
{
    const std::size_t count = tables.units.size();
    tables.ratios.resize(count * count);
    for (std::size_t from = 0; from < count; ++from)
        for (std::size_t to = 0; to < count; ++to) {
            const Unit& a = tables.units[from];
            const Unit& b = tables.units[to];
            if (a.dimension != b.dimension)
                continue;
            const auto ratio = text::divide(a.factor, b.factor);
            if (!ratio)
                table.report(from, "factor", "catalogue.factor", "one of it is no finite decimal of " + b.code,
                             "a factor that divides without rest");
            tables.ratios[from * count + to] = ratio.value_or("");
        }
}

}  // namespace

void read_units(const Table& table, Catalogue::Tables& tables)
{
    const auto read = [&](std::size_t row, Unit& unit) {
        unit.code = table.code(row, "code", plain_code);
        unit.dimension = table.required(row, "dimension");
        read_factor(table, row, unit);
        unit.name_vi = table.required(row, "name_vi");
        unit.spellings = table.list(row, "spellings");
    };
    read_rows(table, "code", tables.units, read, &Unit::code);
    index_spellings(table, tables);
    check_bases(table, tables.units);
    work_out_ratios(table, tables);
}

}  // namespace lienthong::catalogue
