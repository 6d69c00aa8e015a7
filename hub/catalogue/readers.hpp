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
void read_agencies(const Table& table, Catalogue::Tables& tables);
/// `measures` names indicators, so both are read together.
void read_indicators(const Table& table, const Table& measures, Catalogue::Tables& tables);

}  // namespace lienthong::catalogue
