/// SQL call: what a request for a database asks, read from address, headers and body.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/transport.hpp"

#include <map>
#include <string>

namespace lienthong::adapters {

struct SqlCall
{
    std::string scheme, host, port;  ///< Host and port may be empty. Of odbc the host is the data source's name.
    std::string database;            ///< Name, or the absolute path of a file.
    std::string user, password;
    std::string tls = "verify-full";
    std::string statement;
    std::map<std::string, std::string> bound;  ///< By parameter name.
    std::size_t most_rows = 1'000;
};

/// Fails with: transport.bad_request; nothing of a password is ever in it.
[[nodiscard]] Result<SqlCall> read_sql_call(const HttpRequest& request);

}  // namespace lienthong::adapters
