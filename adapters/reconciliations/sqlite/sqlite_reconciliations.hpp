/// What was compared with the flows' sources, and what was done about it, in a SQLite file of its own.
///
/// A comparison may list many thousand differences, and belongs to running the hub, not to the figures: so it stands apart
/// from the store, whose tables need not change.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/reconciliations.hpp"

#include <memory>
#include <string>

namespace lienthong::adapters {

/// Opens or creates the file. Fails with: reconciliation.open, reconciliation.version, reconciliation.damaged; calls also with
/// reconciliation.busy when another process held the file for 5 seconds (nothing was kept), reconciliation.full,
/// reconciliation.broken and reconciliation.rejected.
[[nodiscard]] Result<std::shared_ptr<Reconciliations>> open_sqlite_reconciliations(const std::string& path);

}  // namespace lienthong::adapters
