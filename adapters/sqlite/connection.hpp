/// Connection: one Poco session on a SQLite file, with the settings every session of ours has and its prepared statements.
#pragma once

#include "adapters/sqlite/statement.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_map>

namespace lienthong::adapters::sqlite {

/// For one thread at a time. Every call may throw Failure.
class Connection
{
public:
    enum class Purpose { write, read };

    /// Opens the file; a writer creates it, readable and writable by its owner only.
    Connection(const std::string& path, Purpose purpose);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// `sql` is a constant of the program: its address names the prepared statement. Text given must outlive the query, so a
    /// std::string that ends with the call cannot be given.
    template <class... Values>
    [[nodiscard]] Query query(const char* sql, Values&&... values);
    /// Runs a statement that gives no rows, or whose rows do not matter.
    template <class... Values>
    void run(const char* sql, const Values&... values);
    /// The same for a statement that writes; how many rows it changed.
    template <class... Values>
    std::int64_t change(const char* sql, const Values&... values);
    /// Runs one or more statements that are not kept prepared.
    void script(const std::string& sql);
    [[nodiscard]] std::string pragma(const std::string& name);

    [[nodiscard]] bool in_transaction() const;
    void rollback() noexcept;  ///< Does nothing outside a transaction.
    /// Takes back what was written since `SAVEPOINT name`.
    void rollback_to(const char* sql);
    /// How often something written was taken back; whoever remembers what was written compares.
    [[nodiscard]] std::uint64_t rollbacks() const { return rollbacks_; }

private:
    struct Session;

    [[nodiscard]] std::int64_t changed() const;
    [[nodiscard]] const Statement& prepared(const char* sql);

    std::unique_ptr<Session> session_;
    sqlite3* handle_ = nullptr;
    std::unordered_map<const char*, std::unique_ptr<Statement>> statements_;
    std::uint64_t rollbacks_ = 0;
};

template <class... Values>
Query Connection::query(const char* sql, Values&&... values)
{
    static_assert((!std::is_same_v<Values, std::string> && ...), "what is bound is not copied");
    return Query(prepared(sql), values...);
}

template <class... Values>
void Connection::run(const char* sql, const Values&... values)
{
    Query query(prepared(sql), values...);
    while (query.next()) {
    }
}

template <class... Values>
std::int64_t Connection::change(const char* sql, const Values&... values)
{
    run(sql, values...);
    return changed();
}

}  // namespace lienthong::adapters::sqlite
