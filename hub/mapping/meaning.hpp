/// Meaning: the codes a mapping can produce, held against the catalogue before any document comes.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/mapping/program.hpp"
#include "hub/mapping/yaml.hpp"

#include <vector>

namespace lienthong::mapping {

/// Appends what is wrong in the observations of a program: mapping.indicator_unknown, mapping.indicator_heading,
/// mapping.measure_unknown, mapping.area_unknown, mapping.agency_unknown, mapping.unit_unknown,
/// mapping.unit_dimension, mapping.breakdown_unknown, mapping.period_malformed, mapping.word_unknown,
/// mapping.crosswalk_system, mapping.crosswalk_unknown, mapping.period_kind, mapping.undecided; and as findings
/// unit.from_mapping, mapping.column_unused. Validity is not judged: which day counts is known only with a period.
/// `whole`: nothing was found wrong with the file before; else what would only follow from a fault is not told.
void check_meaning(const Mapping::Program& program, const yaml::Source& source, const catalogue::Catalogue& catalogue, bool whole,
                   std::vector<Problem>& problems, std::vector<Problem>& findings);

}  // namespace lienthong::mapping
