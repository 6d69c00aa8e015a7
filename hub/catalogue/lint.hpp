/// Lint: what is sound enough to load, but that the owner of the catalogue should know and may want to settle.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <vector>

namespace lienthong::catalogue {

/// Every finding about the indicators, in the order of the file; place is "indicators.csv:line", rule the act. Codes:
/// - finding.unit_missing: no unit, and the line is no heading
/// - finding.unit_unread: words that are no one unit, or none that fits
/// - finding.unit_spelling, finding.frequency_spelling: written otherwise than in most lines
/// - finding.unit_differs: another dimension than the line above
/// - finding.measure_unit: neither a measure nor its line has a unit
/// - finding.frequency_missing, finding.agency_missing, finding.method_missing: an empty cell, and no heading
/// - finding.frequency_date: a date where a frequency belongs
/// - finding.frequency_differs: reported for other periods than the line above
/// - finding.agency_several: more than one agency is responsible
/// - finding.agency_ends: its agency ends before the line does
/// - finding.name_repeated: another line has the same name
/// - finding.note: a parsed column leaves the words
[[nodiscard]] std::vector<Problem> lint(const Catalogue& catalogue);

}  // namespace lienthong::catalogue
