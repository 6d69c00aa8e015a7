// Asks a data source by the driver manager's own calls, which take name, user and password apart: there is no connection string
// that anything could be slipped into.
#include "adapters/transports/sql/odbc_query.hpp"

#include "adapters/transports/sql/bound_query.hpp"
#include "adapters/transports/sql/row_answer.hpp"
#include "adapters/transports/sql/wide_text.hpp"

#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

#include <algorithm>
#include <memory>
#include <type_traits>

namespace lienthong::adapters {
namespace {

static_assert(sizeof(SQLWCHAR) == sizeof(char16_t));

template <SQLSMALLINT kind>
struct FreeHandle
{
    void operator()(SQLHANDLE handle) const
    {
        if (kind == SQL_HANDLE_DBC) {
            // Whatever the statement did is undone: a query only reads.
            SQLEndTran(SQL_HANDLE_DBC, handle, SQL_ROLLBACK);
            SQLDisconnect(handle);
        }
        SQLFreeHandle(kind, handle);
    }
};
using Environment = std::unique_ptr<std::remove_pointer_t<SQLHANDLE>, FreeHandle<SQL_HANDLE_ENV>>;
using Connection = std::unique_ptr<std::remove_pointer_t<SQLHANDLE>, FreeHandle<SQL_HANDLE_DBC>>;
using Statement = std::unique_ptr<std::remove_pointer_t<SQLHANDLE>, FreeHandle<SQL_HANDLE_STMT>>;

/// Takes what ODBC wants to write to, though it only reads.
SQLWCHAR* wide(std::u16string& text)
{
    return reinterpret_cast<SQLWCHAR*>(text.data());
}

SQLPOINTER number(std::int64_t value)
{
    return reinterpret_cast<SQLPOINTER>(static_cast<std::intptr_t>(value));
}

template <class Handle>
Handle made(SQLSMALLINT kind, SQLHANDLE from)
{
    SQLHANDLE handle = SQL_NULL_HANDLE;
    return Handle(SQL_SUCCEEDED(SQLAllocHandle(kind, from, &handle)) ? handle : nullptr);
}

/// The driver's own words: SQLSTATE, and one sentence.
struct Said
{
    std::string state, why;

    Said(SQLSMALLINT kind, SQLHANDLE handle)
    {
        std::u16string code(6, u'\0'), text(1024, u'\0');
        SQLINTEGER native = 0;
        SQLSMALLINT size = 0;
        if (!SQL_SUCCEEDED(SQLGetDiagRecW(kind, handle, 1, wide(code), &native, wide(text), static_cast<SQLSMALLINT>(text.size()), &size)))
            return;
        state = from_utf16(std::u16string_view(code).substr(0, 5));
        why = from_utf16(std::u16string_view(text).substr(0, std::min<std::size_t>(static_cast<std::size_t>(std::max<SQLSMALLINT>(size, 0)), text.size() - 1)));
        std::replace_if(why.begin(), why.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U; }, ' ');
        why = shortened(why, 400) + " (" + state + ')';
    }
    [[nodiscard]] bool is(std::initializer_list<std::string_view> beginnings) const
    {
        return std::any_of(beginnings.begin(), beginnings.end(), [this](std::string_view begin) { return state.starts_with(begin); });
    }
    [[nodiscard]] bool speaks_of(std::initializer_list<std::string_view> words) const
    {
        std::string lower = why;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return lower.find(word) != std::string::npos; });
    }
};

/// Drivers do not agree on what tells a refused login from a server that is not there; their sentences do.
Result<HttpAnswer> not_connected(const Said& said, const SqlCall& call)
{
    if (said.is({"IM"}))
        return refusal(404, "the data source '" + call.host + "' cannot be opened: " + said.why + "; describe it in odbc.ini, with a driver that is installed");
    if (said.is({"28"}) || said.speaks_of({"authentication failed", "login failed", "access denied", "no password supplied"}))
        return refusal(401, "the database does not let the hub in: " + said.why + "; check user and password");
    if (said.speaks_of({"certificate", "ssl error", "tls"}))
        return Problem{"transport.tls", "the database could not be authenticated over TLS: " + said.why};
    return Problem{"transport.refused", "the database could not be reached: " + said.why};
}

