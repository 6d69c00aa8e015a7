// Facts and their versions, as SQL.
#include "adapters/stores/sqlite/fact_book.hpp"

#include "adapters/stores/sqlite/encoding.hpp"

namespace lienthong::adapters::store {
namespace {

using sqlite::Blob;
using sqlite::Query;

constexpr const char* next_ids =
    "SELECT (SELECT coalesce(max(id), 0) + 1 FROM fact_revision), (SELECT coalesce(max(id), 0) + 1 FROM fact)";
constexpr const char* find_current =
    "SELECT f.id, r.number, f.told_at, r.fields, r.id FROM fact f JOIN fact_revision r ON r.id = f.current"
    " WHERE f.kind = $1 AND f.key = $2";
constexpr const char* insert_fact = "INSERT INTO fact (id, kind, key, current, told_at) VALUES ($1, $2, $3, $4, $5)";
constexpr const char* insert_revision =
    "INSERT INTO fact_revision (id, fact, number, fields, submission, record) VALUES ($1, $2, $3, $4, $5, $6)";
constexpr const char* move_fact = "UPDATE fact SET current = $1, told_at = $2 WHERE id = $3";
constexpr const char* tell_fact = "UPDATE fact SET told_at = $1 WHERE id = $2";

std::string_view as_of(const FactFields& fields)
{
    for (const auto& [name, value] : fields)
        if (name == "as_of")
            return value;
    return {};
}

/// Moments stand in one form (RFC 3339 at +07:00), so that the order of their texts is theirs.
bool is_older(const FactFields& told, const FactFields& current)
{
    const std::string_view of = as_of(told), than = as_of(current);
    return !of.empty() && of < than;
}

}  // namespace

FactBook::FactBook(sqlite::Connection& connection, SubmissionId submission, Time received_at)
    : connection_(connection), submission_(submission), received_at_(micros(received_at))
{
}

bool FactBook::place(const Fact& fact, std::uint32_t record)
{
    const std::string fields = encoded(fact.fields);
    std::int64_t id = 0, number = 0, told_at = received_at_;
    {
        Query current = connection_.query(find_current, fact.kind, fact.key);
        if (current.next()) {
            id = current.integer(0);
            number = current.integer(1);
            told_at = std::max(told_at, current.integer(2));
            if (current.view(3) == fields || is_older(fact.fields, fields_from(current.view(3)))) {
                if (told_at != current.integer(2))
                    connection_.run(tell_fact, told_at, id);
                return false;
            }
        }
    }
    std::int64_t revision = 0;
    const bool is_first = id == 0;
    {
        Query next = connection_.query(next_ids);
        next.next();
        revision = next.integer(0);
        if (is_first)
            id = next.integer(1);
    }
    if (is_first)
        connection_.run(insert_fact, id, fact.kind, fact.key, revision, told_at);
    else
        connection_.run(move_fact, revision, told_at, id);
    connection_.run(insert_revision, revision, id, number + 1, Blob{fields}, submission_, record);
    return true;
}

std::optional<std::int64_t> FactBook::superseding(const Fact& fact)
{
    Query current = connection_.query(find_current, fact.kind, fact.key);
    if (!current.next() || current.integer(2) <= received_at_)
        return std::nullopt;
    return current.integer(4);
}

}  // namespace lienthong::adapters::store
