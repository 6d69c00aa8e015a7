/// The flows' pauses in a SQLite file of their own.
///
/// A flow is paused in the middle of trouble, when the store may be busy with a bulk of figures for longer than anybody
/// wants to wait. So what people decide about flows stands apart from it, and the store's tables need not change.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/pauses.hpp"

#include <memory>
#include <string>

namespace lienthong::adapters {

/// Opens or creates the file. Fails with: operation.open, operation.version, operation.damaged; calls also with
/// operation.busy when another process held the file for 5 seconds (nothing was kept), operation.full, operation.broken and
/// operation.rejected.
[[nodiscard]] Result<std::shared_ptr<Pauses>> open_sqlite_pauses(const std::string& path);

}  // namespace lienthong::adapters
