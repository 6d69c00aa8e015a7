/// Known values: what an expression can become, as far as that stands in the mapping and its tables.
#pragma once

#include "hub/mapping/program.hpp"
#include "hub/mapping/yaml.hpp"

#include <string>
#include <utility>
#include <vector>

namespace lienthong::mapping {

struct KnownValue
{
    std::string_view text;
    std::string place;  ///< In the mapping, or the cell of a table.
};

struct KnownValues
{
    std::vector<KnownValue> values;
    bool all = true;  ///< Nothing else can come out.
};

[[nodiscard]] KnownValues known_values(const Mapping::Program& program, const yaml::Source& source, ExpressionId id);

/// Pairs that can come out of two expressions together: all of them when one has a single value, those of one row
/// when both look the same key up in the same table, none when it cannot be known.
[[nodiscard]] std::vector<std::pair<KnownValue, KnownValue>> known_pairs(const Mapping::Program& program,
                                                                         const yaml::Source& source, ExpressionId a,
                                                                         ExpressionId b);

}  // namespace lienthong::mapping
