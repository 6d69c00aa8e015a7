/// Rule breaks as the API and the command line show them.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/problem.hpp"
#include "hub/ports/rule_breaks.hpp"

namespace lienthong::api {

/// The break as a problem: every figure with who told it, what would be right, what to do.
[[nodiscard]] Problem problem_of(const RuleBreakRow& row, const catalogue::Catalogue& catalogue);

/// The members of one break into an open object: the rule with its act, the subject, every figure as it was when it was
/// found, since when, and what to do where it is open.
void write_rule_break(JsonWriter& out, const RuleBreakRow& row, const catalogue::Catalogue& catalogue);

}  // namespace lienthong::api
