/// Source line: a problem with the line it stands in and a mark below its column, as compilers show it.
#pragma once

#include "hub/model/problem.hpp"

#include <string>
#include <string_view>

namespace lienthong::mapping {

/// The problem's sentence; below it, when its place ends in ":line:column", that line of `text` and a mark as wide
/// as what was found there. `text` is the file the place names. Thread-safe.
///
///     m.yaml:9:9: there is no function 'are'; found 'are'; expected area [mapping.function_unknown]
///         9 |   area: are("GSO", tinh)
///           |         ^^^
[[nodiscard]] std::string with_source_line(const Problem& problem, std::string_view text);

}  // namespace lienthong::mapping
