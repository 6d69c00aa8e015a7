// One round: poll, follow every step the connector takes, journal before acknowledging.
#include "hub/flow/source_flow.hpp"

#include "hub/flow/awaiting.hpp"
#include "hub/flow/failure.hpp"
#include "hub/flow/step_messages.hpp"

#include <boost/asio/as_tuple.hpp>

namespace lienthong::flow {
namespace {

using boost::asio::awaitable;
using MaybeFailure = std::optional<sdk::Failure>;

constexpr std::chrono::milliseconds look_after_pause{500}, look_for_pause{1'000};

inline constexpr auto no_throw = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace

SourceFlow::SourceFlow(boost::asio::any_io_executor executor, Route route, PaceSettings pace, ExchangeParts parts, Intake& intake,
                       std::shared_ptr<Journal> journal, PausedNow paused)
    : timer_(std::move(executor)), route_(std::move(route)), pace_(pace), exchange_(parts), intake_(intake),
      journal_(std::move(journal)), clock_(parts.clock), plugin_digest_(parts.machine->digest()),
      paused_(paused ? std::move(paused) : PausedNow([] { return std::nullopt; })), standing_(route_.flow, route_.connector, "in")
{
    standing_.change([this](FlowStanding& now) { now.sources = exchange_.sources(); });
}

void SourceFlow::stop()
{
    stopping_ = true;
    timer_.cancel();
}

void SourceFlow::poll_now()
{
    hurried_ = true;
    timer_.cancel();
}

awaitable<void> SourceFlow::rest(std::chrono::milliseconds pause)
{
    timer_.expires_after(pause);
    auto waited = co_await timer_.async_wait(no_throw);
    (void)waited;
}

/// A pause is shown soon after it was ordered, not only when the next round falls due.
awaitable<void> SourceFlow::rest_unless_paused(std::chrono::milliseconds pause)
{
    const auto until = std::chrono::steady_clock::now() + pause;
    hurried_ = false;
    while (!stopping_ && !hurried_ && !paused_()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            break;
        co_await rest(std::min(left, look_for_pause));
    }
}

awaitable<void> SourceFlow::wait_until_intake_has_room()
{
    while (intake_.is_busy() && !stopping_)
        co_await rest(std::chrono::milliseconds(5));
}

awaitable<void> SourceFlow::run()
{
    co_await rest(first_wait(route_.flow, pace_.interval));
    while (!stopping_) {
        if (auto pause = paused_()) {
            standing_.paused(std::move(*pause));
            co_await rest(look_after_pause);
            continue;
        }
        standing_.begun(clock_->now());
        MaybeFailure failure = co_await round();
        const std::int64_t in_a_row = standing_.ended(failure, clock_->now());
        const auto wait = failure ? pause_after(*failure, in_a_row, pace_, exchange_.chance())
                                  : next_wait(route_.flow, pace_.interval, clock_->now());
        if (!stopping_)
            co_await rest_unless_paused(wait);
    }
    standing_.stopped();
}

awaitable<MaybeFailure> SourceFlow::round()
{
    const Result<std::string> cursor = journal_->cursor(route_.flow);
    if (!cursor.ok())
        co_return failure_of(sdk::FailureClass::transient, cursor.problem());
    standing_.change([&](FlowStanding& now) { now.cursor = *cursor; });
    sdk::Event event{exchange_.moment(), sdk::Poll{*cursor}};
    sdk::Step first = co_await exchange_.tell(std::move(event), sdk::AnswerForm::none);
    MaybeFailure failure = co_await follow(std::move(first));
    co_return failure;
}

awaitable<MaybeFailure> SourceFlow::follow(sdk::Step first)
{
    // Depth first: an item is fetched, kept and acknowledged before the next is asked for, so that a list of
    // thousands holds one body in memory at a time.
    std::deque<Pending> next;
    MaybeFailure failure = co_await keep(first, std::string(), false, next);
    while (!failure && !next.empty() && !stopping_) {
        co_await wait_until_intake_has_room();
        Pending pending = std::move(next.front());
        next.pop_front();
        if (!pending.acknowledges && paused_())
            continue;
        Carried carried = co_await exchange_.carry_out(std::move(pending.request));
        std::deque<Pending> following;
        failure = co_await keep(carried.step, carried.reply, pending.acknowledges, following);
        next.insert(next.begin(), std::make_move_iterator(following.begin()), std::make_move_iterator(following.end()));
    }
    co_return failure;
}

awaitable<MaybeFailure> SourceFlow::keep(sdk::Step& step, const std::string& reply, bool acknowledges, std::deque<Pending>& next)
{
    std::vector<std::string> contexts;
    JournalEntry entry;
    entry.states_now = true;
    for (sdk::Payload& payload : step.payloads) {
        contexts.push_back(payload.context);
        entry.messages.push_back(message_of(payload, reply));
    }
    for (sdk::SetAside& item : step.set_aside) {
        contexts.push_back(item.context);
        entry.messages.push_back(message_of(item));
    }
    for (Message& message : entry.messages) {
        message.flow = route_.flow;
        message.source = route_.connector;
        message.plugin_digest = plugin_digest_;
        message.received_at = clock_->now();
        if (message.sender.empty())
            message.sender = route_.sender;
    }
    if (step.cursor)
        entry.cursor = CursorMove{route_.flow, *step.cursor};

    if (!entry.messages.empty() || entry.cursor) {
        using Outcome = Result<std::vector<Journaled>>;
        std::function<void(std::function<void(Outcome)>)> start = [&](std::function<void(Outcome)> done) {
            intake_.append(std::move(entry), route_, std::move(done));
        };
        Outcome journaled = co_await completion_of<Outcome>(std::move(start));
        if (!journaled.ok())
            co_return failure_of(sdk::FailureClass::transient, journaled.problem());
        standing_.change([&](FlowStanding& now) {
            for (const Journaled& one : *journaled)
                now.messages += one.arrival == Arrival::duplicate ? 0 : 1;
            if (step.cursor)
                now.cursor = *step.cursor;
        });
        for (std::size_t i = 0; i < journaled->size(); ++i) {
            sdk::Event event{exchange_.moment(), sdk::Journaled{contexts[i], arrived((*journaled)[i].arrival)}};
            sdk::Step acknowledging = co_await exchange_.tell(std::move(event), sdk::AnswerForm::none);
            if (acknowledging.failure)
                co_return acknowledging.failure;
            for (sdk::Request& request : acknowledging.requests)
                next.push_back({std::move(request), true});
        }
    }
    for (sdk::Request& request : step.requests)
        next.push_back({std::move(request), acknowledges});
    co_return step.failure;
}

}  // namespace lienthong::flow
