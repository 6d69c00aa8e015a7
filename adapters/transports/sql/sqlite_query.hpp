/// SQLite query: one statement of a file that is opened read-only.
#pragma once

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "adapters/transports/sql/sql_call.hpp"

namespace lienthong::adapters {

/// See sql_transport.hpp for the answers. Thread-safe.
[[nodiscard]] Result<HttpAnswer> query_sqlite(const SqlCall& call, std::size_t answer_limit, Deadline deadline);

}  // namespace lienthong::adapters
