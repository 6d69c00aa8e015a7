// The Outbox port over the store's database: what is still to be told to whom, and what became of every attempt.
#include "adapters/stores/sqlite/attempts.hpp"
#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/faces.hpp"
#include "adapters/stores/sqlite/fact_history.hpp"

#include <algorithm>
#include <set>

namespace lienthong::adapters::store {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Database;
using sqlite::Query;

// How far enqueue has looked for a flow, so that the next call starts there; looking starts over when the flow it
// leaves out becomes another one.
constexpr const char* read_reach = "SELECT below FROM outbox_reach WHERE flow = $1 AND except_flow = $2";
constexpr const char* write_reach =
    "INSERT INTO outbox_reach (flow, except_flow, below) VALUES ($1, $2, $3)"
    " ON CONFLICT (flow) DO UPDATE SET except_flow = excluded.except_flow, below = excluded.below";
constexpr const char* find_sealed =
    "SELECT b.id FROM submission b WHERE b.id > $1 AND b.id <= $2 AND b.flow <> $3 AND EXISTS (SELECT 1 FROM revision r"
    " WHERE r.id >= b.first_revision AND r.id < b.below_revision AND r.served = 1)"
    " UNION SELECT leaf FROM served_again WHERE leaf > $1 AND leaf <= $2 ORDER BY 1";
constexpr const char* find_sealed_facts =
    "SELECT DISTINCT r.submission FROM fact_revision r JOIN fact f ON f.id = r.fact JOIN submission b ON b.id = r.submission"
    " WHERE r.id >= $1 AND r.id < $2 AND f.kind = $3 AND b.flow <> $4 ORDER BY 1";
constexpr const char* find_told_facts =
    "SELECT r.id FROM fact_revision r JOIN fact f ON f.id = r.fact WHERE r.id >= $1 AND r.id < $2 AND f.kind = $3 ORDER BY r.id";
constexpr const char* find_any = "SELECT 1 FROM outbox WHERE flow = $1 AND leaf = $2 LIMIT 1";
constexpr const char* insert_item =
    "INSERT INTO outbox (flow, leaf, state, attempts, not_before, receipt, problem, facts_from, facts_below)"
    " VALUES ($1, $2, 0, 0, $3, $4, '', $5, $6)";
constexpr const char* find_finished =
    "SELECT coalesce((SELECT min(leaf) - 1 FROM outbox WHERE flow = $1 AND state <= 2),"
    " (SELECT below FROM outbox_reach WHERE flow = $2), 0)";
#define ITEM_COLUMNS \
    "id, flow, leaf, state, attempts, not_before, receipt, problem, begun_at, facts_from, facts_below," \
    " coalesce((SELECT f.key FROM fact_revision r JOIN fact f ON f.id = r.fact WHERE r.id = facts_from), '')"
constexpr const char* find_item = "SELECT " ITEM_COLUMNS " FROM outbox WHERE id = $1";
constexpr const char* find_open = "SELECT " ITEM_COLUMNS " FROM outbox WHERE flow = $1 AND state <= 2 ORDER BY id LIMIT $2";
constexpr const char* find_newest = "SELECT " ITEM_COLUMNS " FROM outbox WHERE flow = $1 OR $1 = '' ORDER BY id DESC LIMIT $2";
/// Behind an item, what the partner may have been told.
constexpr const char* find_told_later =
    "SELECT " ITEM_COLUMNS " FROM outbox WHERE flow = $1 AND id > $2 AND (state IN (1, 2, 3, 5)) ORDER BY id DESC LIMIT $3";
#undef ITEM_COLUMNS
#define SERIES_OF_REVISION "s.indicator, s.measure, s.period, s.area, s.breakdown, s.agency FROM revision r JOIN series s ON s.id = r.series"
constexpr const char* find_served_under =
    "SELECT " SERIES_OF_REVISION " JOIN submission b ON r.id >= b.first_revision AND r.id < b.below_revision"
    " WHERE b.id = $1 AND r.served = 1"
    " UNION SELECT " SERIES_OF_REVISION " JOIN served_again a ON a.revision = r.id WHERE a.leaf = $1";
#undef SERIES_OF_REVISION
constexpr const char* decide_item = "UPDATE outbox SET state = $1, problem = $2, not_before = $3 WHERE id = $4";
constexpr AttemptStatements attempts = {
    "SELECT state FROM outbox WHERE id = $1",
    "UPDATE outbox SET state = $1, attempts = attempts + 1, begun_at = $2 WHERE id = $3",
    "UPDATE outbox SET state = $1, receipt = $2, problem = $3, not_before = $4 WHERE id = $5",
    "SELECT state, count(*) FROM outbox WHERE flow = $1 GROUP BY state",
    "SELECT min(not_before) FROM outbox WHERE flow = $1 AND state <= 2 AND not_before > $2"};

Problem unknown_item(const sqlite::Standing& standing, std::int64_t id)
{
    Problem problem = standing.problem("outbox_unknown", "no such outbox item");
    problem.found = std::to_string(id);
    return problem;
}

/// How many unfinished items are looked through for one that overtakes none; what lies behind them waits its turn.
constexpr std::size_t most_looked_through = 1000;

OutboxItem item_from(const Query& query)
{
    OutboxItem item{query.integer(0), query.text(1), query.integer(2), static_cast<DeliveryState>(query.integer(3)),
                    static_cast<std::uint32_t>(query.integer(4)), time_of(query.integer(5)), query.text(6), query.text(7)};
    if (const auto begun = query.optional_integer(8))
        item.begun_at = time_of(*begun);
    item.facts_from = query.integer(9);
    item.facts_below = query.integer(10);
    item.about = query.text(11);
    return item;
}

std::vector<SeriesKey> served_under(Connection& connection, LeafId leaf)
{
    std::vector<SeriesKey> out;
    Query query = connection.query(find_served_under, leaf);
    while (query.next())
        out.push_back({query.text(0), query.text(1), query.text(2), query.text(3), query.text(4), query.text(5)});
    return out;
}

/// What of an item no other may overtake. Of facts nothing: only their newest versions are told.
std::set<std::string> subjects_of(Connection& connection, const OutboxItem& item, KeptInOrder order)
{
    std::set<std::string> out;
    if (item.facts_from != 0)
        return out;
    for (const SeriesKey& key : served_under(connection, item.leaf)) {
        std::string subject;
        if (order == KeptInOrder::reports) {
            append_text(subject, key.period);
            append_text(subject, key.agency);
        } else {
            for (const std::string& part : {key.indicator, key.measure, key.period, key.area, key.breakdown})
                append_text(subject, part);
        }
        out.insert(std::move(subject));
    }
    return out;
}

bool have_in_common(const std::set<std::string>& some, const std::set<std::string>& others)
{
    return std::any_of(some.begin(), some.end(), [&](const std::string& one) { return others.count(one) != 0; });
}

/// What a flow tells and leaves out, as one text: looking starts over when it becomes another.
std::string scope_text(const std::string& except, const std::vector<std::string>& only, const std::string& facts)
{
    return except + (only.empty() ? "" : '\n' + encoded(only)) + (facts.empty() ? "" : "\n\n" + facts);
}

class SqliteOutbox final : public Outbox
{
public:
    /// `facts` is the kind of facts whose telling is a reason; empty for figures.
    SqliteOutbox(std::shared_ptr<Database> database, std::string facts)
        : database_(std::move(database)), facts_(std::move(facts)), attempts_(database_, attempts, [standing = database_->shared_standing()](std::int64_t id) {
              return unknown_item(*standing, id);
          })
    {
    }

