/// The flows' rhythms and alarms in a SQLite file of their own.
///
/// Nothing in it is a figure, and all of the rhythms can be worked out again from the store; so it stands apart, and the store's
/// tables need not change.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/watch_book.hpp"

#include <memory>
#include <string>

namespace lienthong::adapters {

/// Opens or creates the file. Fails with: watch.open, watch.version, watch.damaged; calls also with watch.busy when another
/// process held the file for 5 seconds (nothing was kept), watch.full, watch.broken and watch.rejected.
[[nodiscard]] Result<std::shared_ptr<WatchBook>> open_sqlite_watch_book(const std::string& path);

}  // namespace lienthong::adapters
