/// Database: a SQLite file with one writer thread and a few readers, as the journal and the store both use it.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/standing.hpp"
#include "adapters/sqlite/writer.hpp"
#include "hub/model/result.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace lienthong::adapters::sqlite {

/// Makes a file of version `from` one of the next.
struct Upgrade
{
    std::int64_t from;
    const char* sql;
};

struct Schema
{
    const char* name;      ///< "journal", "store": also the first part of its problem codes.
    std::int64_t version;  ///< Recorded in the file; a file of another version that no upgrades lead from is refused.
    const char* sql;       ///< Creates everything in an empty file.
    std::span<const Upgrade> upgrades{};  ///< By ascending `from`.
};

/// Thread-safe.
class Database
{
public:
    /// Creates the file and its schema, or opens what is there, upgrades it and looks for damage. An upgrade happens whole or not
    /// at all. `max_bytes` 0: no limit of our own.
    /// Fails with <name>.open, <name>.version, <name>.damaged.
    [[nodiscard]] static Result<std::shared_ptr<Database>> open(const std::string& path, const Schema& schema,
                                                                std::size_t max_bytes);
    Database(std::unique_ptr<Connection> writer, std::string path, std::shared_ptr<Standing> standing);

    void submit(std::unique_ptr<Write> write) { writer_.submit(std::move(write)); }
    /// Waits until the write is durable or refused. Not from a thread of the writer.
    [[nodiscard]] Result<void> write(std::function<Result<void>(Connection&)> body, bool alone = false);

    /// Runs `body` over one committed state of the database. `body` may throw Failure.
    template <class Value>
    [[nodiscard]] Result<Value> read(const std::function<Result<Value>(Connection&)>& body) const;

    [[nodiscard]] const Standing& standing() const { return *standing_; }
    [[nodiscard]] std::shared_ptr<const Standing> shared_standing() const { return standing_; }

private:
    class Lease;

    /// The problem that kept `body` from running to its end, if any.
    [[nodiscard]] std::optional<Problem> read_with(const std::function<void(Connection&)>& body) const;

    const std::string path_;
    const std::shared_ptr<Standing> standing_;
    mutable std::mutex mutex_;
    mutable std::condition_variable returned_;
    mutable std::vector<std::unique_ptr<Connection>> idle_;
    mutable std::size_t opened_ = 0;
    Writer writer_;
};

template <class Value>
Result<Value> Database::read(const std::function<Result<Value>(Connection&)>& body) const
{
    std::optional<Result<Value>> value;
    if (const auto problem = read_with([&](Connection& connection) { value = body(connection); }))
        return *problem;
    return std::move(*value);
}

}  // namespace lienthong::adapters::sqlite
