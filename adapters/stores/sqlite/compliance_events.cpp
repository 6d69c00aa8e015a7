// The ComplianceEvents port over the store's database.
#include "adapters/stores/sqlite/compliance_events.hpp"

#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/faces.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace lienthong::adapters::store {
namespace {

using sqlite::Connection;
using sqlite::Database;
using sqlite::Query;

constexpr const char* find_last = "SELECT COALESCE(MAX(id), 0) FROM compliance_event";
constexpr const char* insert_event =
    "INSERT INTO compliance_event (id, at, kind, subject, agency, period, who, why, act, body)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
constexpr const char* read_after =
    "SELECT id, at, kind, subject, agency, period, who, why, act, body FROM compliance_event WHERE id > $1 ORDER BY id";

/// Of one width, so that ids sort as the events were appended.
std::string name_of(std::int64_t id)
{
    char text[32];
    std::snprintf(text, sizeof text, "E-%08lld", static_cast<long long>(id));
    return text;
}

/// 0, which comes before all, for "" and what is no such name.
std::int64_t number_of(const std::string& name)
{
    std::int64_t id = 0;
    std::from_chars(name.data() + std::min<std::size_t>(2, name.size()), name.data() + name.size(), id);
    return id;
}

ComplianceEvent event(const Query& query)
{
    ComplianceEvent out;
    out.id = name_of(query.integer(0));
    out.at = time_of(query.integer(1));
    out.kind = query.view(2);
    out.subject = query.view(3);
    out.agency = query.view(4);
    out.period = query.view(5);
    out.who = query.view(6);
    out.why = query.view(7);
    out.act = query.view(8);
    out.body = query.view(9);
    return out;
}

class SqliteComplianceEvents final : public ComplianceEvents
{
public:
    explicit SqliteComplianceEvents(std::shared_ptr<Database> database) : database_(std::move(database)) {}

    [[nodiscard]] Result<std::string> append(const ComplianceEvent& event) override
    {
        std::string id;
        auto done = database_->write([&](Connection& connection) -> Result<void> {
            id = append_event(connection, event);
            return {};
        });
        if (!done)
            return done.problem();
        return id;
    }

    [[nodiscard]] Result<std::size_t> append_all(const std::vector<ComplianceEvent>& events) override
    {
        auto done = database_->write([&](Connection& connection) -> Result<void> {
            for (const ComplianceEvent& event : events)
                append_event(connection, event);
            return {};
        });
        if (!done)
            return done.problem();
        return events.size();
    }

    [[nodiscard]] Result<std::vector<ComplianceEvent>> after(const std::string& id) const override
    {
        return database_->read<std::vector<ComplianceEvent>>([number = number_of(id)](Connection& connection) {
            std::vector<ComplianceEvent> out;
            Query query = connection.query(read_after, number);
            while (query.next())
                out.push_back(event(query));
            return out;
        });
    }

private:
    std::shared_ptr<Database> database_;
};

}  // namespace

std::string append_event(Connection& connection, const ComplianceEvent& event)
{
    std::int64_t id = 1;
    {
        Query last = connection.query(find_last);
        if (last.next())
            id = last.integer(0) + 1;
    }
    connection.run(insert_event, id, micros(event.at), event.kind, event.subject, event.agency, event.period, event.who, event.why,
                   event.act, event.body);
    return name_of(id);
}

std::shared_ptr<ComplianceEvents> make_compliance_events(std::shared_ptr<sqlite::Database> database)
{
    return std::make_shared<SqliteComplianceEvents>(std::move(database));
}

}  // namespace lienthong::adapters::store
