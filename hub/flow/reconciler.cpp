// One order: compare, do what it says about the items it names, compare again.
#include "hub/flow/reconciler.hpp"

#include "hub/flow/awaiting.hpp"
#include "hub/flow/failure.hpp"
#include "hub/flow/fetching.hpp"
#include "hub/flow/holdings.hpp"
#include "hub/flow/listing.hpp"
#include "hub/flow/pace.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace lienthong::flow {
namespace {

using boost::asio::awaitable;

inline constexpr auto no_throw = boost::asio::as_tuple(boost::asio::use_awaitable);
constexpr std::chrono::milliseconds look_again{20};
constexpr std::chrono::seconds look_for_turn{10};
constexpr std::chrono::seconds patience{30};  ///< With a message on its way into the store; the journal has it anyway.

constexpr std::array<std::string_view, 4> action_words = {"compare", "fetch", "withdraw", "accept"};

Difference difference_of(const Mismatch& one)
{
    return {std::string(to_text(one.kind)), one.id, one.fact, one.there, one.here, one.digest, one.message};
}

Problem wrong(std::string code, std::string detail, std::string place, std::string found, std::string expected)
{
    return {std::move(code), std::move(detail), std::move(place), std::move(found), std::move(expected), {}};
}

/// "2025-03-01"
std::string day_text(const std::chrono::year_month_day& day)
{
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                  static_cast<unsigned>(day.day()));
    return text;
}

/// When a flow is compared by itself again. A source that was away is asked within the hour.
Time next_of(const ReconciliationRun& last, std::chrono::hours every)
{
    return last.failed_at ? *last.failed_at + std::min(every, std::chrono::hours(1)) : last.at + every;
}

bool says_something(const std::string& text)
{
    return text.find_first_not_of(" \t\r\n") != std::string::npos;
}

/// The differences an order names, all of them fit for it.
Result<std::vector<Difference>> chosen_of(const ReconcileOrder& order, const ReconciliationRun& run)
{
    std::vector<Difference> out;
    for (const std::string& item : order.items) {
        bool found = false;
        for (const Difference& one : run.differences) {
            if (one.id != item)
                continue;
            found = true;
            if (!is_fit(order.action, one))
                return wrong("reconciliation.action", "nothing of this kind can be done about this difference", item,
                             one.fact.empty() ? one.kind : one.kind + ' ' + one.fact,
                             order.action == ReconcileAction::fetch ? "absent, other or withdrawn" : "unlisted");
            out.push_back(one);
        }
        if (!found)
            return wrong("reconciliation.item", "the comparison found no difference about this item", "item", shortened(item),
                         "an identity as the list of differences has it");
    }
    return out;
}

using Figures = Result<std::vector<RevisionRow>>;

/// What reads long runs beside the executor, which serves others meanwhile.
template <class T>
std::function<void(std::function<void(T)>)> on_reader(boost::asio::thread_pool& readers, std::function<T()> read)
{
    return [&readers, read = std::move(read)](std::function<void(T)> done) {
        boost::asio::post(readers, [read, done = std::move(done)] { done(read()); });
    };
}

std::string outcome_word(Arrival arrival)
{
    return arrival == Arrival::duplicate ? "same" : "fetched";
}

}  // namespace

std::string_view to_text(ReconcileAction action)
{
    return action_words.at(static_cast<std::size_t>(action));
}

std::optional<ReconcileAction> reconcile_action_from(std::string_view text)
{
    const auto at = std::find(action_words.begin(), action_words.end(), text);
    return at == action_words.end() ? std::nullopt : std::optional(static_cast<ReconcileAction>(at - action_words.begin()));
}

bool is_fit(ReconcileAction action, const Difference& one)
{
    if (action == ReconcileAction::fetch)
        return one.fact.empty() && (one.kind == "absent" || one.kind == "other" || one.kind == "withdrawn");
    return action == ReconcileAction::accept || (action == ReconcileAction::withdraw && one.kind == "unlisted");
}

Reconciler::Reconciler(boost::asio::any_io_executor executor, ReconcilerParts parts)
    : timer_(executor), turn_(std::move(executor)), parts_(std::move(parts)), exchange_(parts_.exchange)
{
}

void Reconciler::stop()
{
    stopping_ = true;
    turn_.cancel();
}

awaitable<void> Reconciler::run(std::chrono::hours every, std::chrono::days back)
{
    // Not all flows at once after a start.
    turn_.expires_after(first_wait(parts_.route.flow, look_for_turn));
    auto begun = co_await turn_.async_wait(no_throw);
    (void)begun;
    while (!stopping_) {
        const Time now = parts_.clock->now();
        const auto last = parts_.kept->newest(parts_.route.flow);
        const bool due = !parts_.paused() && last.ok() && (!*last || next_of(**last, every) <= now);
        if (due) {
            ReconcileOrder order;
            order.since = day_text(local_day(now - back));
            order.who = "lienthong serve";
            // A failure stands in the run that is kept.
            Report report = co_await carry_out(std::move(order));
            (void)report;
        }
        turn_.expires_after(look_for_turn);
        auto waited = co_await turn_.async_wait(no_throw);
        (void)waited;
    }
}

