/// Agreement: whether the figures of one message keep the rules between figures, so that its sender learns at once.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/model/verdict.hpp"

#include <vector>

namespace lienthong::workshop {

/// Holds the figures of accepted records against each other, those of each agency by themselves. A rule that refuses is a
/// problem of every record with a part in the break: nobody can know which of them is wrong. Other rules leave a finding at
/// the subject's record. Figures outside the message are not known here. True where a record is refused that was not before.
/// Codes: rule.broken, rule.hint. Thread-safe.
[[nodiscard]] bool judge_agreement(std::vector<Verdict>& verdicts, const catalogue::Catalogue& catalogue);

}  // namespace lienthong::workshop
