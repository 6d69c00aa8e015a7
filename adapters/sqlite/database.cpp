// Opening a database, its schema, and its readers.
#include "adapters/sqlite/database.hpp"

#include "adapters/sqlite/failure.hpp"

#include <sys/stat.h>

#include <future>

namespace lienthong::adapters::sqlite {
namespace {

constexpr std::size_t reader_count = 4;
// Checking reads the whole file; larger ones are left to `lienthong reconcile`, so that recovery stays short.
constexpr std::int64_t checked_file_bytes = 256LL * 1024 * 1024;

constexpr const char* find_version_table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'";
constexpr const char* version_table =
    "CREATE TABLE IF NOT EXISTS schema_version (name TEXT PRIMARY KEY, version BIGINT NOT NULL)";
constexpr const char* read_version = "SELECT version FROM schema_version WHERE name = $1";
constexpr const char* write_version =
    "INSERT INTO schema_version (name, version) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET version = excluded.version";

std::optional<std::int64_t> version_of(Connection& connection, const Schema& schema)
{
    {
        Query table = connection.query(find_version_table);
        if (!table.next())
            return std::nullopt;
    }
    Query version = connection.query(read_version, schema.name);
    if (!version.next())
        return std::nullopt;
    return version.integer(0);
}

std::int64_t create(Connection& connection, const Schema& schema)
{
    connection.run("BEGIN IMMEDIATE");
    // Another process may have been first.
    auto found = version_of(connection, schema);
    if (!found) {
        connection.script(version_table);
        connection.script(schema.sql);
        connection.run(write_version, schema.name, schema.version);
    }
    connection.run("COMMIT");
    return found.value_or(schema.version);
}

/// The version the file has then.
std::int64_t upgrade(Connection& connection, const Schema& schema)
{
    connection.run("BEGIN IMMEDIATE");
    std::int64_t version = version_of(connection, schema).value_or(0);
    const std::int64_t before = version;
    for (const Upgrade& step : schema.upgrades)
        if (step.from == version && version < schema.version) {
            connection.script(step.sql);
            ++version;
        }
    if (version == schema.version && version != before)
        connection.run(write_version, schema.name, version);
    connection.run(version == schema.version ? "COMMIT" : "ROLLBACK");
    return version == schema.version ? version : before;
}

std::optional<Problem> prepare(Connection& connection, const Schema& schema, const Standing& standing)
{
    // A file that is ready is not locked, so that a second process can read beside a busy writer.
    auto found = version_of(connection, schema);
    if (!found)
        found = create(connection, schema);
    if (*found < schema.version)
        found = upgrade(connection, schema);
    if (*found == schema.version)
        return std::nullopt;
    Problem problem = standing.problem("version", "the file was made by another version of Lienthong");
    problem.found = std::to_string(*found);
    problem.expected = std::to_string(schema.version);
    return problem;
}

std::int64_t file_bytes(const std::string& path)
{
    struct stat file = {};
    return ::stat(path.c_str(), &file) == 0 ? file.st_size : 0;
}

/// A write that somebody waits for.
class Awaited final : public Write
{
public:
    Awaited(std::function<Result<void>(Connection&)> body, bool alone) : body_(std::move(body)), alone_(alone) {}

    [[nodiscard]] std::future<Result<void>> outcome() { return outcome_.get_future(); }
    Result<void> run(Connection& connection) override { return body_(connection); }
    void committed() override { outcome_.set_value({}); }
    void failed(const Problem& problem) override { outcome_.set_value(problem); }
    [[nodiscard]] bool alone() const override { return alone_; }

private:
    std::function<Result<void>(Connection&)> body_;
    bool alone_;
    std::promise<Result<void>> outcome_;
};

}  // namespace

/// One reader, lent to one thread.
class Database::Lease
{
public:
    explicit Lease(const Database& database) : database_(database)
    {
        std::unique_lock lock(database_.mutex_);
        database_.returned_.wait(lock, [this] { return !database_.idle_.empty() || database_.opened_ < reader_count; });
        if (!database_.idle_.empty()) {
            connection_ = std::move(database_.idle_.back());
            database_.idle_.pop_back();
            return;
        }
        connection_ = std::make_unique<Connection>(database_.path_, Connection::Purpose::read);
        ++database_.opened_;
    }
    ~Lease()
    {
        connection_->rollback();
        {
            const std::lock_guard lock(database_.mutex_);
            database_.idle_.push_back(std::move(connection_));
        }
        database_.returned_.notify_one();
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    [[nodiscard]] Connection& connection() { return *connection_; }

private:
    const Database& database_;
    std::unique_ptr<Connection> connection_;
};

Result<std::shared_ptr<Database>> Database::open(const std::string& path, const Schema& schema, std::size_t max_bytes)
{
    auto standing = std::make_shared<Standing>(schema.name, path);
    try {
        auto writer = std::make_unique<Connection>(path, Connection::Purpose::write);
        if (file_bytes(path) <= checked_file_bytes)
            if (const std::string found = writer->pragma("quick_check(1)"); found != "ok")
                return standing->problem("damaged", found);
        if (auto problem = prepare(*writer, schema, *standing))
            return std::move(*problem);
        if (max_bytes > 0)
            (void)writer->pragma("max_page_count=" + std::to_string(max_bytes / std::stoull(writer->pragma("page_size"))));
        return std::make_shared<Database>(std::move(writer), path, standing);
    } catch (const Failure& failure) {
        return standing->problem(failure.damaged() ? "damaged" : "open", failure.what());
    }
}

Database::Database(std::unique_ptr<Connection> writer, std::string path, std::shared_ptr<Standing> standing)
    : path_(std::move(path)), standing_(std::move(standing)), writer_(std::move(writer), path_, standing_)
{
}

Result<void> Database::write(std::function<Result<void>(Connection&)> body, bool alone)
{
    auto write = std::make_unique<Awaited>(std::move(body), alone);
    auto outcome = write->outcome();
    submit(std::move(write));
    return outcome.get();
}

std::optional<Problem> Database::read_with(const std::function<void(Connection&)>& body) const
{
    if (auto broken = standing_->broken())
        return broken;
    try {
        Lease lease(*this);
        lease.connection().run("BEGIN");
        body(lease.connection());
        lease.connection().run("COMMIT");
        return std::nullopt;
    } catch (const Failure& failure) {
        return standing_->judge(failure);
    } catch (const std::exception& error) {
        return standing_->problem("damaged", error.what());
    }
}

}  // namespace lienthong::adapters::sqlite
