/// Statement: one prepared SQL text and one run of it (Query).
///
/// Poco's own statements cost several times as much per row as the native handle under the same session
/// (50 µs against 7 µs for a look-up and two inserts), so the sessions are Poco's and the statements are not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

struct sqlite3;
struct sqlite3_stmt;

namespace lienthong::adapters::sqlite {

/// Marks bytes that are not text.
struct Blob
{
    std::string_view bytes;
};

class Statement
{
public:
    Statement(sqlite3* database, const char* sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    [[nodiscard]] sqlite3_stmt* handle() const noexcept { return handle_; }

private:
    sqlite3_stmt* handle_;
};

/// A value as SQLite stores it: enumerators and integers as 64 bits, strings as text, Blob and optionals as they are.
template <class Value>
auto storable(const Value& value)
{
    if constexpr (std::is_enum_v<Value> || std::is_integral_v<Value>)
        return static_cast<std::int64_t>(value);
    else if constexpr (std::is_convertible_v<const Value&, std::string_view>)
        return std::string_view(value);
    else
        return value;
}

/// One run of a prepared statement; gives the statement back when it goes out of scope. Parameters are $1, $2 …
/// in the order of their first appearance in the text. Bound text must live until the last next().
class Query
{
public:
    template <class... Values>
    explicit Query(const Statement& statement, const Values&... values) : Query(statement.handle())
    {
        int at = 0;
        (bind(++at, storable(values)), ...);
    }
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    void bind(int at, std::int64_t value);
    void bind(int at, std::string_view text);
    void bind(int at, Blob blob);
    void bind(int at, std::optional<std::int64_t> value);

    /// Steps to the next row; false after the last. Throws Failure.
    bool next();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
    /// Text or blob alike; valid until the next step.
    [[nodiscard]] std::string_view view(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }

private:
    explicit Query(sqlite3_stmt* handle);

    sqlite3_stmt* handle_;
};

}  // namespace lienthong::adapters::sqlite