    [[nodiscard]] Result<std::size_t> enqueue(const std::string& flow, const std::string& except, std::uint64_t sealed, Time now,
                                              const std::vector<std::string>& only, std::size_t most_facts) override
    {
        const std::string scope = scope_text(except, only, facts_);
        const auto reached = database_->read<std::uint64_t>(
            [&](Connection& connection) -> Result<std::uint64_t> { return reach(connection, flow, scope); });
        if (!reached)
            return reached.problem();
        if (*reached >= sealed)
            return std::size_t{0};
        std::size_t added = 0;
        const auto add = [&](Connection& connection) -> Result<void> {
            added = 0;
            for (const LeafId leaf : leaves_behind(connection, reach(connection, flow, scope), sealed, except)) {
                if (!only.empty() && !serves_one_of(connection, leaf, only))
                    continue;
                if (has_any(connection, flow, leaf))
                    continue;
                for (const auto& [from, below] : parts_of(connection, leaf, most_facts)) {
                    connection.run(insert_item, flow, leaf, micros(now), Blob{}, from, below);
                    ++added;
                }
            }
            connection.run(write_reach, flow, scope, sealed);
            return {};
        };
        if (auto done = database_->write(add); !done)
            return done.problem();
        return added;
    }

    [[nodiscard]] Result<LeafId> finished_through(const std::string& flow) const override
    {
        return database_->read<LeafId>([&](Connection& connection) -> Result<LeafId> {
            Query query = connection.query(find_finished, flow, flow);
            query.next();
            return query.integer(0);
        });
    }

