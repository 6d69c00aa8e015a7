// The WatchBook port over SQLite.
#include "adapters/watch/sqlite/sqlite_watch_book.hpp"

#include "adapters/sqlite/database.hpp"

#include <charconv>

namespace lienthong::adapters {
namespace {

using sqlite::Connection;
using sqlite::Database;
using sqlite::Query;

/// Times are microseconds since 1970; watched_flow.arrivals has them joined by blanks. An alarm is a row that is ended, never
/// deleted; alarm.mailed says of how much somebody was mailed: 0 nothing, 1 that it was raised, 2 that it is over.
constexpr sqlite::Schema watch_schema{"watch", 1, R"sql(
CREATE TABLE watch_reach (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    submission BIGINT NOT NULL
);
INSERT INTO watch_reach (id, submission) VALUES (1, 0);
CREATE TABLE watched_flow (
    flow     TEXT PRIMARY KEY,
    since    BIGINT NOT NULL,
    arrivals TEXT NOT NULL,
    last     BIGINT
);
CREATE TABLE alarm (
    id        INTEGER PRIMARY KEY,
    flow      TEXT NOT NULL,
    about     TEXT NOT NULL,
    code      TEXT NOT NULL,
    detail    TEXT NOT NULL,
    found     TEXT NOT NULL,
    expected  TEXT NOT NULL,
    rule      TEXT NOT NULL,
    since     BIGINT NOT NULL,
    due       BIGINT NOT NULL,
    usual     BIGINT NOT NULL,
    raised_at BIGINT NOT NULL,
    ended_at  BIGINT,
    ended_by  TEXT NOT NULL,
    mailed    INTEGER NOT NULL
);
CREATE UNIQUE INDEX alarm_open ON alarm (flow, code, about) WHERE ended_at IS NULL;
CREATE INDEX alarm_unmailed ON alarm (id) WHERE mailed < 2;
)sql"};

constexpr const char* read_reach = "SELECT submission FROM watch_reach WHERE id = 1";
constexpr const char* write_reach = "UPDATE watch_reach SET submission = $1 WHERE id = 1";
constexpr const char* read_flows = "SELECT flow, since, arrivals, last FROM watched_flow ORDER BY flow";
constexpr const char* write_flow = "INSERT OR REPLACE INTO watched_flow (flow, since, arrivals, last) VALUES ($1, $2, $3, $4)";
#define ALARM_COLUMNS \
    "SELECT id, flow, about, code, detail, found, expected, rule, since, due, usual, raised_at, ended_at, ended_by FROM alarm "
constexpr const char* read_open = ALARM_COLUMNS "WHERE ended_at IS NULL ORDER BY id";
constexpr const char* read_unmailed =
    ALARM_COLUMNS "WHERE mailed < 2 AND ((mailed = 0 AND ended_at IS NULL) OR (mailed = 1 AND ended_at IS NOT NULL)) ORDER BY id";
#undef ALARM_COLUMNS
constexpr const char* insert_alarm =
    "INSERT INTO alarm (flow, about, code, detail, found, expected, rule, since, due, usual, raised_at, ended_at, ended_by, mailed)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)";
constexpr const char* newest_alarm = "SELECT max(id) FROM alarm";
// What ends without anybody having been mailed of it is not mailed of any more.
constexpr const char* write_alarm =
    "UPDATE alarm SET detail = $1, found = $2, expected = $3, rule = $4, since = $5, due = $6, usual = $7, ended_at = $8,"
    " ended_by = $9, mailed = CASE WHEN $10 = 1 AND mailed = 0 THEN 2 ELSE mailed END WHERE id = $11";
constexpr const char* write_mailed = "UPDATE alarm SET mailed = $1 WHERE id = $2";

std::int64_t micros(Time time)
{
    return time.time_since_epoch().count();
}

Time time_of(std::int64_t micros)
{
    return Time{std::chrono::microseconds{micros}};
}

std::optional<std::int64_t> micros(const std::optional<Time>& time)
{
    return time ? std::optional(micros(*time)) : std::nullopt;
}

std::string text_of(const std::vector<Time>& times)
{
    std::string out;
    for (const Time time : times)
        out += (out.empty() ? "" : " ") + std::to_string(micros(time));
    return out;
}

std::vector<Time> times_from(std::string_view text)
{
    std::vector<Time> out;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        std::int64_t one = 0;
        const auto [next, error] = std::from_chars(at, end, one);
        if (error != std::errc{})
            break;
        out.push_back(time_of(one));
        at = next + 1;
    }
    return out;
}

std::vector<Alarm> alarms_of(Query query)
{
    std::vector<Alarm> out;
    while (query.next()) {
        Alarm& one = out.emplace_back();
        one.id = query.integer(0);
        one.flow = query.text(1);
        one.about = query.text(2);
        one.problem = {query.text(3), query.text(4), one.flow, query.text(5), query.text(6), query.text(7)};
        one.since = time_of(query.integer(8));
        one.expected = time_of(query.integer(9));
        one.usual = std::chrono::seconds(query.integer(10));
        one.raised_at = time_of(query.integer(11));
        if (const auto ended = query.optional_integer(12))
            one.ended_at = time_of(*ended);
        one.ended_by = query.text(13);
    }
    return out;
}

class SqliteWatchBook final : public WatchBook
{
public:
    explicit SqliteWatchBook(std::shared_ptr<Database> database) : database_(std::move(database)) {}