awaitable<Reconciler::Report> Reconciler::carry_out(ReconcileOrder order)
{
    if (busy_)
        co_return wrong("reconciliation.running", "this flow is being compared with its source already", parts_.route.flow, {},
                        "try again shortly");
    busy_ = true;
    Report report = co_await ordered(std::move(order));
    busy_ = false;
    co_return report;
}

awaitable<Reconciler::Report> Reconciler::ordered(ReconcileOrder order)
{
    if (order.since.empty()) {
        const auto last = parts_.kept->newest(parts_.route.flow);
        if (!last.ok())
            co_return last.problem();
        if (*last)
            order.since = (*last)->since;
    }
    if (!time_from(order.since + "T00:00:00+07:00"))
        co_return wrong("reconciliation.day", "this is no day to compare since", "since", shortened(order.since), "yyyy-MM-dd");
    const bool decides = order.action == ReconcileAction::withdraw || order.action == ReconcileAction::accept;
    if (decides && !says_something(order.reason))
        co_return wrong("reconciliation.reason", "a difference is accepted, and a figure withdrawn, for a reason", "reason", {},
                        "one sentence, with who decided it");
    if (const auto pause = order.action == ReconcileAction::fetch ? parts_.paused() : std::nullopt)
        co_return wrong("flow.paused", "the flow is paused since " + lienthong::to_text(pause->since) + ": " + pause->reason,
                        parts_.route.flow, {}, "lienthong flow resume");
    Result<ReconciliationRun> before = co_await compare(order.since, order.who);
    if (!before.ok())
        co_return before.problem();
    ReconcileReport out;
    out.run = *before;
    if (order.action != ReconcileAction::compare) {
        const auto chosen = chosen_of(order, *before);
        if (!chosen.ok())
            co_return chosen.problem();
        Result<void> acted;
        if (order.action == ReconcileAction::fetch) {
            Result<void> fetched = co_await fetch(order, *chosen, out);
            acted = std::move(fetched);
        }
        if (order.action == ReconcileAction::withdraw) {
            std::set<std::string> gone;
            for (const Difference& one : before->differences)
                if (one.kind == "unlisted")
                    gone.insert(one.id);
            Result<void> withdrawn = co_await withdraw(order, *chosen, gone, out);
            acted = std::move(withdrawn);
        }
        if (order.action == ReconcileAction::accept)
            for (const Difference& one : *chosen)
                out.outcomes.push_back({one, "accepted", {}});
        if (!acted.ok())
            co_return acted.problem();
        if (!order.dry) {
            const auto kept = keep_acts(order, out);
            if (!kept.ok())
                co_return kept.problem();
            Result<ReconciliationRun> after = co_await compare(order.since, order.who);
            if (!after.ok())
                co_return after.problem();
            out.run = std::move(*after);
        }
    }
    auto acceptances = parts_.kept->acceptances(parts_.route.flow);
    if (!acceptances.ok())
        co_return acceptances.problem();
    out.acceptances = std::move(*acceptances);
    co_return out;
}

awaitable<Result<ReconciliationRun>> Reconciler::compare(std::string since, std::string who)
{
    ReconciliationRun run;
    run.flow = parts_.route.flow;
    run.since = since;
    run.who = std::move(who);
    sdk::Step said = co_await ask_inventory(exchange_, since);
    run.at = parts_.clock->now();
    if (said.failure) {
        run.problem = sentence_of(*said.failure);
        const auto kept = parts_.kept->keep(run);
        if (!kept.ok())
            co_return kept.problem();
        co_return wrong("flow.listing", said.failure->detail, parts_.route.flow, said.failure->code,
                        "an answer that says what the source holds");
    }
    using Held = Result<Holdings>;
    std::function<Held()> read = [&] {
        return holdings_of(*parts_.journal, *parts_.store, parts_.route.flow, *said.inventory);
    };
    std::function<void(std::function<void(Held)>)> begin = on_reader(readers_, std::move(read));
    Held holdings = co_await completion_of<Held>(std::move(begin));
    if (!holdings.ok())
        co_return holdings.problem();
    const Reconciliation found = reconcile(*said.inventory, *holdings);
    run.compared = static_cast<std::int64_t>(found.compared);
    run.agreed = static_cast<std::int64_t>(found.agreed);
    std::transform(found.mismatches.begin(), found.mismatches.end(), std::back_inserter(run.differences), difference_of);
    const auto kept = parts_.kept->keep(run);
    if (!kept.ok())
        co_return kept.problem();
    run.id = *kept;
    co_return run;
}

