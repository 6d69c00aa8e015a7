/// What of a leaf's changes a partner is told: one datum, one telling, and nothing back to where it came from.
#pragma once

#include "hub/ports/store.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace lienthong::flow {

/// Of each figure the telling that is served at the leaf's end, in the order they came; without what flow `except` told in
/// this very leaf, unless nothing else is left to say. `only`: indicators it is about; empty for any. All `changes` are of
/// one leaf. Thread-safe.
[[nodiscard]] std::vector<Observation> to_deliver(std::span<const ServedChange> changes, std::string_view except,
                                                  std::span<const std::string> only = {});

/// What makes a report whole: beside what is `told` of it, the newest telling of each other figure of the same agency and
/// period as it stood under leaf `log_index`, in the order of their revisions; a packet made anew is then the same. What
/// is told may be of several reports; each is made whole. Thread-safe.
/// Fails with: store.*.
[[nodiscard]] Result<std::vector<Observation>> rest_of_reports(const Store& store, std::span<const Observation> told,
                                                               std::uint64_t log_index, std::string_view except,
                                                               std::span<const std::string> only);

}  // namespace lienthong::flow
