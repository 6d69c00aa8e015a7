/// Forthcoming: what a flow usually brings, is owed soon, and is not there yet.
#pragma once

#include "hub/compliance/reminder.hpp"
#include "hub/ports/store.hpp"

#include <span>
#include <string>
#include <vector>

namespace lienthong::flow {

/// Of one flow, everything that ends at one moment.
struct Forthcoming
{
    std::string flow;
    Time closes{};              ///< The first moment that is late, extensions counted.
    unsigned working_days = 0;  ///< Left after today; 0: today is the last.
    std::vector<compliance::NearDeadline> owed{};
};

/// Near deadlines (compliance::near_deadlines) by the flow that usually brings what is owed, by deadline, then flow. That is the
/// flow by which the same agency told the same figure, or sent the same report, in two of the three periods before it that were
/// told, of the same kind; of half years and longer, in the last one. What came once by another way, or never came by a flow,
/// is nobody's: the agency is reminded of it, and no flow is blamed. A mapping that could bring a figure says too little: tables
/// of codes hold what a source never sends. Fails with: store.*. Thread-safe.
[[nodiscard]] Result<std::vector<Forthcoming>> forthcoming(const Store& store, std::span<const compliance::Obligation> obligations,
                                                           std::span<const compliance::Event> events, Time now,
                                                           unsigned most_working_days, const compliance::NextWorking& next_working);

}  // namespace lienthong::flow
