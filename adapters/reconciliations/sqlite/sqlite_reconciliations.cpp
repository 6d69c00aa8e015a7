// The Reconciliations port over SQLite.
#include "adapters/reconciliations/sqlite/sqlite_reconciliations.hpp"

#include "adapters/sqlite/database.hpp"

namespace lienthong::adapters {
namespace {

using sqlite::Connection;
using sqlite::Database;
using sqlite::Query;

/// Rows are only ever added. Times are microseconds since 1970.
constexpr sqlite::Schema reconciliations_schema{"reconciliation", 1, R"sql(
CREATE TABLE run (
    id       INTEGER PRIMARY KEY,
    flow     TEXT NOT NULL,
    since    TEXT NOT NULL,
    at       BIGINT NOT NULL,
    who      TEXT NOT NULL,
    compared BIGINT NOT NULL,
    agreed   BIGINT NOT NULL,
    problem  TEXT NOT NULL
);
CREATE INDEX run_flow ON run (flow, id);
CREATE TABLE difference (
    run     BIGINT NOT NULL REFERENCES run (id),
    place   BIGINT NOT NULL,
    kind    TEXT NOT NULL,
    item    TEXT NOT NULL,
    fact    TEXT NOT NULL,
    there   TEXT NOT NULL,
    here    TEXT NOT NULL,
    digest  TEXT NOT NULL,
    message BIGINT NOT NULL,
    PRIMARY KEY (run, place)
);
CREATE TABLE act (
    id      INTEGER PRIMARY KEY,
    flow    TEXT NOT NULL,
    action  TEXT NOT NULL,
    kind    TEXT NOT NULL,
    item    TEXT NOT NULL,
    fact    TEXT NOT NULL,
    there   TEXT NOT NULL,
    here    TEXT NOT NULL,
    digest  TEXT NOT NULL,
    message BIGINT NOT NULL,
    reason  TEXT NOT NULL,
    who     TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX act_flow ON act (flow, id);
CREATE INDEX act_accepted ON act (flow, item, fact, kind, id) WHERE action = 'accept';
)sql"};

constexpr const char* insert_run =
    "INSERT INTO run (flow, since, at, who, compared, agreed, problem) VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr const char* last_run = "SELECT max(id) FROM run";
constexpr const char* insert_difference =
    "INSERT INTO difference (run, place, kind, item, fact, there, here, digest, message) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
#define RUN_COLUMNS "SELECT id, flow, since, at, who, compared, agreed, problem FROM run "
constexpr const char* read_newest = RUN_COLUMNS "WHERE flow = $1 ORDER BY id DESC LIMIT 1";
constexpr const char* read_newest_compared = RUN_COLUMNS "WHERE flow = $1 AND problem = '' ORDER BY id DESC LIMIT 1";
#undef RUN_COLUMNS
constexpr const char* read_differences =
    "SELECT kind, item, fact, there, here, digest, message FROM difference WHERE run = $1 ORDER BY place";
constexpr const char* read_flows = "SELECT DISTINCT flow FROM run ORDER BY flow";
constexpr const char* insert_act =
    "INSERT INTO act (flow, action, kind, item, fact, there, here, digest, message, reason, who, outcome, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
#define ACT_COLUMNS "SELECT kind, item, fact, there, here, digest, message, id, flow, action, reason, who, outcome, at FROM act "
constexpr const char* read_acts = ACT_COLUMNS "WHERE flow = $1 ORDER BY id DESC LIMIT $2";
constexpr const char* read_acceptances =
    ACT_COLUMNS "WHERE id IN (SELECT max(id) FROM act WHERE flow = $1 AND action = 'accept' GROUP BY item, fact, kind) ORDER BY id";
#undef ACT_COLUMNS

Time time_of(std::int64_t micros)
{
    return Time{std::chrono::microseconds{micros}};
}

Difference difference_from(const Query& query)
{
    return {query.text(0), query.text(1), query.text(2), query.text(3), query.text(4), query.text(5), query.integer(6)};
}

ReconciliationAct act_from(const Query& query)
{
    return {query.integer(7), query.text(8),  query.text(9),  difference_from(query),
            query.text(10),   query.text(11), query.text(12), time_of(query.integer(13))};
}

std::optional<ReconciliationRun> run_by(Connection& connection, const char* sql, const std::string& flow)
{
    Query query = connection.query(sql, flow);
    if (!query.next())
        return std::nullopt;
    return ReconciliationRun{query.integer(0), query.text(1),    query.text(2), time_of(query.integer(3)), query.text(4),
                             query.integer(5), query.integer(6), query.text(7), {}};
}

class SqliteReconciliations final : public Reconciliations
{
public:
    explicit SqliteReconciliations(std::shared_ptr<Database> database) : database_(std::move(database)) {}

    [[nodiscard]] Result<std::int64_t> keep(const ReconciliationRun& run) override
    {
        std::int64_t id = 0;
        const auto kept = database_->write([&](Connection& connection) -> Result<void> {
            connection.run(insert_run, run.flow, run.since, run.at.time_since_epoch().count(), run.who, run.compared, run.agreed,
                           run.problem);
            {
                Query last = connection.query(last_run);
                last.next();
                id = last.integer(0);
            }
            std::int64_t place = 0;
            for (const Difference& one : run.differences)
                connection.run(insert_difference, id, place++, one.kind, one.id, one.fact, one.there, one.here, one.digest,
                               one.message);
            return {};
        });
        if (!kept.ok())
            return kept.problem();
        return id;
    }

    [[nodiscard]] Result<std::optional<ReconciliationRun>> newest(const std::string& flow) const override
    {
        return database_->read<std::optional<ReconciliationRun>>(
            [&](Connection& connection) -> Result<std::optional<ReconciliationRun>> {
                const auto newest = run_by(connection, read_newest, flow);
                if (!newest)
                    return std::optional<ReconciliationRun>();
                ReconciliationRun run = *newest;
                if (!newest->problem.empty()) {
                    run = run_by(connection, read_newest_compared, flow).value_or(run);
                    run.problem = newest->problem;
                    run.failed_at = newest->at;
                }
                Query query = connection.query(read_differences, run.id);
                while (query.next())
                    run.differences.push_back(difference_from(query));
                return std::optional(std::move(run));
            });
    }

    [[nodiscard]] Result<std::vector<std::string>> flows() const override
    {
        return database_->read<std::vector<std::string>>([](Connection& connection) {
            std::vector<std::string> out;
            Query query = connection.query(read_flows);
            while (query.next())
                out.push_back(query.text(0));
            return out;
        });
    }

    [[nodiscard]] Result<void> keep(const std::vector<ReconciliationAct>& acts) override
    {
        return database_->write([&](Connection& connection) -> Result<void> {
            for (const ReconciliationAct& act : acts)
                connection.run(insert_act, act.flow, act.action, act.over.kind, act.over.id, act.over.fact, act.over.there,
                               act.over.here, act.over.digest, act.over.message, act.reason, act.who, act.outcome,
                               act.at.time_since_epoch().count());
            return {};
        });
    }

    [[nodiscard]] Result<std::vector<ReconciliationAct>> acts(const std::string& flow, std::size_t limit) const override
    {
        return database_->read<std::vector<ReconciliationAct>>(
            [&](Connection& connection) { return all_of(connection.query(read_acts, flow, limit)); });
    }

    [[nodiscard]] Result<std::vector<ReconciliationAct>> acceptances(const std::string& flow) const override
    {
        return database_->read<std::vector<ReconciliationAct>>(
            [&](Connection& connection) { return all_of(connection.query(read_acceptances, flow)); });
    }

private:
    static std::vector<ReconciliationAct> all_of(Query query)
    {
        std::vector<ReconciliationAct> out;
        while (query.next())
            out.push_back(act_from(query));
        return out;
    }

    std::shared_ptr<Database> database_;
};

}  // namespace

Result<std::shared_ptr<Reconciliations>> open_sqlite_reconciliations(const std::string& path)
{
    auto database = sqlite::Database::open(path, reconciliations_schema, 0);
    if (!database)
        return database.problem();
    return std::shared_ptr<Reconciliations>(std::make_shared<SqliteReconciliations>(std::move(database).value()));
}

}  // namespace lienthong::adapters