    [[nodiscard]] Result<Watched> watched() const override
    {
        return database_->read<Watched>([](Connection& connection) {
            Watched out;
            Query reach = connection.query(read_reach);
            if (reach.next())
                out.reach = reach.integer(0);
            Query flows = connection.query(read_flows);
            while (flows.next()) {
                WatchedFlow& one = out.flows.emplace_back();
                one.flow = flows.text(0);
                one.watched_since = time_of(flows.integer(1));
                one.arrivals = times_from(flows.view(2));
                if (const auto last = flows.optional_integer(3))
                    one.last = time_of(*last);
            }
            return out;
        });
    }

    [[nodiscard]] Result<void> keep(const Watched& changed) override
    {
        return database_->write([&](Connection& connection) -> Result<void> {
            connection.run(write_reach, changed.reach);
            for (const WatchedFlow& one : changed.flows) {
                const std::string arrivals = text_of(one.arrivals);
                connection.run(write_flow, one.flow, micros(one.watched_since), arrivals, micros(one.last));
            }
            return {};
        });
    }

    [[nodiscard]] Result<std::vector<Alarm>> open_alarms() const override { return read(read_open); }

    [[nodiscard]] Result<std::int64_t> raise(const Alarm& alarm) override
    {
        std::int64_t id = 0;
        const auto written = database_->write([&](Connection& connection) -> Result<void> {
            const Problem& p = alarm.problem;
            connection.run(insert_alarm, alarm.flow, alarm.about, p.code, p.detail, p.found, p.expected, p.rule, micros(alarm.since),
                           micros(alarm.expected), alarm.usual.count(), micros(alarm.raised_at), micros(alarm.ended_at), alarm.ended_by);
            Query newest = connection.query(newest_alarm);
            if (newest.next())
                id = newest.integer(0);
            return {};
        });
        if (!written.ok())
            return written.problem();
        return id;
    }

    [[nodiscard]] Result<void> change(const Alarm& alarm) override
    {
        return database_->write([&](Connection& connection) -> Result<void> {
            const Problem& p = alarm.problem;
            connection.run(write_alarm, p.detail, p.found, p.expected, p.rule, micros(alarm.since), micros(alarm.expected),
                           alarm.usual.count(), micros(alarm.ended_at), alarm.ended_by, alarm.ended_at.has_value(), alarm.id);
            return {};
        });
    }

    [[nodiscard]] Result<std::vector<Alarm>> unmailed() const override { return read(read_unmailed); }

    [[nodiscard]] Result<void> mailed(const std::vector<Alarm>& alarms) override
    {
        return database_->write([&](Connection& connection) -> Result<void> {
            for (const Alarm& alarm : alarms)
                connection.run(write_mailed, alarm.ended_at ? 2 : 1, alarm.id);
            return {};
        });
    }

private:
    [[nodiscard]] Result<std::vector<Alarm>> read(const char* sql) const
    {
        return database_->read<std::vector<Alarm>>([sql](Connection& connection) { return alarms_of(connection.query(sql)); });
    }

    std::shared_ptr<Database> database_;
};

}  // namespace

Result<std::shared_ptr<WatchBook>> open_sqlite_watch_book(const std::string& path)
{
    auto database = sqlite::Database::open(path, watch_schema, 0);
    if (!database)
        return database.problem();
    return std::shared_ptr<WatchBook>(std::make_shared<SqliteWatchBook>(std::move(database).value()));
}

}  // namespace lienthong::adapters
