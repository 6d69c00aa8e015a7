// The Outbox port over the store's database: what is still to be told to whom, and what became of every attempt.
#include "adapters/stores/sqlite/attempts.hpp"
#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/faces.hpp"

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
    explicit SqliteOutbox(std::shared_ptr<Database> database)
        : database_(std::move(database)), attempts_(database_, attempts, [standing = database_->shared_standing()](std::int64_t id) {
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
            std::vector<LeafId> leaves;
            {
                Query query = connection.query(find_sealed, reach(connection, flow, except), sealed, except);
                while (query.next())
                    leaves.push_back(query.integer(0));
            }
            for (const LeafId leaf : leaves) {
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
    [[nodiscard]] static std::uint64_t reach(Connection& connection, const std::string& flow, const std::string& except)
    {
        Query query = connection.query(read_reach, flow, except);
        return query.next() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
    }

    std::shared_ptr<Database> database_;
    Attempts attempts_;
};

}  // namespace

std::shared_ptr<Outbox> make_outbox(std::shared_ptr<sqlite::Database> database)
{
    return std::make_shared<SqliteOutbox>(std::move(database));
}

}  // namespace lienthong::adapters::store
