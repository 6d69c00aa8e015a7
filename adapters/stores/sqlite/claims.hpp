/// Figures that several agencies tell: who tells them, which of them differ, and keeping what was settled.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/standing.hpp"
#include "adapters/stores/sqlite/shared_figures.hpp"
#include "hub/ports/store.hpp"

#include <optional>
#include <vector>

namespace lienthong::adapters::store {

[[nodiscard]] std::vector<Claims> read_claims(sqlite::Connection& connection, const std::vector<FigureKey>& figures);
[[nodiscard]] std::vector<Disagreement> read_disagreements(sqlite::Connection& connection, SharedFigures& shared,
                                                           const DisagreementFilter& filter, const SameFigure& same);
[[nodiscard]] std::int64_t count_open_disagreements(sqlite::Connection& connection, SharedFigures& shared,
                                                    const SameFigure& same);
/// Fails with store.settlement_agency, store.settlement_moved.
[[nodiscard]] Result<SettlementId> insert_settlement(sqlite::Connection& connection, const sqlite::Standing& standing,
                                                     const Settlement& settlement, const Leaf& leaf);
[[nodiscard]] std::optional<Settlement> read_settlement(sqlite::Connection& connection, SettlementId id);

}  // namespace lienthong::adapters::store
