/// ODBC query: one statement of a data source that the machine's administrator described in odbc.ini.
#pragma once

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "adapters/transports/sql/sql_call.hpp"

namespace lienthong::adapters {

/// See sql_transport.hpp for the answers and failures. A driver that does not keep the deadline holds its thread until it comes
/// back. Thread-safe.
[[nodiscard]] Result<HttpAnswer> query_odbc(const SqlCall& call, std::size_t answer_limit, Deadline deadline);

}  // namespace lienthong::adapters
