// One state machine over two tables.
#include "adapters/stores/sqlite/attempts.hpp"

#include "adapters/stores/sqlite/encoding.hpp"

#include <optional>

namespace lienthong::adapters::store {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Query;

constexpr std::size_t delivery_state_count = 6;

std::optional<DeliveryState> state_by(Connection& connection, const char* sql, std::int64_t id)
{
    Query query = connection.query(sql, id);
    if (!query.next())
        return std::nullopt;
    return static_cast<DeliveryState>(query.integer(0));
}

}  // namespace

Result<void> Attempts::begin(std::int64_t id, Time now)
{
    return database_->write([&](Connection& connection) -> Result<void> {
        const auto state = state_by(connection, statements_.state, id);
        if (!state)
            return unknown_(id);
        if (*state != DeliveryState::pending) {
            Problem problem = database_->standing().problem("outbox_state", "an attempt can begin only on a pending item");
            problem.found = to_text(*state);
            problem.expected = to_text(DeliveryState::pending);
            return problem;
        }
        connection.run(statements_.begin, DeliveryState::attempting, micros(now), id);
        return {};
    });
}

Result<void> Attempts::finish(std::int64_t id, DeliveryState state, const std::string& receipt, const std::string& problem,
                              Time not_before)
{
    return database_->write([&](Connection& connection) -> Result<void> {
        if (!state_by(connection, statements_.state, id))
            return unknown_(id);
        connection.run(statements_.finish, state, Blob{receipt}, problem, micros(not_before), id);
        return {};
    });
}

Result<std::optional<Time>> Attempts::falls_due(const std::string& flow, Time now) const
{
    return database_->read<std::optional<Time>>([&](Connection& connection) -> Result<std::optional<Time>> {
        Query query = connection.query(statements_.due, flow, micros(now));
        const auto found = query.next() ? query.optional_integer(0) : std::nullopt;
        return found ? std::optional(time_of(*found)) : std::nullopt;
    });
}

Result<std::vector<std::int64_t>> Attempts::standing(const std::string& flow) const
{
    return database_->read<std::vector<std::int64_t>>([&](Connection& connection) {
        std::vector<std::int64_t> counts(delivery_state_count, 0);
        Query query = connection.query(statements_.count, flow);
        while (query.next())
            counts.at(static_cast<std::size_t>(query.integer(0))) = query.integer(1);
        return counts;
    });
}

}  // namespace lienthong::adapters::store
