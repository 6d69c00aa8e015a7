// Facts as they stood, and which versions were told since.
#include "adapters/stores/sqlite/fact_history.hpp"

#include "adapters/stores/sqlite/encoding.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Connection;
using sqlite::Query;

// A fact has few versions, so the last one up to a number is found by walking back along its own index. SQLite counts
// parameters in the order they first stand in.
constexpr const char* as_of =
    "SELECT f.key, r.id, r.fields FROM fact f JOIN fact_revision r ON r.id ="
    " (SELECT v.id FROM fact_revision v WHERE v.fact = f.id AND v.id <= $1 ORDER BY v.number DESC LIMIT 1)"
    " WHERE f.kind = $2 AND f.key > $3 ORDER BY f.key LIMIT $4";
constexpr const char* told =
    "SELECT f.key, r.id, r.fields FROM fact_revision r JOIN fact f ON f.id = r.fact"
    " WHERE r.id > $1 AND r.id <= $2 AND f.kind = $3 ORDER BY r.id LIMIT $4";

constexpr const char* still_told =
    "SELECT f.key, r.id, r.fields FROM fact_revision r JOIN fact f ON f.id = r.fact"
    " WHERE r.id >= $1 AND r.id < $2 AND f.kind = $3 AND f.current = r.id ORDER BY r.id";
constexpr const char* told_from = "SELECT id, submission FROM fact_revision WHERE id >= $1 ORDER BY id LIMIT 1";
constexpr const char* last_told = "SELECT coalesce(max(id), 0) FROM fact_revision";

FactVersionId last_version(Connection& connection)
{
    Query query = connection.query(last_told);
    query.next();
    return query.integer(0);
}

std::vector<FactVersion> taken(Query& query)
{
    std::vector<FactVersion> out;
    while (query.next())
        out.push_back({query.integer(1), query.text(0), fields_from(query.view(2))});
    return out;
}

class SqliteFactHistory final : public FactHistory
{
public:
    explicit SqliteFactHistory(std::shared_ptr<sqlite::Database> database) : database_(std::move(database)) {}

    [[nodiscard]] Result<FactVersionId> latest_version() const override
    {
        return database_->read<FactVersionId>([](Connection& connection) -> Result<FactVersionId> { return last_version(connection); });
    }
    [[nodiscard]] Result<std::vector<FactVersion>> facts_as_of(const std::string& kind, FactVersionId through,
                                                               const std::string& after_key, std::size_t limit) const override
    {
        return database_->read<std::vector<FactVersion>>([&](Connection& connection) -> Result<std::vector<FactVersion>> {
            Query query = connection.query(as_of, through, kind, after_key, static_cast<std::int64_t>(limit));
            return taken(query);
        });
    }
    [[nodiscard]] Result<std::vector<FactVersion>> versions_told(const std::string& kind, FactVersionId after,
                                                                 FactVersionId through, std::size_t limit) const override
    {
        return database_->read<std::vector<FactVersion>>([&](Connection& connection) -> Result<std::vector<FactVersion>> {
            Query query = connection.query(told, after, through, kind, static_cast<std::int64_t>(limit));
            return taken(query);
        });
    }
    [[nodiscard]] Result<std::vector<FactVersion>> still_told_by(const std::string& kind, LeafId leaf) const override
    {
        return database_->read<std::vector<FactVersion>>([&](Connection& connection) -> Result<std::vector<FactVersion>> {
            const FactVersionId first = first_told_behind(connection, leaf - 1), below = first_told_behind(connection, leaf);
            Query query = connection.query(still_told, first, below, kind);
            return taken(query);
        });
    }
    [[nodiscard]] Result<std::vector<FactVersion>> still_told_of(const std::string& kind, FactVersionId from, FactVersionId below) const override
    {
        return database_->read<std::vector<FactVersion>>([&](Connection& connection) -> Result<std::vector<FactVersion>> {
            Query query = connection.query(still_told, from, below, kind);
            return taken(query);
        });
    }

private:
    std::shared_ptr<sqlite::Database> database_;
};

}  // namespace

FactVersionId first_told_behind(Connection& connection, LeafId leaf)
{
    FactVersionId low = 1, high = last_version(connection) + 1;
    while (low < high) {
        Query query = connection.query(told_from, low + (high - low) / 2);
        query.next();  // There is one: none is ever removed, and the middle is not behind the last.
        if (query.integer(1) > leaf)
            high = low + (high - low) / 2;
        else
            low = query.integer(0) + 1;
    }
    return low;
}

std::shared_ptr<FactHistory> make_fact_history(std::shared_ptr<sqlite::Database> database)
{
    return std::make_shared<SqliteFactHistory>(std::move(database));
}

}  // namespace lienthong::adapters::store
