// Reads a request for a database.
#include "adapters/transports/sql/sql_call.hpp"

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "hub/model/utf8.hpp"

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

/// Percent-encoding undone; nothing when it is none, or when it hides a NUL, which no database takes in a text.
std::optional<std::string> unescaped(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned char byte = static_cast<unsigned char>(text[i]);
        if (text[i] == '%') {
            const char* const digits = text.data() + i + 1;
            if (i + 2 >= text.size() || std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2)
                return std::nullopt;
            i += 2;
        }
        if (byte == 0)
            return std::nullopt;
        out += static_cast<char>(byte);
    }
    return out;
}

/// RFC 4648, section 4, as Part::base64 writes it.
std::optional<std::string> plain_of_base64(std::string_view text)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0, held = 0;
    for (const char c : text.substr(0, text.find('='))) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6U) | static_cast<unsigned>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            out += static_cast<char>((bits >> held) & 0xFFU);
        }
    }
    return out;
}

Result<void> read_address(const HttpRequest& request, SqlCall& call)
{
    const std::string endpoint = request.url.substr(0, request.url.size() - target.size());
    const std::size_t end = endpoint.find("://");
    if (end == std::string::npos || endpoint.find('@') != std::string::npos)
        return bad("this is no address of a database; user and password have headers of their own",
                   "not shown: it may hold a secret", "postgresql://host:port/database or sqlite:///path");
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
    const std::size_t colon = authority.front() == '[' ? authority.find(':', authority.find(']')) : authority.find(':');
    call.host = authority.substr(0, colon);
    if (call.host.size() > 2 && call.host.front() == '[')
        call.host = call.host.substr(1, call.host.size() - 2);
    call.port = colon == std::string::npos ? "" : authority.substr(colon + 1);
    call.database = path->empty() ? "" : path->substr(1);
    const bool digits = std::all_of(call.port.begin(), call.port.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (call.host.empty() || call.database.empty() || !digits || call.port.size() > 5)
        return bad("this is no address of a database", endpoint, "postgresql://host:port/database");
    return {};
}

Result<void> read_credentials(const HttpRequest& request, SqlCall& call)
{
    std::string_view header = header_of(request, "Authorization");
    if (header.empty())
        return {};
    const bool basic = header.substr(0, 6) == "Basic ";
    const auto plain = basic ? plain_of_base64(header.substr(6)) : std::nullopt;
    const std::size_t colon = plain ? plain->find(':') : std::string::npos;
    if (colon == std::string::npos || plain->find('\0') != std::string::npos)
        return bad("Authorization does not hold a user and a password", "not shown: it holds a secret", "Basic, by RFC 7617");
    call.user = plain->substr(0, colon);
    call.password = plain->substr(colon + 1);
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
