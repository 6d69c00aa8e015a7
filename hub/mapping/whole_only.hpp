/// Whole only: which expressions keep a mapping's documents from being read record by record.
#pragma once

#include "hub/mapping/program.hpp"
#include "hub/mapping/yaml.hpp"

#include <vector>

namespace lienthong::mapping {

/// A problem mapping.whole_only for each expression that could read a record which is not its own.
[[nodiscard]] std::vector<Problem> reaching_other_records(const Mapping::Program& program, const yaml::Source& source);

}  // namespace lienthong::mapping
