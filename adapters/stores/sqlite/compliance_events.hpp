/// Compliance events in the store's database: appended inside whatever transaction they belong to.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "hub/model/compliance_event.hpp"

#include <string>

namespace lienthong::adapters::store {

/// Keeps it under the next id, which is returned. Throws what the connection throws.
std::string append_event(sqlite::Connection& connection, const ComplianceEvent& event);

}  // namespace lienthong::adapters::store
