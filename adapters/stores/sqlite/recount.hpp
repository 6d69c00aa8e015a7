/// The tally: as it is kept, and counted anew from the records themselves.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "hub/model/verdict.hpp"

namespace lienthong::adapters::store {

[[nodiscard]] Tally read_tally(sqlite::Connection& connection);
/// Received from what submissions saw first; stored and unchanged from where submissions left records; the rest
/// from the quarantine. Independent of the kept tally and of its changes. Reads every submission.
[[nodiscard]] Tally recount(sqlite::Connection& connection);

}  // namespace lienthong::adapters::store