    [[nodiscard]] Result<std::optional<OutboxItem>> next(const std::string& flow, Time now, KeptInOrder order) const override
    {
        return database_->read<std::optional<OutboxItem>>([&](Connection& connection) -> Result<std::optional<OutboxItem>> {
            // The oldest overtakes nobody, and nearly always it is the one.
            std::vector<OutboxItem> open = found(connection, flow, 1);
            if (open.empty() || open.front().not_before <= now)
                return open.empty() ? std::optional<OutboxItem>() : std::optional(std::move(open.front()));
            std::set<std::string> held;
            for (OutboxItem& item : found(connection, flow, most_looked_through)) {
                std::set<std::string> subjects = subjects_of(connection, item, order);
                if (item.not_before <= now && !have_in_common(subjects, held))
                    return std::optional(std::move(item));
                held.merge(subjects);
            }
            return std::optional<OutboxItem>();
        });
    }

    [[nodiscard]] Result<void> decide(std::int64_t id, DeliveryState state, const std::string& why, Time now,
                                      KeptInOrder order) override
    {
        return database_->write([&](Connection& connection) -> Result<void> {
            const auto item = found_one(connection, id);
            if (!item)
                return unknown_item(*database_->shared_standing(), id);
            if (item->state != DeliveryState::failed && item->state != DeliveryState::ask_person) {
                Problem problem = database_->standing().problem("outbox_state", "the hub attends to this item itself");
                problem.found = to_text(item->state);
                problem.expected = "failed, ask_person";
                return problem;
            }
            if (state == DeliveryState::pending)
                if (const auto later = overtaken_by(connection, *item, order)) {
                    Problem problem =
                        database_->standing().problem("outbox_overtaken", "a newer item has told the partner of the same");
                    problem.found = "#" + std::to_string(*later);
                    return problem;
                }
            connection.run(decide_item, state, why, micros(now), id);
            return {};
        });
    }

    [[nodiscard]] Result<std::optional<OutboxItem>> item(std::int64_t id) const override
    {
        return database_->read<std::optional<OutboxItem>>(
            [&](Connection& connection) -> Result<std::optional<OutboxItem>> { return found_one(connection, id); });
    }

    [[nodiscard]] Result<std::vector<OutboxItem>> items(const std::string& flow, std::size_t limit) const override
    {
        return database_->read<std::vector<OutboxItem>>([&](Connection& connection) -> Result<std::vector<OutboxItem>> {
            std::vector<OutboxItem> out;
            Query query = connection.query(find_newest, flow, limit);
            while (query.next())
                out.push_back(item_from(query));
            return out;
        });
    }

    [[nodiscard]] Result<std::optional<Time>> falls_due(const std::string& flow, Time now) const override
    {
        return attempts_.falls_due(flow, now);
    }

    [[nodiscard]] Result<void> begin_attempt(std::int64_t id, Time now) override { return attempts_.begin(id, now); }

