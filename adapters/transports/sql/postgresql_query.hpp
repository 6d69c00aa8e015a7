/// PostgreSQL query: one statement in a transaction that only reads.
#pragma once

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "adapters/transports/sql/sql_call.hpp"

#include <string>

namespace lienthong::adapters {

/// See sql_transport.hpp for the answers and failures. Looking up the host's name is the one wait that the deadline does not end.
/// Thread-safe.
[[nodiscard]] Result<HttpAnswer> query_postgresql(const SqlCall& call, const Reach& reach, const std::string& authorities_file,
                                                  std::size_t answer_limit, Deadline deadline);

}  // namespace lienthong::adapters
