// The Pauses port over SQLite.
#include "adapters/pauses/sqlite/sqlite_pauses.hpp"

#include "adapters/sqlite/database.hpp"

namespace lienthong::adapters {
namespace {

using sqlite::Connection;
using sqlite::Database;
using sqlite::Query;

/// A pause is a row that is ended, never deleted; one at a time is in force for a flow. Times are microseconds since 1970.
constexpr sqlite::Schema pauses_schema{"operation", 1, R"sql(
CREATE TABLE flow_pause (
    id         INTEGER PRIMARY KEY,
    flow       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    who        TEXT NOT NULL,
    since      BIGINT NOT NULL,
    resumed_at BIGINT,
    resumed_by TEXT NOT NULL
);
CREATE UNIQUE INDEX flow_pause_in_force ON flow_pause (flow) WHERE resumed_at IS NULL;
)sql"};

#define PAUSE_COLUMNS "SELECT flow, reason, who, since FROM flow_pause WHERE resumed_at IS NULL "
constexpr const char* read_one = PAUSE_COLUMNS "AND flow = $1";
constexpr const char* read_all = PAUSE_COLUMNS "ORDER BY flow";
#undef PAUSE_COLUMNS
constexpr const char* insert_pause = "INSERT INTO flow_pause (flow, reason, who, since, resumed_by) VALUES ($1, $2, $3, $4, '')";
constexpr const char* end_pause = "UPDATE flow_pause SET resumed_at = $1, resumed_by = $2 WHERE flow = $3 AND resumed_at IS NULL";

Pause pause_from(const Query& query)
{
    return {query.text(0), query.text(1), query.text(2), Time{std::chrono::microseconds{query.integer(3)}}};
}

std::optional<Pause> pause_of(Connection& connection, const std::string& flow)
{
    Query query = connection.query(read_one, flow);
    return query.next() ? std::optional(pause_from(query)) : std::nullopt;
}

class SqlitePauses final : public Pauses
{
public:
    explicit SqlitePauses(std::shared_ptr<Database> database) : database_(std::move(database)) {}

    [[nodiscard]] Result<void> pause(const Pause& pause) override
    {
        return database_->write([&](Connection& connection) -> Result<void> {
            if (const auto before = pause_of(connection, pause.flow))
                return Problem{"flow.paused_already", "the flow is paused since " + to_text(before->since) + ": " + before->reason, {}, pause.flow};
            connection.run(insert_pause, pause.flow, pause.reason, pause.who, pause.since.time_since_epoch().count());
            return {};
        });
    }

    [[nodiscard]] Result<void> resume(const std::string& flow, const std::string& who, Time at) override
    {
        return database_->write([&](Connection& connection) -> Result<void> {
            if (!pause_of(connection, flow))
                return Problem{"flow.not_paused", "the flow runs", {}, flow};
            connection.run(end_pause, at.time_since_epoch().count(), who, flow);
            return {};
        });
    }

    [[nodiscard]] Result<std::optional<Pause>> of(const std::string& flow) const override
    {
        return database_->read<std::optional<Pause>>(
            [&](Connection& connection) -> Result<std::optional<Pause>> { return pause_of(connection, flow); });
    }

    [[nodiscard]] Result<std::vector<Pause>> all() const override
    {
        return database_->read<std::vector<Pause>>([](Connection& connection) {
            std::vector<Pause> out;
            Query query = connection.query(read_all);
            while (query.next())
                out.push_back(pause_from(query));
            return out;
        });
    }

private:
    std::shared_ptr<Database> database_;
};

}  // namespace

Result<std::shared_ptr<Pauses>> open_sqlite_pauses(const std::string& path)
{
    auto database = sqlite::Database::open(path, pauses_schema, 0);
    if (!database)
        return database.problem();
    return std::shared_ptr<Pauses>(std::make_shared<SqlitePauses>(std::move(database).value()));
}

}  // namespace lienthong::adapters
