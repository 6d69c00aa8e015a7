/// Each quarantined: goes through the quarantine by pages, for whoever needs all of it.
#pragma once

#include "hub/ports/store.hpp"

#include <functional>
#include <initializer_list>
#include <string>

namespace lienthong::flow {

/// Hands over what stands in quarantine in these states, of one flow, or of all where it is empty; state by state, oldest first.
/// Fails with: store.*.
[[nodiscard]] Result<void> each_quarantined(const Store& store, std::initializer_list<RecordState> states, const std::string& flow,
                                            const std::function<void(const QuarantineEntry&)>& take);

}  // namespace lienthong::flow
