/// Fills the catalogue's tables from its files, one function a subject; order matters, since later files name
/// earlier ones' codes. Every fault is kept in the problems, and reading goes on.
#pragma once

#include "hub/catalogue/table.hpp"
#include "hub/catalogue/tables.hpp"

namespace lienthong::catalogue {

void read_units(const Table& table, Catalogue::Tables& tables);
void read_breakdowns(const Table& table, Catalogue::Tables& tables);
void read_vintages(const Table& table, Catalogue::Tables& tables);
void read_areas(const Table& table, Catalogue::Tables& tables);
/// Also checks parents by it, whose places are in `areas`.
void read_lineage(const Table& lineage, const Table& areas, Catalogue::Tables& tables);
void read_agencies(const Table& table, Catalogue::Tables& tables);
void read_agency_changes(const Table& table, Catalogue::Tables& tables);
/// `measures` names indicators, so both are read together.
void read_indicators(const Table& table, const Table& measures, Catalogue::Tables& tables);
/// After indicators and areas. `indicators` is the table they were read from, whose rows name their home sets.
void read_sets(const Table& sets, const Table& members, const Table& indicators, Catalogue::Tables& tables);
/// After indicators, areas and agencies.
void read_crosswalks(const Table& table, Catalogue::Tables& tables);
void read_regimes(const Table& table, Catalogue::Tables& tables);
void read_forms(const Table& table, Catalogue::Tables& tables);
/// After forms and indicators, which its subjects are.
void read_assignments(const Table& table, Catalogue::Tables& tables);
void read_working_days(const Table& table, Catalogue::Tables& tables);
/// After forms and indicators, which they are about.
void read_remarks(const Table& table, Catalogue::Tables& tables);

/// After indicators, sets, units and breakdowns, which they speak of.
void read_rules(const Table& table, Catalogue::Tables& tables);

void read_abbreviations(const Table& table, Catalogue::Tables& tables);

/// Words for kinds of period, parted by ';'.
[[nodiscard]] std::vector<text::PeriodKind> period_kinds_of(const Table& table, std::size_t row, std::string_view column);
[[nodiscard]] ReportClass report_class_of(const Table& table, std::size_t row, std::string_view column);
/// Whether the catalogue has an agency of this canonical code on that day.
[[nodiscard]] bool is_agency(const Catalogue::Tables& tables, std::string_view code, Day day);

}  // namespace lienthong::catalogue
