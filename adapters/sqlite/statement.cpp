// Prepared statements over SQLite's own interface.
#include "adapters/sqlite/statement.hpp"

#include "adapters/sqlite/failure.hpp"

#include <sqlite3.h>

namespace lienthong::adapters::sqlite {
namespace {

[[noreturn]] void raise(sqlite3* database, const char* sql)
{
    throw Failure(sqlite3_extended_errcode(database), std::string(sqlite3_errmsg(database)) + " in: " + (sql ? sql : ""));
}

void check(int code, sqlite3_stmt* statement)
{
    if (code != SQLITE_OK)
        raise(sqlite3_db_handle(statement), sqlite3_sql(statement));
}

}  // namespace

bool Failure::full() const
{
    return (code_ & 0xff) == SQLITE_FULL;
}

bool Failure::busy() const
{
    return (code_ & 0xff) == SQLITE_BUSY || (code_ & 0xff) == SQLITE_LOCKED;
}

bool Failure::statement() const
{
    const int primary = code_ & 0xff;
    return primary == SQLITE_CONSTRAINT || primary == SQLITE_TOOBIG || primary == SQLITE_MISMATCH;
}

bool Failure::damaged() const
{
    return (code_ & 0xff) == SQLITE_CORRUPT || (code_ & 0xff) == SQLITE_NOTADB;
}

Statement::Statement(sqlite3* database, const char* sql) : handle_(nullptr)
{
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle_, nullptr) != SQLITE_OK)
        raise(database, sql);
}

Statement::~Statement()
{
    sqlite3_finalize(handle_);
}

Query::Query(sqlite3_stmt* handle) : handle_(handle)
{
    if (sqlite3_stmt_busy(handle_))
        throw std::logic_error(std::string("statement is already running: ") + sqlite3_sql(handle_));
}

Query::~Query()
{
    sqlite3_reset(handle_);
}

void Query::bind(int at, std::int64_t value)
{
    check(sqlite3_bind_int64(handle_, at, value), handle_);
}

void Query::bind(int at, std::string_view text)
{
    // An empty view may have no address, and SQLite would store NULL for it.
    check(sqlite3_bind_text64(handle_, at, text.data() ? text.data() : "", text.size(), SQLITE_STATIC, SQLITE_UTF8), handle_);
}

void Query::bind(int at, Blob blob)
{
    check(sqlite3_bind_blob64(handle_, at, blob.bytes.data() ? blob.bytes.data() : "", blob.bytes.size(), SQLITE_STATIC),
          handle_);
}

void Query::bind(int at, std::optional<std::int64_t> value)
{
    check(value ? sqlite3_bind_int64(handle_, at, *value) : sqlite3_bind_null(handle_, at), handle_);
}

bool Query::next()
{
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        raise(sqlite3_db_handle(handle_), sqlite3_sql(handle_));
    return false;
}

std::int64_t Query::integer(int column) const
{
    return sqlite3_column_int64(handle_, column);
}

std::optional<std::int64_t> Query::optional_integer(int column) const
{
    if (sqlite3_column_type(handle_, column) == SQLITE_NULL)
        return std::nullopt;
    return sqlite3_column_int64(handle_, column);
}

std::string_view Query::view(int column) const
{
    const void* bytes = sqlite3_column_blob(handle_, column);
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

}  // namespace lienthong::adapters::sqlite
