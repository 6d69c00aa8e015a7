/// Type words: how messages speak of types, and of what would have the right one.
#pragma once

#include "hub/mapping/program.hpp"
#include "hub/mapping/syntax.hpp"

#include <string>

namespace lienthong::mapping {

/// An expression as messages show it: a path or a literal as written, anything else as "…".
[[nodiscard]] std::string shown(const Syntax& syntax);
/// "a text", "an area".
[[nodiscard]] std::string with_article(Type type);
/// What would make a value of the wanted type out of an expression of the given one.
[[nodiscard]] std::string way_to(Type wanted, Type given, const std::string& written);

}  // namespace lienthong::mapping
