#include "hub/cli/reconcilers.hpp"

#include "adapters/reconciliations/sqlite/sqlite_reconciliations.hpp"

#include <filesystem>

namespace lienthong::cli {

Result<std::shared_ptr<Reconciliations>> open_reconciliations(const Settings& settings)
{
    return adapters::open_sqlite_reconciliations((std::filesystem::path(settings.data_directory) / "reconciliation.db").string());
}

std::optional<Problem> no_list(const FlowSettings& flow, bool lists)
{
    const auto problem = [&](const char* detail, const char* expected) {
        return Problem{"flow.no_list", detail, flow.place, flow.connector, expected, {}};
    };
    if (flow.connector == "push")
        return problem("what is pushed has no source that could be asked", "a flow with a connector");
    if (flow.mapping.empty())
        return problem("this flow delivers; what arrived there is followed by its outbox", "a flow that takes in");
    if (!lists)
        return problem("the connector of this flow can neither list what its source holds nor say how much it is; its page says why",
                       "a connector that lists; lienthong plugins list");
    return std::nullopt;
}

boost::asio::awaitable<void> carry_out(flow::Reconciler& reconciler, flow::ReconcileOrder order,
                                       std::function<void(Result<flow::ReconcileReport>)> done)
{
    Result<flow::ReconcileReport> report = co_await reconciler.carry_out(std::move(order));
    done(std::move(report));
}

}  // namespace lienthong::cli
