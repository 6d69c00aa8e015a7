// Reads a request for a database.
#include "adapters/transports/sql/sql_call.hpp"

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "adapters/transports/blocking/server_address.hpp"
#include "hub/model/utf8.hpp"
#include "hub/sdk/percent.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace lienthong::adapters {
namespace {

constexpr std::size_t longest_statement = 1024 * 1024;
constexpr std::size_t most_rows_ever = 10'000;
constexpr std::string_view bind = "Bind-";
constexpr std::string_view target = "/query";

Problem bad(std::string detail, std::string found, std::string expected)
{
    return {"transport.bad_request", std::move(detail), {}, shortened(found), std::move(expected)};
}

/// Nothing when it is not percent-encoded, or hides a NUL, which no database takes in a text.
std::optional<std::string> unescaped(std::string_view text)
{
    auto plain = sdk::percent_decoded(text);
    return plain && plain->find('\0') == std::string::npos ? std::move(plain) : std::nullopt;
}

/// The driver manager takes at most 32 characters (SQL_MAX_DSN_LENGTH), and some that would mean something in odbc.ini.
bool is_data_source(std::string_view name)
{
    return !name.empty() && name.size() <= 32 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    });
}

Result<void> read_address(const HttpRequest& request, SqlCall& call)
{
    const std::string endpoint = request.url.substr(0, request.url.size() - target.size());
    const std::size_t end = endpoint.find("://");
    if (end == std::string::npos || endpoint.find('@') != std::string::npos)
        return bad("this is no address of a database; user and password have headers of their own",
                   "not shown: it may hold a secret", "postgresql://host:port/database, sqlite:///path or odbc://name");
    call.scheme = endpoint.substr(0, end);
    const std::string rest = endpoint.substr(end + 3);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string authority = rest.substr(0, slash);
    const auto path = unescaped(std::string_view(rest).substr(slash));
    if (!path)
        return bad("the address of the database is wrongly percent-encoded", endpoint, "percent-encoding by RFC 3986");
    if (call.scheme == "sqlite") {
        call.database = *path;
        return authority.empty() && path->size() > 1 && (*path + '/').find("/../") == std::string::npos
                   ? Result<void>()
                   : bad("this is no file of this machine", endpoint, "sqlite:/// and an absolute path");
    }
    if (call.scheme == "odbc") {
        call.host = authority;
        return is_data_source(authority) && (path->empty() || *path == "/")
                   ? Result<void>()
                   : bad("this is no name of a data source", endpoint, "odbc://name: up to 32 letters, digits, '-', '_' and '.', as it stands in odbc.ini");
    }
    auto place = read_host_and_port(authority);
    call.database = path->empty() ? "" : path->substr(1);
    if (!place || call.database.empty())
        return bad("this is no address of a database", endpoint, "postgresql://host:port/database");
    call.host = std::move(place->host);
    call.port = std::move(place->port);
    return {};
}

Result<void> read_credentials(const HttpRequest& request, SqlCall& call)
{
    const std::string_view header = header_of(request, "Authorization");
    if (header.empty())
        return {};
    auto login = read_basic_login(header);
    if (!login)
        return bad("Authorization does not hold a user and a password", "not shown: it holds a secret", "Basic, by RFC 7617");
    call.user = std::move(login->user);
    call.password = std::move(login->password);
    return {};
}

Result<void> read_headers(const HttpRequest& request, SqlCall& call)
{
    for (const auto& [name, value] : request.headers) {
        if (name.size() <= bind.size() || name.substr(0, bind.size()) != bind)
            continue;
        auto plain = unescaped(value);
        if (!plain || first_not_utf8(*plain) != plain->size())
            return bad("a bound value is wrongly percent-encoded, or no UTF-8", name, "percent-encoded UTF-8 without NUL");
        call.bound[name.substr(bind.size())] = std::move(*plain);
    }
    if (const std::string_view most = header_of(request, "Most-Rows"); !most.empty()) {
        const auto read = std::from_chars(most.data(), most.data() + most.size(), call.most_rows);
        if (read.ptr != most.data() + most.size() || call.most_rows < 1 || call.most_rows > most_rows_ever)
            return bad("Most-Rows is out of range", std::string(most), "a whole number from 1 to 10000");
    }
    if (const std::string_view tls = header_of(request, "Tls"); !tls.empty())
        call.tls = tls;
    if (call.tls != "verify-full" && call.tls != "verify-ca" && call.tls != "off")
        return bad("Tls is none of the three words", call.tls, "verify-full, verify-ca or off");
    return {};
}

}  // namespace

Result<SqlCall> read_sql_call(const HttpRequest& request)
{
    SqlCall call;
    call.statement = request.body;
    if (request.method != "POST" || request.url.size() <= target.size() ||
        request.url.substr(request.url.size() - target.size()) != target)
        return bad("a database takes POST /query", request.method, "POST /query");
    if (call.statement.empty() || call.statement.size() > longest_statement || call.statement.find('\0') != std::string::npos ||
        first_not_utf8(call.statement) != call.statement.size())
        return bad("the statement is empty, too long, or no UTF-8 text", std::to_string(call.statement.size()) + " bytes",
                   "at most 1 MiB of UTF-8");
    for (const auto& read : {read_address(request, call), read_credentials(request, call), read_headers(request, call)})
        if (!read.ok())
            return read.problem();
    return call;
}

}  // namespace lienthong::adapters
