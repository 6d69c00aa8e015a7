/// What of a leaf's changes a partner is told: one datum, one telling, and nothing back to where it came from.
#pragma once

#include "hub/ports/store.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace lienthong::flow {

/// Of each figure the telling that is served at the leaf's end, in the order they came; without what flow `except` told in
/// this very leaf, unless nothing else is left to say. All `changes` are of one leaf. Thread-safe.
[[nodiscard]] std::vector<Observation> to_deliver(std::span<const ServedChange> changes, std::string_view except);

}  // namespace lienthong::flow
