/// Outgoing documents in a SQLite file of their own: packages are large, and the store's file is not to grow with them.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/dispatch.hpp"

#include <memory>
#include <string>

namespace lienthong::adapters {

/// Opens or creates the file. Fails with: store.open, store.version, store.damaged.
[[nodiscard]] Result<std::shared_ptr<Dispatch>> open_sqlite_dispatch(const std::string& path);

}  // namespace lienthong::adapters
