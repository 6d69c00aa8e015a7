/// Receipts of figures: an obligation to tell an indicator is met by the first figure the store has of it. The store itself
/// is the list, so nothing is recorded twice.
#pragma once

#include "hub/compliance/event.hpp"
#include "hub/ports/compliance_events.hpp"
#include "hub/ports/store.hpp"

#include <span>
#include <vector>

namespace lienthong::flow {

/// One event for each obligation of `owed` that a figure in the store meets; none for obligations of report forms, whose
/// codes no figure has. A figure that says why it has no value counts: it was told. Thread-safe.
/// Fails with: store.*.
[[nodiscard]] Result<std::vector<compliance::Event>> told_receipts(const Store& store, std::span<const compliance::Obligation> owed);

/// All a status is computed from: what was recorded, and with a store the receipts its figures make. Thread-safe.
/// Fails with: compliance.event, store.*.
[[nodiscard]] Result<std::vector<compliance::Event>> known_events(const ComplianceEvents& recorded, const Store* store,
                                                                  std::span<const compliance::Obligation> owed);

}  // namespace lienthong::flow
