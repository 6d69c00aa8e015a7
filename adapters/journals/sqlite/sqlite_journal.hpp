/// The journal in one SQLite file: write-ahead log, an fsync before every answer, many entries to an fsync.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/journal.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace lienthong::adapters {

/// Opens or creates the journal. Beyond `max_bytes` (0: no limit but the disk's) appends fail with journal.full.
/// `done` callbacks run on the journal's writer thread; the journal is not to be destroyed from one. Destroying it
/// writes what is queued first.
/// Fails with: journal.open, journal.version, journal.damaged. Calls also fail with journal.busy when another
/// process held the file for 5 seconds (nothing was kept), and read() with journal.no_message and journal.damaged.
[[nodiscard]] Result<std::unique_ptr<Journal>> open_sqlite_journal(const std::string& path, std::size_t max_bytes = 0);

}  // namespace lienthong::adapters
