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
        return database_->read<FactVersionId>([](Connection& connection) -> Result<FactVersionId> {
            Query query = connection.query("SELECT coalesce(max(id), 0) FROM fact_revision");
            query.next();
            return query.integer(0);
        });
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

private:
    std::shared_ptr<sqlite::Database> database_;
};

}  // namespace

std::shared_ptr<FactHistory> make_fact_history(std::shared_ptr<sqlite::Database> database)
{
    return std::make_shared<SqliteFactHistory>(std::move(database));
}

}  // namespace lienthong::adapters::store
