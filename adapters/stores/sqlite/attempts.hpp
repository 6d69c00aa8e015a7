/// Attempts: how what is to be told to a partner moves from pending to its end, whichever table holds it.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "hub/model/time.hpp"
#include "hub/ports/outbox.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::adapters::store {

/// The statements of one table with the columns id, flow, state, attempts, begun_at, not_before, receipt and problem.
struct AttemptStatements
{
    const char* state;   ///< state of $1
    const char* begin;   ///< state $1, one attempt more, begun at $2, of $3
    const char* finish;  ///< state $1, receipt $2, problem $3, not before $4, of $5
    const char* count;   ///< state and number of the items of flow $1
    const char* due;     ///< least not_before above $2 of the unfinished items of flow $1
};

/// Thread-safe.
class Attempts
{
public:
    Attempts(std::shared_ptr<sqlite::Database> database, AttemptStatements statements, std::function<Problem(std::int64_t id)> unknown)
        : database_(std::move(database)), statements_(statements), unknown_(std::move(unknown))
    {
    }

    /// Fails with store.outbox_state unless the item is pending: any other may have reached the partner, and what became of it
    /// comes first.
    [[nodiscard]] Result<void> begin(std::int64_t id, Time now);
    [[nodiscard]] Result<void> finish(std::int64_t id, DeliveryState state, const std::string& receipt, const std::string& problem,
                                      Time not_before);
    [[nodiscard]] Result<std::optional<Time>> falls_due(const std::string& flow, Time now) const;
    /// How many items of the flow are in each state, by the state's number.
    [[nodiscard]] Result<std::vector<std::int64_t>> standing(const std::string& flow) const;

private:
    std::shared_ptr<sqlite::Database> database_;
    AttemptStatements statements_;
    std::function<Problem(std::int64_t)> unknown_;
};

}  // namespace lienthong::adapters::store
