/// SQL transport: one query of a database, answered as text, by addresses such as `postgresql://host:5432/db`, `sqlite:///path`
/// and `odbc://name`.
///
/// `POST /query`, the body is one statement in UTF-8 (at most 1 MiB) that may hold parameters `:name`, each bound, never pasted:
///
/// | header | says |
/// |---|---|
/// | `Bind-NAME` | the value of `:NAME`, percent-encoded; always text, whose type the database works out |
/// | `Most-Rows` | how many rows the answer may have, 1 to 10,000; more is an error, not a cut |
/// | `Authorization: Basic …` | user and password, PostgreSQL and ODBC |
/// | `Tls` | PostgreSQL: `verify-full` (the default), `verify-ca`, or `off` |
///
/// Answer 200: `{"columns": ["id", …], "rows": [["1", null, "1.50"], …]}`. Every value is the text the database renders, so that
/// a numeric 1.50 stays 1.50; NULL is null; at most the request's answer limit. A refusal has no body and says why in the header
/// `Why`: 400 the statement is wrong, or two columns have one name; 401 the database does not let this user in; 403 the statement
/// would write, or may not read that; 404 no such database file or data source; 413 more rows or bytes than allowed; 415 bytes, or text that is
/// not UTF-8; 503 busy; 504 the statement ran out of time.
///
/// PostgreSQL is asked in a transaction that is READ ONLY, with a statement_timeout of the request's timeout less a tenth, and
/// dates in ISO form; the connection is closed after the answer. It is spoken to by libpq itself: Poco's session passes on
/// neither sslmode nor the SQLSTATE and cannot be waited for with a deadline. SQLite files are opened read-only.
///
/// ODBC asks a data source that the machine's administrator described in odbc.ini: driver, server and how the server proves who it
/// is stand there, so that no setting names a library to load, and neither `Tls` nor a request's reach says anything. Name, user and password go to the driver
/// manager apart; there is no connection string. The query runs in a transaction that is READ ONLY where the database knows that,
/// and is undone in any case. It is spoken to by the driver manager itself: Poco binds results by their type, which makes a numeric
/// a floating point number.
#pragma once

#include "hub/ports/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

namespace lienthong::adapters {

struct SqlTransportOptions
{
    std::string authorities_file;  ///< PEM with the authorities to trust for TLS; empty: Debian's own bundle.
};

/// Two queries run at a time. Fails, by ask(), with: transport.bad_request, transport.refused, transport.not_allowed,
/// transport.unknown (also: the database went away in the middle), transport.tls. Safe from any thread.
[[nodiscard]] std::unique_ptr<Transport> make_sql_transport(boost::asio::any_io_executor executor, SqlTransportOptions options);

}  // namespace lienthong::adapters
