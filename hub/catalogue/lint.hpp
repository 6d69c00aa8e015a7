/// Lint: what is sound enough to load, but that the owner of the catalogue should know and may want to settle.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <vector>

namespace lienthong::catalogue {

/// Every finding about indicators, forms, assignments and crosswalks, in the order of the files, then the remarks; place is
/// "file:line", rule the act. `detail` begins with the code of the row it is about. What each means and what would settle it:
/// problem_text(). Codes, about indicators where nothing else is said:
/// - finding.unit_missing: no unit, and the line is no heading
/// - finding.unit_unread: words that are no one unit; finding.unit_unfit: a unit, but none that fits the line
/// - finding.unit_spelling, finding.unit_spacing: written otherwise than in most lines, or with a blank too many
/// - finding.unit_abbreviated: capitals that stand for words; finding.unit_ratio: a count where a ratio is meant
/// - finding.unit_differs, finding.unit_contradicts: another dimension than the line above, than all lines below
/// - finding.unit_of_same_name: another unit than other lines of the same name
/// - finding.unit_of_several: one unit for a line that holds several values; finding.measure_unit: a measure without one
/// - finding.frequency_missing (also forms), finding.agency_missing, finding.method_missing: an empty cell, and no heading
/// - finding.frequency_date, finding.frequency_unread (also forms): a date, or words, where a frequency belongs
/// - finding.frequency_spelling (also forms): written otherwise than in most lines; finding.frequency_ambiguous: two readings
/// - finding.frequency_differs: reported for other periods than the line above
/// - finding.frequency_group: reported less often than nearly all lines of its group
/// - finding.frequency_hourly: by the hour, which is no period of figures
/// - finding.frequency_of_same_name: a form reported for other periods than others of its name
/// - finding.due_day_missing, finding.due_early, finding.due_spelling: a form's due day that some months lack, that comes
///   before the period of an official figure is over, that is written otherwise than in most forms
/// - finding.ends: the line ends, and with it the figures it may take
/// - finding.agency_several, finding.agency_separator, finding.agency_set: more than one agency, parted otherwise than in most
///   lines, or a whole level of bodies
/// - finding.agency_ends: its agency ends before the line does; finding.agency_number: regions numbered in two ways
/// - finding.owner_ends: an owner ends and no one is assigned after it, one finding a body (assignments)
/// - finding.number_repeated: a number that begins anew in each section; finding.number_missing: a line without a number
/// - finding.name_repeated (also forms), finding.name_frozen (forms): the same name twice, a past year in a periodic name
/// - finding.name_open: a name whose list of values ends in '...'
/// - finding.calculation_missing: a computed figure that says nothing of how
/// - finding.part_of: a part of the line above, not one of its summands
/// - finding.components_missing: the name lists parts of which some have no line
/// - finding.section_line: a section that is itself a line; finding.line_hollow: duties, but no unit, scope or frequency
/// - finding.scope_other: a scope that is no area; finding.disaggregation_scope: a scope, or none, as disaggregation
/// - finding.disaggregation_spelling, finding.disaggregation_mixed: written in two ways, or ',' and '/' in one cell
/// - finding.disaggregation_district: by a level of areas that has ended
/// - finding.crosswalk_several (crosswalks): several codes of one system said to mean the same as one code of another
/// - finding.remark_*: what a person remarked; finding.remark_stale: the row no longer says what the remark quotes
/// - finding.note (also forms): a parsed column leaves the words
[[nodiscard]] std::vector<Problem> lint(const Catalogue& catalogue);

}  // namespace lienthong::catalogue
