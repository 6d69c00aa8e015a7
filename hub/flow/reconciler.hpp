/// Reconciler: compares one flow with its source, keeps what was found, and acts on it as people say.
///
/// Every order begins with a new comparison, so that nobody acts on what has passed, and ends with another, so that the list says
/// what is left. What an order brings goes through the journal; an order that is given again after a crash does nothing twice.
#pragma once

#include "hub/flow/exchange.hpp"
#include "hub/flow/intake.hpp"
#include "hub/flow/reconciled_message.hpp"
#include "hub/flow/reconciliation.hpp"
#include "hub/flow/standing.hpp"
#include "hub/ports/reconciliations.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace lienthong::flow {

enum class ReconcileAction : std::uint8_t { compare, fetch, withdraw, accept };
[[nodiscard]] std::string_view to_text(ReconcileAction action);
[[nodiscard]] std::optional<ReconcileAction> reconcile_action_from(std::string_view text);

/// Whether an action can do something about a difference.
[[nodiscard]] bool is_fit(ReconcileAction action, const Difference& one);

struct ReconcileOrder
{
    ReconcileAction action = ReconcileAction::compare;
    std::string since;               ///< A day, "2025-03-01"; empty: that of the last comparison.
    std::vector<std::string> items;  ///< Identities as the list of differences has them.
    std::string reason, who;         ///< The reason may be empty for compare and fetch.
    bool dry = false;                ///< Withdraw: only say which figures it would take back.
};

/// What came of one difference.
struct ReconcileOutcome
{
    Difference over;
    std::string outcome;               ///< As ReconciliationAct::outcome.
    std::vector<RevisionRow> figures;  ///< Those taken back or put back, as they were told.
};

struct ReconcileReport
{
    ReconciliationRun run;  ///< The last comparison.
    std::vector<ReconciliationAct> acceptances;
    std::vector<ReconcileOutcome> outcomes;
    std::optional<sdk::Failure> failure;  ///< Why not everything asked for was fetched.
};

struct ReconcilerParts
{
    Route route;
    ExchangeParts exchange;
    std::shared_ptr<Intake> intake;
    std::shared_ptr<Journal> journal;
    std::shared_ptr<Store> store;
    std::shared_ptr<Reconciliations> kept;
    std::shared_ptr<Clock> clock;
    PausedNow paused;  ///< Nothing is fetched for a flow people have stopped.
};

/// Runs on the executor given; one order at a time.
class Reconciler
{
public:
    Reconciler(boost::asio::any_io_executor executor, ReconcilerParts parts);

    /// Fails with: flow.paused, reconciliation.running, reconciliation.day, reconciliation.reason, reconciliation.item,
    /// reconciliation.action, flow.listing, journal.*, store.*, reconciliation.* of the adapter. A comparison that failed is kept too.
    [[nodiscard]] boost::asio::awaitable<Result<ReconcileReport>> carry_out(ReconcileOrder order);
    /// Compares every so often, counted from the last comparison whoever asked for it, the days before today. Runs until stop();
    /// what fails is kept with its reason, and is tried at the next turn. Not while the flow is paused.
    [[nodiscard]] boost::asio::awaitable<void> run(std::chrono::hours every, std::chrono::days back);
    /// Ends the wait of run(). Call on the executor.
    void stop();

private:
    using Report = Result<ReconcileReport>;

    [[nodiscard]] boost::asio::awaitable<Report> ordered(ReconcileOrder order);
    [[nodiscard]] boost::asio::awaitable<Result<ReconciliationRun>> compare(std::string since, std::string who);
    using Done = boost::asio::awaitable<Result<void>>;
    [[nodiscard]] Done fetch(const ReconcileOrder& order, const std::vector<Difference>& chosen, ReconcileReport& out);
    [[nodiscard]] Done withdraw(const ReconcileOrder& order, const std::vector<Difference>& chosen,
                                const std::set<std::string>& gone, ReconcileReport& out);
    [[nodiscard]] Done tell(Reconciled what, const ReconcileOrder& order, const ReconcileOutcome& about);
    [[nodiscard]] Done stored(MessageId message);
    [[nodiscard]] Result<void> keep_acts(const ReconcileOrder& order, const ReconcileReport& report) const;

    boost::asio::steady_timer timer_, turn_;
    ReconcilerParts parts_;
    Exchange exchange_;
    boost::asio::thread_pool readers_{1};  ///< Reads journal and store, which may take long.
    bool busy_ = false, stopping_ = false;
};

}  // namespace lienthong::flow