Result<HttpAnswer> query_failed(const Said& said)
{
    if (said.is({"08", "57P0"}))
        return Problem{"transport.unknown", "the database went away in the middle of the query: " + said.why};
    if (said.is({"57014", "HYT", "HY008"}))
        return refusal(504, "the query ran out of time: ask for fewer rows, or add an index on the watermark and key columns (" + said.why + ')');
    if (said.is({"42501", "25006"}))
        return refusal(403, "the database does not allow it: " + said.why + "; the query may only read, and the user must be granted SELECT");
    if (said.is({"53", "40", "55"}))
        return refusal(503, "the database cannot answer now: " + said.why);
    return said.is({"42", "22", "07", "0A", "25", "S0", "37"}) ? refusal(400, "the database refuses the query: " + said.why)
                                                               : refusal(500, "the database failed: " + said.why);
}

std::int64_t seconds_left(Deadline deadline)
{
    return std::max<std::int64_t>(std::chrono::duration_cast<std::chrono::seconds>(deadline - std::chrono::steady_clock::now()).count(), 1);
}

bool connect(SQLHANDLE connection, const SqlCall& call, Deadline deadline)
{
    SQLSetConnectAttr(connection, SQL_ATTR_LOGIN_TIMEOUT, number(seconds_left(deadline)), 0);
    SQLSetConnectAttr(connection, SQL_ATTR_ACCESS_MODE, number(SQL_MODE_READ_ONLY), 0);
    std::u16string source = to_utf16(call.host), user = to_utf16(call.user), password = to_utf16(call.password);
    const bool named = !user.empty();
    if (!SQL_SUCCEEDED(SQLConnectW(connection, wide(source), SQL_NTS, named ? wide(user) : nullptr, SQL_NTS, named ? wide(password) : nullptr, SQL_NTS)))
        return false;
    return SQL_SUCCEEDED(SQLSetConnectAttr(connection, SQL_ATTR_AUTOCOMMIT, number(SQL_AUTOCOMMIT_OFF), 0));
}

/// Standard SQL, which not every database knows; one that does not is still undone at the end.
void begin_reading(SQLHANDLE connection)
{
    const auto statement = made<Statement>(SQL_HANDLE_STMT, connection);
    std::u16string text = u"SET TRANSACTION READ ONLY";
    if (statement && !SQL_SUCCEEDED(SQLExecDirectW(statement.get(), wide(text), SQL_NTS)))
        SQLEndTran(SQL_HANDLE_DBC, connection, SQL_ROLLBACK);
}

struct BoundText
{
    std::u16string text;
    SQLLEN bytes = 0;
};

/// Texts are bound, never pasted; `held` must live until the statement has run.
bool bind(SQLHANDLE statement, std::vector<BoundText>& held)
{
    for (std::size_t i = 0; i < held.size(); ++i) {
        BoundText& one = held[i];
        one.bytes = static_cast<SQLLEN>(one.text.size() * sizeof(char16_t));
        if (!SQL_SUCCEEDED(SQLBindParameter(statement, static_cast<SQLUSMALLINT>(i + 1), SQL_PARAM_INPUT, SQL_C_WCHAR, SQL_WVARCHAR,
                                            std::max<SQLULEN>(one.text.size(), 1), 0, one.text.data(), one.bytes, &one.bytes)))
            return false;
    }
    return true;
}

bool add_columns(SQLHANDLE statement, SQLSMALLINT count, RowAnswer& rows)
{
    std::vector<std::string> columns;
    for (SQLSMALLINT i = 1; i <= count; ++i) {
        std::u16string name(256, u'\0');
        SQLSMALLINT size = 0, type = 0, digits = 0, nullable = 0;
        SQLULEN width = 0;
        SQLDescribeColW(statement, static_cast<SQLUSMALLINT>(i), wide(name), static_cast<SQLSMALLINT>(name.size()), &size, &type, &width, &digits, &nullable);
        name.resize(std::min<std::size_t>(static_cast<std::size_t>(std::max<SQLSMALLINT>(size, 0)), name.size() - 1));
        columns.push_back(from_utf16(name));
        if (type == SQL_BINARY || type == SQL_VARBINARY || type == SQL_LONGVARBINARY)
            return rows.refuse_bytes(columns.back(), "a function of the database that gives text");
    }
    return rows.begin(std::move(columns));
}

enum class Read : unsigned char { text, null, failed, too_long };

