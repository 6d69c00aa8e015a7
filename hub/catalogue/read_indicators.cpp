// Indicators and their measures, checked against every other file of the catalogue.
#include "hub/catalogue/readers.hpp"

#include <algorithm>
#include <array>

namespace lienthong::catalogue {
namespace {

constexpr std::array<std::pair<std::string_view, DataMethod>, 3> data_methods = {
    {{"", DataMethod::unstated}, {"collected", DataMethod::collected}, {"computed", DataMethod::computed}}};

DataMethod data_method_of(const Table& table, std::size_t row)
{
    // A file without the column states nothing, and has no cell a fault could stand at.
    return table.has("data_method") ? table.choice(row, "data_method", data_methods) : DataMethod::unstated;
}

std::vector<unsigned> months_of(const Table& table, std::size_t row)
{
    std::vector<unsigned> out;
    for (const std::string& name : table.list(row, "months")) {
        const bool digits = name.size() <= 2 && name.find_first_not_of("0123456789") == std::string::npos;
        const unsigned month = digits ? static_cast<unsigned>(std::stoul(name)) : 0;
        if (month < 1 || month > 12)
            table.report(row, "months", "catalogue.value", "not a month: " + name, "1 to 12");
        else
            out.push_back(month);
    }
    return out;
}

void check_unit(const Table& table, std::size_t row, const std::string& unit, const Catalogue::Tables& tables)
{
    if (!unit.empty() && !tables.units_by_code.contains(unit))
        table.report(row, "unit", "catalogue.reference", "the unit is unknown", "a code of units.csv or nothing");
}

void read_indicator(const Table& table, std::size_t row, Indicator& out, const Catalogue::Tables& tables)
{
    out.code = table.code(row, "code", plain_code);
    out.set = table.code(row, "set", plain_code);
    out.line = table.number(row, "line");
    out.name_vi = table.required(row, "name_vi");
    out.name_en = table.text(row, "name_en");
    out.parent = table.text(row, "parent");
    out.heading = table.flag(row, "heading");
    out.unit_raw = table.text(row, "unit_raw");
    out.scope_raw = table.text(row, "scope_raw");
    out.frequency_raw = table.text(row, "frequency_raw");
    out.disaggregation_raw = table.text(row, "disaggregation_raw");
    out.agency_raw = table.text(row, "agency_raw");
    out.method_raw = table.text(row, "method_raw");
    out.data_method = data_method_of(table, row);
    out.calculation = table.text(row, "calculation");
    out.unit = table.text(row, "unit");
    check_unit(table, row, out.unit, tables);
    out.kinds = period_kinds_of(table, row, "period_kinds");
    out.months = months_of(table, row);
    out.breakdown_dimensions = table.list(row, "breakdown_dimensions");
    for (const std::string& dimension : out.breakdown_dimensions)
        if (!tables.breakdown_codes.contains(dimension))
            table.report(row, "breakdown_dimensions", "catalogue.reference", "the dimension is unknown: " + dimension,
                         "dimensions of breakdowns.csv");
    if (!std::is_sorted(out.breakdown_dimensions.begin(), out.breakdown_dimensions.end()))
        table.report(row, "breakdown_dimensions", "catalogue.value", "the dimensions are not in ascending order");
    out.agencies = table.list(row, "agencies");
    for (const std::string& agency : out.agencies) {
        const auto it = tables.agencies_by_text.find(agency);
        if (it == tables.agencies_by_text.end() || it->second.front()->code != agency)
            table.report(row, "agencies", "catalogue.reference", "the agency is unknown: " + agency, "codes of agencies.csv");
    }
}

void check_parents(const Table& table, const Catalogue::Tables& tables)
{
    for (std::size_t row = 0; row < tables.indicators.size(); ++row) {
        const Indicator& indicator = tables.indicators[row];
        if (indicator.parent.empty())
            continue;
        const auto it = tables.indicators_by_code.find(indicator.parent);
        const bool known = it != tables.indicators_by_code.end() &&
                           std::any_of(it->second.begin(), it->second.end(),
                                       [&](const Indicator* parent) { return parent->validity.holds(indicator.validity.from); });
        if (!known || !indicator.code.starts_with(indicator.parent + '_'))
            table.report(row, "parent", "catalogue.reference",
                         "the parent is no indicator above this code on the row's first day",
                         "the code of the line above it or nothing");
    }
}

void read_measures(const Table& table, Catalogue::Tables& tables)
{
    struct OwnedMeasure : Measure
    {
        std::string owner;
    };
    std::vector<OwnedMeasure> measures;
    const auto read = [&](std::size_t row, OwnedMeasure& measure) {
        measure.owner = table.text(row, "indicator");
        measure.code = table.code(row, "code", plain_code);
        measure.set = table.code(row, "set", plain_code);
        measure.name_vi = table.required(row, "name_vi");
        measure.name_en = table.text(row, "name_en");
        measure.unit = table.text(row, "unit");
        check_unit(table, row, measure.unit, tables);
        measure.calculation = table.text(row, "calculation");
        bool known = false;
        for (Indicator& indicator : tables.indicators)
            if (indicator.code == measure.owner) {
                known = true;
                if (indicator.heading)
                    table.report(row, "indicator", "catalogue.measures", "a heading carries no figure",
                                 "an indicator without the heading flag");
                indicator.measures.push_back(measure);
            }
        if (!known)
            table.report(row, "indicator", "catalogue.reference", "the indicator is unknown", "a code of indicators.csv");
    };
    read_rows(table, "code", measures, read, [](const OwnedMeasure& measure) { return measure.owner + ' ' + measure.code; });
}

}  // namespace

std::string_view to_text(DataMethod method)
{
    return data_methods.at(static_cast<std::size_t>(method)).first;
}

std::vector<text::PeriodKind> period_kinds_of(const Table& table, std::size_t row, std::string_view column)
{
    std::vector<text::PeriodKind> out;
    for (const std::string& name : table.list(row, column)) {
        if (const auto kind = text::period_kind_from(name))
            out.push_back(*kind);
        else
            table.report(row, column, "catalogue.kind", "not a kind of period: " + name,
                         "day, month, quarter, half, nine_months, year");
    }
    return out;
}

void read_indicators(const Table& table, const Table& measures, Catalogue::Tables& tables)
{
    const auto read = [&](std::size_t row, Indicator& indicator) { read_indicator(table, row, indicator, tables); };
    read_rows(table, "code", tables.indicators, read, &Indicator::code);
    read_measures(measures, tables);
    for (std::size_t row = 0; row < tables.indicators.size(); ++row) {
        Indicator& indicator = tables.indicators[row];
        std::sort(indicator.measures.begin(), indicator.measures.end(),
                  [](const Measure& a, const Measure& b) { return a.code < b.code; });
        if (!indicator.heading && indicator.measure("VALUE") == nullptr)
            table.report(row, "code", "catalogue.measures", "the indicator has no measure VALUE", "a row of measures.csv");
        tables.indicators_by_code[indicator.code].push_back(&indicator);
    }
    tables.near_indicators.over([&tables] { return codes_of(tables.indicators); });
    check_parents(table, tables);
}

}  // namespace lienthong::catalogue
