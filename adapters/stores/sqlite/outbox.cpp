// The Outbox port over the store's database: what is still to be told to whom, and what became of every attempt.
#include "adapters/stores/sqlite/attempts.hpp"
#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/faces.hpp"
#include "adapters/stores/sqlite/fact_history.hpp"

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
constexpr const char* insert_item =
    "INSERT INTO outbox (flow, leaf, state, attempts, not_before, receipt, problem) VALUES ($1, $2, 0, 0, $3, $4, '')"
    " ON CONFLICT (flow, leaf) DO NOTHING RETURNING id";
constexpr const char* next_item =
    "SELECT id, flow, leaf, state, attempts, not_before, receipt, problem FROM outbox"
    " WHERE flow = $1 AND state <= 2 AND not_before <= $2 ORDER BY id LIMIT 1";
constexpr AttemptStatements attempts = {
    "SELECT state FROM outbox WHERE id = $1",
    "UPDATE outbox SET state = $1, attempts = attempts + 1, begun_at = $2 WHERE id = $3",
    "UPDATE outbox SET state = $1, receipt = $2, problem = $3, not_before = $4 WHERE id = $5",
    "SELECT state, count(*) FROM outbox WHERE flow = $1 GROUP BY state"};

class SqliteOutbox final : public Outbox
{
public:
    /// `facts` is the kind of facts whose telling is a reason; empty for figures.
    SqliteOutbox(std::shared_ptr<Database> database, std::string facts)
        : database_(std::move(database)), facts_(std::move(facts)), attempts_(database_, attempts, [standing = database_->shared_standing()](std::int64_t id) {
              Problem problem = standing->problem("outbox_unknown", "no such outbox item");
              problem.found = std::to_string(id);
              return problem;
          })
    {
    }

    [[nodiscard]] Result<std::size_t> enqueue(const std::string& flow, const std::string& except, std::uint64_t sealed,
                                              Time now) override
    {
        const auto reached = database_->read<std::uint64_t>(
            [&](Connection& connection) -> Result<std::uint64_t> { return reach(connection, flow, except); });
        if (!reached)
            return reached.problem();
        if (*reached >= sealed)
            return std::size_t{0};
        std::size_t added = 0;
        const auto add = [&](Connection& connection) -> Result<void> {
            added = 0;
            for (const LeafId leaf : leaves_behind(connection, reach(connection, flow, except), sealed, except)) {
                Query query = connection.query(insert_item, flow, leaf, micros(now), Blob{});
                while (query.next())
                    ++added;
            }
            connection.run(write_reach, flow, except, sealed);
            return {};
        };
        if (auto done = database_->write(add); !done)
            return done.problem();
        return added;
    }

    [[nodiscard]] Result<std::optional<OutboxItem>> next(const std::string& flow, Time now) const override
    {
        return database_->read<std::optional<OutboxItem>>([&](Connection& connection) -> Result<std::optional<OutboxItem>> {
            Query query = connection.query(next_item, flow, micros(now));
            if (!query.next())
                return std::optional<OutboxItem>();
            return std::optional(OutboxItem{
                query.integer(0), query.text(1), query.integer(2), static_cast<DeliveryState>(query.integer(3)),
                static_cast<std::uint32_t>(query.integer(4)), time_of(query.integer(5)), query.text(6), query.text(7)});
        });
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

    [[nodiscard]] static std::uint64_t reach(Connection& connection, const std::string& flow, const std::string& except)
    {
        Query query = connection.query(read_reach, flow, except);
        return query.next() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
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