/// One value, as the driver renders it, piece by piece.
Read value_of(SQLHANDLE statement, SQLUSMALLINT column, std::size_t most_bytes, std::string& out)
{
    std::u16string whole, piece(2048, u'\0');
    for (;;) {
        SQLLEN left = 0;
        const SQLRETURN got = SQLGetData(statement, column, SQL_C_WCHAR, piece.data(), static_cast<SQLLEN>(piece.size() * sizeof(char16_t)), &left);
        if (got == SQL_NO_DATA)
            break;
        if (!SQL_SUCCEEDED(got))
            return Read::failed;
        if (left == SQL_NULL_DATA)
            return Read::null;
        const std::size_t room = piece.size() - 1;
        const bool more = left == SQL_NO_TOTAL || static_cast<std::size_t>(left) / sizeof(char16_t) > room;
        whole.append(piece, 0, more ? room : static_cast<std::size_t>(left) / sizeof(char16_t));
        if (whole.size() > most_bytes)
            return Read::too_long;
        if (!more)
            break;
    }
    out = from_utf16(whole);
    return Read::text;
}

/// Whether to go on; `failed` is set when the driver could not give a value.
bool add_row(SQLHANDLE statement, SQLSMALLINT count, std::size_t answer_limit, RowAnswer& rows, bool& failed)
{
    std::vector<std::string> texts(static_cast<std::size_t>(count));
    std::vector<std::optional<std::string_view>> row;
    for (SQLSMALLINT i = 0; i < count; ++i) {
        std::string& text = texts[static_cast<std::size_t>(i)];
        const Read read = value_of(statement, static_cast<SQLUSMALLINT>(i + 1), answer_limit, text);
        failed = read == Read::failed;
        if (failed)
            return false;
        if (read == Read::too_long)
            text.assign(answer_limit + 1, ' ');
        row.push_back(read == Read::null ? std::nullopt : std::optional(std::string_view(text)));
    }
    return rows.add(row);
}

}  // namespace

Result<HttpAnswer> query_odbc(const SqlCall& call, std::size_t answer_limit, Deadline deadline)
{
    const BoundQuery query = bound_query(call.statement, Placeholder::question);
    std::vector<BoundText> held;
    for (const std::string& name : query.names) {
        const auto value = call.bound.find(name);
        if (value == call.bound.end())
            return refusal(400, "the query has a parameter that nothing is bound to: :" + shortened(name));
        held.push_back({to_utf16(value->second)});
    }
    const auto environment = made<Environment>(SQL_HANDLE_ENV, SQL_NULL_HANDLE);
    if (!environment || !SQL_SUCCEEDED(SQLSetEnvAttr(environment.get(), SQL_ATTR_ODBC_VERSION, number(SQL_OV_ODBC3), 0)))
        return refusal(500, "the ODBC driver manager cannot be used");
    const auto connection = made<Connection>(SQL_HANDLE_DBC, environment.get());
    if (!connection || !connect(connection.get(), call, deadline))
        return not_connected(Said(SQL_HANDLE_DBC, connection.get()), call);
    begin_reading(connection.get());
    const auto statement = made<Statement>(SQL_HANDLE_STMT, connection.get());
    if (!statement)
        return query_failed(Said(SQL_HANDLE_DBC, connection.get()));
    SQLSetStmtAttr(statement.get(), SQL_ATTR_QUERY_TIMEOUT, number(seconds_left(deadline)), 0);
    SQLSetStmtAttr(statement.get(), SQL_ATTR_NOSCAN, number(SQL_NOSCAN_ON), 0);
    std::u16string text = to_utf16(query.text);
    SQLSMALLINT count = 0;
    if (!SQL_SUCCEEDED(SQLPrepareW(statement.get(), wide(text), SQL_NTS)) || !bind(statement.get(), held))
        return query_failed(Said(SQL_HANDLE_STMT, statement.get()));
    if (const SQLRETURN ran = SQLExecute(statement.get()); !SQL_SUCCEEDED(ran) && ran != SQL_NO_DATA)
        return query_failed(Said(SQL_HANDLE_STMT, statement.get()));
    if (!SQL_SUCCEEDED(SQLNumResultCols(statement.get(), &count)) || count == 0)
        return refusal(400, "the query gives no rows by its nature: it must be a SELECT");
    RowAnswer rows(call.most_rows, answer_limit);
    bool going = add_columns(statement.get(), count, rows);
    while (going) {
        if (std::chrono::steady_clock::now() > deadline)
            return Problem{"transport.unknown", "the database did not answer within the time the request allows"};
        const SQLRETURN got = SQLFetch(statement.get());
        bool failed = got != SQL_NO_DATA && !SQL_SUCCEEDED(got);
        going = got != SQL_NO_DATA && !failed && add_row(statement.get(), count, answer_limit, rows, failed);
        if (failed)
            return query_failed(Said(SQL_HANDLE_STMT, statement.get()));
    }
    return std::move(rows).answer();
}

}  // namespace lienthong::adapters
