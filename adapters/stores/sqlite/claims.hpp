/// Figures that several agencies tell: who tells them, which of them differ, and keeping what was settled.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/standing.hpp"
#include "hub/ports/store.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace lienthong::adapters::store {

/// How a figure that several agencies tell stands; as shared_figure.state has it.
enum class FigureState : std::uint8_t { alike, open, settled };

/// Who tells a figure, with the ids of their series in the same order.
struct Heads
{
    Claims claims;
    std::vector<std::int64_t> series;
};
[[nodiscard]] Heads read_heads(sqlite::Connection& connection, const FigureKey& figure);

[[nodiscard]] std::vector<Claims> read_claims(sqlite::Connection& connection, const std::vector<FigureKey>& figures);
[[nodiscard]] std::vector<Disagreement> read_disagreements(sqlite::Connection& connection, const DisagreementFilter& filter);
[[nodiscard]] std::int64_t count_open_disagreements(sqlite::Connection& connection);
/// Fails with store.settlement_agency, store.settlement_moved.
[[nodiscard]] Result<SettlementId> insert_settlement(sqlite::Connection& connection, const sqlite::Standing& standing,
                                                     const Settlement& settlement, const Leaf& leaf, const FigureRules& rules);
[[nodiscard]] std::optional<Settlement> read_settlement(sqlite::Connection& connection, SettlementId id);

}  // namespace lienthong::adapters::store
