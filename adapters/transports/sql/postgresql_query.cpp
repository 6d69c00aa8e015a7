// Asks PostgreSQL by libpq without ever waiting past the deadline.
#include "adapters/transports/sql/postgresql_query.hpp"

#include "adapters/transports/reach/places.hpp"
#include "adapters/transports/sql/bound_query.hpp"
#include "adapters/transports/sql/row_answer.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <memory>

namespace lienthong::adapters {
namespace {

constexpr Oid bytea = 17;
constexpr const char* system_authorities = "/etc/ssl/certs/ca-certificates.crt";

struct EndConnection
{
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult
{
    void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, EndConnection>;
using QueryResult = std::unique_ptr<PGresult, ClearResult>;

std::int64_t millis_left(Deadline deadline)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
}

/// Whether the socket became ready in time.
bool wait(PGconn* connection, short events, Deadline deadline)
{
    for (;;) {
        const std::int64_t left = millis_left(deadline);
        pollfd socket{PQsocket(connection), events, 0};
        if (left <= 0 || socket.fd < 0)
            return false;
        const int ready = ::poll(&socket, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

/// libpq's own words in one line.
std::string said(const char* text)
{
    std::string out(text == nullptr ? "" : text);
    std::replace(out.begin(), out.end(), '\n', ' ');
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return shortened(out, 400);
}

bool holds(const std::string& text, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

/// Before a session stands there is no SQLSTATE to be had; only the server's and the library's sentences tell.
Result<HttpAnswer> not_connected(PGconn* connection)
{
    const std::string why = said(PQerrorMessage(connection));
    if (holds(why, {"starting up", "shutting down", "recovery mode", "too many", "connection slots"}))
        return refusal(503, "the database takes no connection now: " + why);
    if (holds(why, {"FATAL", "no password supplied", "authentication"}))
        return refusal(401,
                       "the database does not let the hub in: " + why + "; check user, password, database name and pg_hba.conf");
    if (holds(why, {"SSL", "certificate"}))
        return Problem{"transport.tls", "the database could not be authenticated over TLS: " + why};
    return Problem{"transport.refused", "the database could not be reached: " + why};
}

Result<HttpAnswer> query_failed(PGconn* connection, const PGresult* result)
{
    const char* field = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string state = field == nullptr ? "" : field;
    const std::string why = said(result == nullptr ? PQerrorMessage(connection) : PQresultErrorMessage(result));
    const std::string kind = state.substr(0, 2);
    if (state.empty() || kind == "08" || state.substr(0, 4) == "57P0")
        return Problem{"transport.unknown", "the database went away in the middle of the query: " + why};
    if (state == "57014")
        return refusal(
            504, "the query ran out of time: ask for fewer rows, or add an index on the watermark and key columns (" + why + ')');
    if (state == "42501" || state == "25006")
        return refusal(
            403, "the database does not allow it: " + why + "; the query may only read, and the user must be granted SELECT");
    if (kind == "53" || kind == "40" || kind == "55")
        return refusal(503, "the database cannot answer now: " + why);
    return kind == "42" || kind == "22" || kind == "0A" || kind == "25" ? refusal(400, "the database refuses the query: " + why)
                                                                        : refusal(500, "the database failed: " + why);
}

/// The library is told the addresses, so that it looks no name up itself; the name is what the certificate is held against.
Connection begin_connection(const SqlCall& call, const std::string& port, const std::vector<boost::asio::ip::tcp::endpoint>& places,
                            const std::string& authorities)
{
    std::string hosts, addresses;
    for (const auto& place : places) {
        hosts += (hosts.empty() ? "" : ",") + call.host;
        addresses += (addresses.empty() ? "" : ",") + place.address().to_string();
    }
    // An empty name means ~/.pgpass, and one that is no plain file is complained of on stderr; this one cannot exist.
    const char* const no_file = "/dev/null/none";
    const std::string mode = call.tls == "off" ? "disable" : call.tls;
    const std::pair<const char*, const char*> pairs[] = {{"host", hosts.c_str()},
                                                         {"hostaddr", addresses.c_str()},
                                                         {"port", port.c_str()},
                                                         {"dbname", call.database.c_str()},
                                                         {"user", call.user.c_str()},
                                                         {"password", call.password.c_str()},
                                                         {"sslmode", mode.c_str()},
                                                         {"sslrootcert", authorities.c_str()},
                                                         {"passfile", no_file},
                                                         {"gssencmode", "disable"},
                                                         {"client_encoding", "UTF8"},
                                                         {"application_name", "lienthong"}};
    std::vector<const char*> names, values;
    for (const auto& [name, value] : pairs) {
        names.push_back(name);
        values.push_back(value);
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    return Connection(PQconnectStartParams(names.data(), values.data(), 0));
}

/// Whether the session stands; false at the deadline and when the server refuses.
bool connect(PGconn* connection, Deadline deadline)
{
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;
    while (PQstatus(connection) != CONNECTION_BAD && next != PGRES_POLLING_OK && next != PGRES_POLLING_FAILED) {
        if (!wait(connection, next == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline))
            return false;
        next = PQconnectPoll(connection);
    }
    return PQstatus(connection) == CONNECTION_OK && next == PGRES_POLLING_OK;
}

enum class Read : unsigned char { result, end, lost, late };

/// The next result of what was sent.
Read next_result(PGconn* connection, QueryResult& result, Deadline deadline)
{
    while (PQflush(connection) == 1)
        if (!wait(connection, POLLOUT, deadline))
            return Read::late;
    while (PQisBusy(connection) == 1) {
        if (!wait(connection, POLLIN, deadline))
            return Read::late;
        if (PQconsumeInput(connection) == 0)
            return Read::lost;
    }
    result.reset(PQgetResult(connection));
    return result ? Read::result : Read::end;
}

Problem too_late()
{
    return {"transport.unknown", "the database did not answer within the time the request allows"};
}

/// A transaction that cannot write, with limits of its own; nothing when it stands.
std::optional<Result<HttpAnswer>> begin_reading(PGconn* connection, Deadline deadline)
{
    const std::int64_t millis = std::max<std::int64_t>(millis_left(deadline) * 9 / 10, 1);
    const std::string begin = "BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = " + std::to_string(millis) +
                              "; SET LOCAL datestyle = 'ISO'; SET LOCAL bytea_output = 'hex'";
    if (PQsendQuery(connection, begin.c_str()) == 0)
        return query_failed(connection, nullptr);
    for (QueryResult result;;) {
        const Read read = next_result(connection, result, deadline);
        if (read == Read::end)
            return std::nullopt;
        if (read == Read::late)
            return too_late();
        if (read == Read::lost || PQresultStatus(result.get()) != PGRES_COMMAND_OK)
            return query_failed(connection, result.get());
    }
}

bool add_columns(const PGresult* result, RowAnswer& rows)
{
    std::vector<std::string> columns;
    for (int i = 0; i < PQnfields(result); ++i) {
        if (PQftype(result, i) == bytea)
            return rows.refuse_bytes(PQfname(result, i), "encode(…, 'hex')");
        columns.emplace_back(PQfname(result, i));
    }
    return rows.begin(std::move(columns));
}

bool add_row(const PGresult* result, int at, RowAnswer& rows)
{
    std::vector<std::optional<std::string_view>> row;
    for (int i = 0; i < PQnfields(result); ++i)
        row.push_back(PQgetisnull(result, at, i) == 1
                          ? std::nullopt
                          : std::optional(std::string_view(PQgetvalue(result, at, i),
                                                           static_cast<std::size_t>(PQgetlength(result, at, i)))));
    return rows.add(row);
}

}  // namespace

Result<HttpAnswer> query_postgresql(const SqlCall& call, const Reach& reach, const std::string& authorities_file, std::size_t answer_limit,
                                    Deadline deadline)
{
    const BoundQuery query = bound_query(call.statement, Placeholder::numbered);
    std::vector<const char*> values;
    for (const std::string& name : query.names) {
        const auto value = call.bound.find(name);
        if (value == call.bound.end())
            return refusal(400, "the query has a parameter that nothing is bound to: :" + shortened(name));
        values.push_back(value->second.c_str());
    }
    const std::string port = call.port.empty() ? "5432" : call.port;
    const auto places = places_of(call.host, port, reach, "the database server " + call.host + " port " + port);
    if (!places)
        return places.problem();
    const Connection connection = begin_connection(call, port, *places, authorities_file.empty() ? system_authorities : authorities_file);
    if (!connection || !connect(connection.get(), deadline))
        return millis_left(deadline) <= 0 ? Problem{"transport.refused", "the database did not take the connection in time"}
                                          : not_connected(connection.get());
    PQsetnonblocking(connection.get(), 1);
    if (auto failed = begin_reading(connection.get(), deadline))
        return std::move(*failed);
    if (PQsendQueryParams(connection.get(), query.text.c_str(), static_cast<int>(values.size()), nullptr, values.data(), nullptr,
                          nullptr, 0) == 0)
        return query_failed(connection.get(), nullptr);
    PQsetSingleRowMode(connection.get());

    RowAnswer rows(call.most_rows, answer_limit);
    bool begun = false;
    for (QueryResult result;;) {
        const Read read = next_result(connection.get(), result, deadline);
        if (read == Read::late)
            return too_late();
        if (read == Read::end)
            return begun ? std::move(rows).answer() : refusal(400, "the query gives no rows by its nature: it must be a SELECT");
        const ExecStatusType status = read == Read::lost ? PGRES_FATAL_ERROR : PQresultStatus(result.get());
        if (status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY)
            continue;
        if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK)
            return query_failed(connection.get(), read == Read::lost ? nullptr : result.get());
        bool going = begun || add_columns(result.get(), rows);
        begun = true;
        for (int at = 0; going && at < PQntuples(result.get()); ++at)
            going = add_row(result.get(), at, rows);
        if (!going)
            return std::move(rows).answer();
    }
}

}  // namespace lienthong::adapters
