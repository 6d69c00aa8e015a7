/// What it takes to compare a flow with its source: its connector, the way into the journal, and where the outcome is kept.
#pragma once

#include "hub/cli/data.hpp"
#include "hub/cli/settings.hpp"
#include "hub/cli/workers.hpp"
#include "hub/flow/reconciler.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>

namespace lienthong::cli {

/// Opened beside the data, in the same directory. Fails with: reconciliation.*.
[[nodiscard]] Result<std::shared_ptr<Reconciliations>> open_reconciliations(const Settings& settings);

/// Why a flow cannot be compared with its source; nothing when it can. `lists` is what its connector says of itself.
[[nodiscard]] std::optional<Problem> no_list(const FlowSettings& flow, bool lists);

/// Hands what comes of an order to `done`; to be spawned on the reconciler's executor, which must outlive it.
[[nodiscard]] boost::asio::awaitable<void> carry_out(flow::Reconciler& reconciler, flow::ReconcileOrder order,
                                                     std::function<void(Result<flow::ReconcileReport>)> done);

}  // namespace lienthong::cli