Reconciler::Done Reconciler::fetch(const ReconcileOrder& order, const std::vector<Difference>& chosen, ReconcileReport& out)
{
    FetchOrder wanted{parts_.route, parts_.exchange.machine->digest(), order.since, {}};
    for (const Difference& one : chosen)
        wanted.items.push_back(one.id);
    Fetched fetched = co_await fetch_items(exchange_, *parts_.intake, std::move(wanted));
    out.failure = fetched.failure;
    for (const Difference& one : chosen) {
        const auto came = fetched.items.find(one.id);
        ReconcileOutcome about{one, came == fetched.items.end() ? "missing" : outcome_word(came->second.arrival), {}};
        if (came != fetched.items.end()) {
            Result<void> applied = co_await stored(came->second.id);
            if (!applied.ok())
                co_return applied.problem();
        }
        // The bytes are here already, and the journal takes nothing twice: what was taken back of them is put back.
        if (about.outcome == "same" && one.kind == "withdrawn") {
            std::function<Figures()> read = [&] {
                return withdrawn_figures(*parts_.journal, *parts_.store, parts_.route.flow, one.id);
            };
            std::function<void(std::function<void(Figures)>)> begin = on_reader(readers_, std::move(read));
            Figures figures = co_await completion_of<Figures>(std::move(begin));
            if (!figures.ok())
                co_return figures.problem();
            about.figures = std::move(*figures);
            about.outcome = "restored";
            Result<void> told = co_await tell(Reconciled::restored, order, about);
            if (!told.ok())
                co_return told.problem();
        }
        out.outcomes.push_back(std::move(about));
    }
    co_return Result<void>();
}

Reconciler::Done Reconciler::withdraw(const ReconcileOrder& order, const std::vector<Difference>& chosen,
                                      const std::set<std::string>& gone, ReconcileReport& out)
{
    for (const Difference& one : chosen) {
        std::function<Figures()> read = [&] {
            return standing_figures(*parts_.journal, *parts_.store, parts_.route.flow, one.id,
                                    [&](const std::string& item) { return gone.contains(item); });
        };
        std::function<void(std::function<void(Figures)>)> begin = on_reader(readers_, std::move(read));
        Figures figures = co_await completion_of<Figures>(std::move(begin));
        if (!figures.ok())
            co_return figures.problem();
        ReconcileOutcome about{one, figures->empty() ? "no_figures" : "withdrawn", std::move(*figures)};
        if (!order.dry && !about.figures.empty()) {
            Result<void> told = co_await tell(Reconciled::withdrawn, order, about);
            if (!told.ok())
                co_return told.problem();
        }
        out.outcomes.push_back(std::move(about));
    }
    co_return Result<void>();
}

Reconciler::Done Reconciler::tell(Reconciled what, const ReconcileOrder& order, const ReconcileOutcome& about)
{
    if (about.figures.empty())
        co_return Result<void>();
    const ReconciledFigures of{what, about.over.id, about.over.message, order.reason, order.who, about.figures};
    Message message;
    message.flow = parts_.route.flow;
    message.source = reconciled_source;
    message.source_id = reconciled_id(of);
    message.sender = parts_.route.sender;
    message.content_type = reconciled_content_type;
    message.payload = reconciled_message(of);
    message.received_at = parts_.clock->now();
    JournalEntry entry;
    entry.messages.push_back(std::move(message));
    using Outcome = Result<std::vector<Journaled>>;
    std::function<void(std::function<void(Outcome)>)> start = [&](std::function<void(Outcome)> done) {
        parts_.intake->append(std::move(entry), parts_.route, std::move(done));
    };
    Outcome journaled = co_await completion_of<Outcome>(std::move(start));
    if (!journaled.ok())
        co_return journaled.problem();
    Result<void> applied = co_await stored(journaled->front().id);
    co_return applied;
}

Reconciler::Done Reconciler::stored(MessageId message)
{
    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const auto submission = parts_.store->submission_of(message);
        if (!submission.ok())
            co_return submission.problem();
        if (submission->has_value() || std::chrono::steady_clock::now() > until)
            co_return Result<void>();
        timer_.expires_after(look_again);
        auto waited = co_await timer_.async_wait(no_throw);
        (void)waited;
    }
}

Result<void> Reconciler::keep_acts(const ReconcileOrder& order, const ReconcileReport& report) const
{
    std::vector<ReconciliationAct> acts;
    for (const ReconcileOutcome& one : report.outcomes)
        acts.push_back({0, parts_.route.flow, std::string(to_text(order.action)), one.over, order.reason, order.who, one.outcome,
                        parts_.clock->now()});
    return parts_.kept->keep(acts);
}

}  // namespace lienthong::flow
