// The PartnerNames port over the store's database.
#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/faces.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Connection;
using sqlite::Database;
using sqlite::Query;

constexpr const char* find_newest =
    "SELECT name FROM partner_name WHERE flow = $1 AND kind = $2 AND key = $3 ORDER BY id DESC LIMIT 1";
constexpr const char* insert_name = "INSERT INTO partner_name (flow, kind, key, name, why, at) VALUES ($1, $2, $3, $4, $5, $6)";
constexpr const char* find_counting =
    "SELECT flow, kind, key, name, why, at FROM partner_name n WHERE (flow = $1 OR $1 = '') AND (key = $2 OR $2 = '')"
    " AND NOT EXISTS (SELECT 1 FROM partner_name l WHERE l.flow = n.flow AND l.kind = n.kind AND l.key = n.key AND l.id > n.id)"
    " ORDER BY id DESC LIMIT $3";

std::string counting(Connection& connection, const std::string& flow, const std::string& kind, const std::string& key)
{
    Query query = connection.query(find_newest, flow, kind, key);
    return query.next() ? query.text(0) : std::string();
}

class SqlitePartnerNames final : public PartnerNames
{
public:
    explicit SqlitePartnerNames(std::shared_ptr<Database> database) : database_(std::move(database)) {}

    [[nodiscard]] Result<void> keep(const std::vector<PartnerName>& names) override
    {
        for (const PartnerName& one : names) {
            if (!one.name.empty() && one.name.size() <= longest_partner_name)
                continue;
            Problem problem = database_->standing().problem("partner_name", "no name a partner could have given");
            problem.place = one.key;
            problem.found = std::to_string(one.name.size()) + " bytes";
            problem.expected = "1 to " + std::to_string(longest_partner_name) + " bytes";
            return problem;
        }
        return database_->write([&](Connection& connection) -> Result<void> {
            for (const PartnerName& one : names)
                if (counting(connection, one.flow, one.kind, one.key) != one.name)
                    connection.run(insert_name, one.flow, one.kind, one.key, one.name, one.why, micros(one.at));
            return {};
        });
    }

    [[nodiscard]] Result<std::map<std::string, std::string>> called(const std::string& flow, const std::string& kind,
                                                                    const std::vector<std::string>& keys) const override
    {
        using Names = std::map<std::string, std::string>;
        return database_->read<Names>([&](Connection& connection) -> Result<Names> {
            Names out;
            for (const std::string& key : keys)
                if (std::string name = counting(connection, flow, kind, key); !name.empty())
                    out.emplace(key, std::move(name));
            return out;
        });
    }

    [[nodiscard]] Result<std::vector<PartnerName>> names(const std::string& flow, const std::string& key,
                                                         std::size_t limit) const override
    {
        return database_->read<std::vector<PartnerName>>([&](Connection& connection) -> Result<std::vector<PartnerName>> {
            std::vector<PartnerName> out;
            Query query = connection.query(find_counting, flow, key, limit);
            while (query.next())
                out.push_back({query.text(0), query.text(1), query.text(2), query.text(3), query.text(4),
                               time_of(query.integer(5))});
            return out;
        });
    }

private:
    std::shared_ptr<Database> database_;
};

}  // namespace

std::shared_ptr<PartnerNames> make_partner_names(std::shared_ptr<sqlite::Database> database)
{
    return std::make_shared<SqlitePartnerNames>(std::move(database));
}

}  // namespace lienthong::adapters::store
