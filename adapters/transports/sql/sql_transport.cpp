// The transport's face: which database is meant.
#include "adapters/transports/sql/sql_transport.hpp"

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "adapters/transports/sql/odbc_query.hpp"
#include "adapters/transports/sql/postgresql_query.hpp"
#include "adapters/transports/sql/sqlite_query.hpp"

#include <utility>

namespace lienthong::adapters {
namespace {


}  // namespace

std::unique_ptr<Transport> make_sql_transport(boost::asio::any_io_executor executor, SqlTransportOptions options)
{
    return make_blocking_transport(
        std::move(executor),
        [options = std::move(options)](const HttpRequest& request, Deadline deadline) -> Result<HttpAnswer> {
            const auto call = read_sql_call(request);
            if (!call)
                return call.problem();
            if (call->scheme == "sqlite")
                return query_sqlite(*call, request.answer_limit, deadline);
            if (call->scheme == "postgresql")
                return query_postgresql(*call, request.reach, options.authorities_file, request.answer_limit, deadline);
            if (call->scheme == "odbc")
                return query_odbc(*call, request.answer_limit, deadline);
            return Problem{"transport.bad_request",
                           "no database is known by this scheme",
                           {},
                           shortened(call->scheme),
                           "postgresql, sqlite or odbc"};
        });
}

}  // namespace lienthong::adapters
