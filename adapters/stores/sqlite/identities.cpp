// The Identities port over the store's database.
#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/faces.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Database;
using sqlite::Query;

#define IDENTITY_COLUMNS "SELECT id, secret_digest, sender, agencies, roles, issued_at, revoked_at, note FROM identity "
constexpr const char* find_by_digest = IDENTITY_COLUMNS "WHERE secret_digest = $1";
constexpr const char* read_all = IDENTITY_COLUMNS "ORDER BY issued_at, id";
#undef IDENTITY_COLUMNS
constexpr const char* find_same = "SELECT id FROM identity WHERE id = $1 OR secret_digest = $2";
constexpr const char* find_id = "SELECT id FROM identity WHERE id = $1";
constexpr const char* insert_identity =
    "INSERT INTO identity (id, secret_digest, sender, agencies, roles, issued_at, revoked_at, note)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
constexpr const char* revoke_identity = "UPDATE identity SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";

Identity identity(const Query& query)
{
    Identity out;
    out.id = query.view(0);
    out.secret_digest = query.view(1);
    out.sender = query.view(2);
    out.agencies = texts_from(query.view(3));
    out.roles = texts_from(query.view(4));
    out.issued_at = time_of(query.integer(5));
    if (const auto at = query.optional_integer(6))
        out.revoked_at = time_of(*at);
    out.note = query.view(7);
    return out;
}

class SqliteIdentities final : public Identities
{
public:
    explicit SqliteIdentities(std::shared_ptr<Database> database) : database_(std::move(database)) {}

    [[nodiscard]] Result<void> add(const Identity& identity) override
    {
        return database_->write([&](Connection& connection) -> Result<void> {
            {
                Query same = connection.query(find_same, identity.id, identity.secret_digest);
                if (same.next())
                    return Problem{"access.token_exists", "a token of this name or secret exists already", {}, identity.id};
            }
            const std::string agencies = encoded(identity.agencies), roles = encoded(identity.roles);
            std::optional<std::int64_t> revoked_at;
            if (identity.revoked_at)
                revoked_at = micros(*identity.revoked_at);
            connection.run(insert_identity, identity.id, identity.secret_digest, identity.sender, Blob{agencies}, Blob{roles},
                           micros(identity.issued_at), revoked_at, identity.note);
            return {};
        });
    }

    [[nodiscard]] Result<std::optional<Identity>> find(const std::string& secret_digest) const override
    {
        return database_->read<std::optional<Identity>>([&](Connection& connection) -> Result<std::optional<Identity>> {
            Query query = connection.query(find_by_digest, secret_digest);
            return query.next() ? std::optional(identity(query)) : std::nullopt;
        });
    }

    [[nodiscard]] Result<std::vector<Identity>> all() const override
    {
        return database_->read<std::vector<Identity>>([](Connection& connection) {
            std::vector<Identity> out;
            Query query = connection.query(read_all);
            while (query.next())
                out.push_back(identity(query));
            return out;
        });
    }

    [[nodiscard]] Result<void> revoke(const std::string& id, Time at) override
    {
        return database_->write([&](Connection& connection) -> Result<void> {
            {
                Query query = connection.query(find_id, id);
                if (!query.next())
                    return Problem{"access.token_unknown", "no such token", {}, id};
            }
            connection.run(revoke_identity, micros(at), id);
            return {};
        });
    }

private:
    std::shared_ptr<Database> database_;
};

}  // namespace

std::shared_ptr<Identities> make_identities(std::shared_ptr<sqlite::Database> database)
{
    return std::make_shared<SqliteIdentities>(std::move(database));
}

}  // namespace lienthong::adapters::store
