/// The FactHistory port over SQLite.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "hub/ports/fact_history.hpp"

#include <memory>

namespace lienthong::adapters::store {

[[nodiscard]] std::shared_ptr<FactHistory> make_fact_history(std::shared_ptr<sqlite::Database> database);

}  // namespace lienthong::adapters::store