    [[nodiscard]] Result<void> finish_attempt(std::int64_t id, DeliveryState state, const std::string& receipt,
                                              const std::string& problem, Time not_before) override
    {
        return attempts_.finish(id, state, receipt, problem, not_before);
    }

    [[nodiscard]] Result<std::vector<std::int64_t>> standing(const std::string& flow) const override { return attempts_.standing(flow); }

private:
    [[nodiscard]] std::vector<LeafId> leaves_behind(Connection& connection, std::uint64_t reached, std::uint64_t sealed,
                                                    const std::string& except) const
    {
        const auto first = [&](std::uint64_t leaf) { return first_told_behind(connection, static_cast<LeafId>(leaf)); };
        Query query = facts_.empty() ? connection.query(find_sealed, reached, sealed, except)
                                     : connection.query(find_sealed_facts, first(reached), first(sealed), facts_, except);
        std::vector<LeafId> leaves;
        while (query.next())
            leaves.push_back(query.integer(0));
        return leaves;
    }

    /// However its items are cut now, a leaf that has some is told by those.
    [[nodiscard]] static bool has_any(Connection& connection, const std::string& flow, LeafId leaf)
    {
        Query query = connection.query(find_any, flow, leaf);
        return query.next();
    }
    /// The items of a leaf, each the facts from one version to before another.
    [[nodiscard]] std::vector<std::pair<FactVersionId, FactVersionId>> parts_of(Connection& connection, LeafId leaf, std::size_t most_facts) const
    {
        if (facts_.empty() || most_facts == 0)
            return {{0, 0}};
        std::vector<std::pair<FactVersionId, FactVersionId>> out;
        std::size_t count = 0;
        Query query = connection.query(find_told_facts, first_told_behind(connection, leaf - 1), first_told_behind(connection, leaf), facts_);
        for (; query.next(); ++count) {
            if (count % most_facts == 0)
                out.emplace_back(query.integer(0), 0);
            out.back().second = query.integer(0) + 1;
        }
        return out;
    }

    [[nodiscard]] static std::uint64_t reach(Connection& connection, const std::string& flow, const std::string& scope)
    {
        Query query = connection.query(read_reach, flow, scope);
        return query.next() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
    }
    [[nodiscard]] static bool serves_one_of(Connection& connection, LeafId leaf, const std::vector<std::string>& only)
    {
        const std::vector<SeriesKey> served = served_under(connection, leaf);
        return std::any_of(served.begin(), served.end(),
                           [&](const SeriesKey& key) { return std::find(only.begin(), only.end(), key.indicator) != only.end(); });
    }
    [[nodiscard]] static std::vector<OutboxItem> found(Connection& connection, const std::string& flow, std::size_t limit)
    {
        std::vector<OutboxItem> out;
        Query query = connection.query(find_open, flow, limit);
        while (query.next())
            out.push_back(item_from(query));
        return out;
    }
    [[nodiscard]] static std::optional<OutboxItem> found_one(Connection& connection, std::int64_t id)
    {
        Query query = connection.query(find_item, id);
        return query.next() ? std::optional(item_from(query)) : std::nullopt;
    }
    [[nodiscard]] static std::optional<std::int64_t> overtaken_by(Connection& connection, const OutboxItem& item, KeptInOrder order)
    {
        std::vector<OutboxItem> later;
        Query query = connection.query(find_told_later, item.flow, item.id, most_looked_through);
        while (query.next())
            later.push_back(item_from(query));
        const std::set<std::string> own = subjects_of(connection, item, order);
        for (const OutboxItem& one : later)
            if (have_in_common(own, subjects_of(connection, one, order)))
                return one.id;
        return std::nullopt;
    }

    std::shared_ptr<Database> database_;
    std::string facts_;
    Attempts attempts_;
};

}  // namespace

std::shared_ptr<Outbox> make_outbox(std::shared_ptr<sqlite::Database> database, const std::string& facts)
{
    return std::make_shared<SqliteOutbox>(std::move(database), facts);
}

}  // namespace lienthong::adapters::store
