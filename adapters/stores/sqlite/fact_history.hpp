/// The FactHistory port over SQLite.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "hub/ports/fact_history.hpp"
#include "hub/ports/store.hpp"

#include <memory>

namespace lienthong::adapters::store {

/// The least version of a fact that was told behind a leaf; one more than the last where there is none. Versions rise with
/// commits, so it is found by halving.
[[nodiscard]] FactVersionId first_told_behind(sqlite::Connection& connection, LeafId leaf);

[[nodiscard]] std::shared_ptr<FactHistory> make_fact_history(std::shared_ptr<sqlite::Database> database);

}  // namespace lienthong::adapters::store
