// One round: put what sealed leaves brought into the outbox, then take its items one by one as far as they go.
#include "hub/flow/delivery_flow.hpp"

#include "hub/flow/awaiting.hpp"
#include "hub/flow/deliverable.hpp"
#include "hub/flow/failure.hpp"
#include "hub/model/problem_text.hpp"
#include "hub/seal/leaf.hpp"

#include <boost/asio/as_tuple.hpp>

#include <algorithm>
#include <iterator>
#include <limits>

namespace lienthong::flow {
namespace {

using boost::asio::awaitable;
using MaybeFailure = std::optional<sdk::Failure>;

constexpr std::chrono::milliseconds look_after_pause{500}, look_for_pause{1'000};

constexpr const char* told_later =
    "không gửi: lần gửi sau đã có bản mới hơn / not sent: a later item tells the newer version";

inline constexpr auto no_throw = boost::asio::as_tuple(boost::asio::use_awaitable);

sdk::Failure tried_again(const Problem& problem)
{
    return failure_of(sdk::FailureClass::transient, problem);
}

/// As a person reads it beside the item: what was found where, and what to do.
std::string with_remedy(const Problem& problem)
{
    const ProblemText& text = problem_text(problem.code);
    return problem.sentence() + " / " + std::string(text.vi) + ' ' + std::string(text.remedy_vi) + " / " + std::string(text.remedy_en);
}

}  // namespace

DeliveryFlow::DeliveryFlow(boost::asio::any_io_executor executor, DeliveryParts parts)
    : timer_(std::move(executor)), parts_(std::move(parts)), exchange_(parts_.exchange),
      standing_(parts_.flow, parts_.connector, "out")
{
    standing_.change([this](FlowStanding& now) { now.sources = exchange_.sources(); });
}

void DeliveryFlow::stop()
{
    stopping_ = true;
    timer_.cancel();
}

void DeliveryFlow::sealed(std::uint64_t size)
{
    sealed_ = size;
    woken_ = true;
    if (standing_.read().state == "waiting")
        timer_.cancel();
}

awaitable<void> DeliveryFlow::run()
{
    while (!stopping_) {
        if (auto pause = parts_.paused()) {
            standing_.paused(std::move(*pause));
            timer_.expires_after(look_after_pause);
            auto looked = co_await timer_.async_wait(no_throw);
            (void)looked;
            continue;
        }
        auto wait = co_await turn();
        // A pause is shown soon after it was ordered, not only when the next round falls due. New figures do not shorten the
        // wait after a failure.
        for (; !stopping_ && (failed_ || !woken_) && wait.count() > 0 && !parts_.paused(); wait -= look_for_pause) {
            timer_.expires_after(std::min(wait, look_for_pause));
            auto waited = co_await timer_.async_wait(no_throw);
            (void)waited;
        }
    }
    standing_.stopped();
}

awaitable<std::chrono::milliseconds> DeliveryFlow::turn()
{
    woken_ = false;
    standing_.begun(exchange_.now());
    MaybeFailure failure = co_await round();
    const std::int64_t in_a_row = standing_.ended(failure, exchange_.now());
    failed_ = failure.has_value();
    if (failure)
        co_return pause_after(*failure, in_a_row, parts_.pace, exchange_.chance());
    if (woken_)
        co_return std::chrono::milliseconds(0);
    if (held_back_)
        co_return look_for_pause;
    const std::chrono::milliseconds wait = next_wait(parts_.flow, parts_.pace.interval, exchange_.now());
    // An item that was given time is taken up when that is over, however seldom the flow looks for new ones.
    const auto due = parts_.outbox->falls_due(parts_.flow, exchange_.now());
    if (due.ok() && *due)
        co_return std::min(wait, std::chrono::ceil<std::chrono::milliseconds>(**due - exchange_.now()));
    co_return wait;
}

awaitable<MaybeFailure> DeliveryFlow::round()
{
    if (parts_.gather) {
        const Result<void> gathered = co_await parts_.gather();
        if (!gathered.ok())
            co_return tried_again(gathered.problem());
    }
    held_back_ = false;
    const auto added =
        parts_.outbox->enqueue(parts_.flow, parts_.except, sealed_, exchange_.now(), parts_.only, parts_.facts_per_parcel);
    if (!added.ok())
        co_return tried_again(added.problem());
    const KeptInOrder order = parts_.whole_report ? KeptInOrder::reports : KeptInOrder::figures;
    while (!stopping_ && !parts_.paused()) {
        const auto item = parts_.outbox->next(parts_.flow, exchange_.now(), order);
        if (!item.ok())
            co_return tried_again(item.problem());
        if (!item->has_value())
            co_return std::nullopt;
        const auto early = comes_too_early(**item);
        if (!early.ok())
            co_return tried_again(early.problem());
        held_back_ = *early;
        if (held_back_)
            co_return std::nullopt;
        if (auto resting = exchange_.rest())
            co_return resting;
        OutboxItem due = **item;
        MaybeFailure failure = co_await attend(std::move(due));
        if (failure)
            co_return failure;
    }
    co_return std::nullopt;
}

Result<bool> DeliveryFlow::comes_too_early(const OutboxItem& item) const
{
    if (parts_.behind.empty())
        return false;
    const auto finished = parts_.outbox->finished_through(parts_.behind);
    if (!finished.ok())
        return finished.problem();
    return item.leaf > *finished;
}

Result<std::optional<sdk::Parcel>> DeliveryFlow::parcel_of(const OutboxItem& item) const
{
    if (parts_.parcel)
        return parts_.parcel(item);
    const auto entry = parts_.store->leaf(item.leaf);
    if (!entry.ok())
        return entry.problem();
    if (!*entry || !(*entry)->log_index)
        return Problem{"store.no_submission", "the outbox names an entry the log does not have", {}, std::to_string(item.leaf), {}};
    const auto leaf = seal::leaf_from_canonical((*entry)->leaf.text);
    if (!leaf.ok())
        return leaf.problem();
    const std::uint64_t index = *(*entry)->log_index;
    const auto changes = parts_.store->served_changes(index, 0, index + 1, std::numeric_limits<std::int64_t>::max());
    if (!changes.ok())
        return changes.problem();
    sdk::Parcel parcel;
    parcel.id = parts_.flow + "-S" + std::to_string(item.leaf);
    parcel.content_type = "application/json";
    std::vector<Observation> told = to_deliver(*changes, parts_.except, parts_.only);
    if (parts_.whole_report) {
        auto rest = rest_of_reports(*parts_.store, told, index, parts_.except, parts_.only);
        if (!rest.ok())
            return rest.problem();
        told.insert(told.end(), std::make_move_iterator(rest->begin()), std::make_move_iterator(rest->end()));
    }
    const auto bytes = parts_.mapping->render(told, *parts_.catalogue,
                                              {{"id", parcel.id}, {"time", to_text(seal::time_of(*leaf))}});
    if (!bytes.ok())
        return bytes.problem();
    parcel.bytes = *bytes;
    return std::optional(std::move(parcel));
}

awaitable<sdk::Step> DeliveryFlow::follow(sdk::Event event)
{
    sdk::Step step = co_await exchange_.tell(std::move(event), sdk::AnswerForm::none);
    for (;;) {
        const auto kept = keep_names(step);
        // What the partner took is not known to be all, so it is asked before anything is sent again.
        if (!kept.ok()) {
            sdk::Step unkept;
            unkept.failure = failure_of(sdk::FailureClass::unknown, kept.problem());
            co_return unkept;
        }
        if (step.failure || step.delivery || step.requests.empty())
            co_return step;
        sdk::Request request = step.requests.front();
        Carried carried = co_await exchange_.carry_out(std::move(request));
        step = std::move(carried.step);
    }
}

Result<void> DeliveryFlow::keep_names(const sdk::Step& step)
{
    if (!parts_.keep_names)
        return {};
    unkept_.insert(unkept_.end(), step.names.begin(), step.names.end());
    if (unkept_.empty())
        return {};
    auto kept = parts_.keep_names(unkept_);
    // One no partner could have given would stand in the way of all others for ever.
    if (kept.ok() || kept.problem().code == "store.partner_name")
        unkept_.clear();
    return kept;
}

awaitable<MaybeFailure> DeliveryFlow::attend(OutboxItem item)
{
    if (const auto kept = keep_names({}); !kept.ok())
        co_return tried_again(kept.problem());
    auto parcel = parcel_of(item);
    // What our own store does not give now says nothing of the item.
    if (!parcel.ok() && parcel.problem().code.starts_with("store.") && parcel.problem().code != "store.no_submission")
        co_return tried_again(parcel.problem());
    if (!parcel.ok())
        co_return put_down(item, DeliveryState::failed, {}, with_remedy(parcel.problem()), std::chrono::milliseconds(0));
    if (!parcel->has_value())
        co_return put_down(item, DeliveryState::delivered, {}, told_later, std::chrono::milliseconds(0));

    const bool must_ask = item.state == DeliveryState::attempting || item.state == DeliveryState::unknown;
    if (must_ask) {
        sdk::Event asking{exchange_.moment(), sdk::FindOut{**parcel}};
        sdk::Step step = co_await follow(std::move(asking));
        co_return conclude(item, step, true);
    }
    const auto begun = parts_.outbox->begin_attempt(item.id, exchange_.now());
    if (!begun.ok())
        co_return tried_again(begun.problem());
    ++item.attempts;
    sdk::Event sending{exchange_.moment(), sdk::Deliver{**parcel}};
    sdk::Step step = co_await follow(std::move(sending));
    co_return conclude(item, step, false);
}

MaybeFailure DeliveryFlow::put_down(const OutboxItem& item, DeliveryState state, const std::string& receipt,
                                    const std::string& problem, std::chrono::milliseconds pause)
{
    const auto kept = parts_.outbox->finish_attempt(item.id, state, receipt, problem, exchange_.now() + pause);
    if (!kept.ok())
        return tried_again(kept.problem());
    if (state == DeliveryState::delivered)
        standing_.change([](FlowStanding& now) { ++now.messages; });
    return std::nullopt;
}

MaybeFailure DeliveryFlow::conclude(const OutboxItem& item, const sdk::Step& step, bool asked)
{
    constexpr std::chrono::milliseconds at_once{0};
    const sdk::Failure transient{sdk::FailureClass::transient, "not_delivered", {}, {}, 0};
    if (step.delivery) {
        const sdk::DeliveryReport& report = *step.delivery;
        switch (report.outcome) {
        case sdk::Delivery::delivered:
            return put_down(item, DeliveryState::delivered, report.receipt, {}, at_once);
        case sdk::Delivery::refused:
            return put_down(item, DeliveryState::failed, report.receipt, report.detail, at_once);
        case sdk::Delivery::not_delivered:
            // What a question brought to light is sent again at once; a partner that keeps saying so is given time.
            return put_down(item, DeliveryState::pending, {}, report.detail,
                            asked && item.attempts <= 1 ? at_once : pause_after(transient, item.attempts, parts_.pace, exchange_.chance()));
        case sdk::Delivery::unknown:
            break;
        }
        if (asked)
            return put_down(item, DeliveryState::ask_person, report.receipt, report.detail, at_once);
        const MaybeFailure kept = put_down(item, DeliveryState::unknown, report.receipt, report.detail, at_once);
        return kept ? kept : sdk::Failure{sdk::FailureClass::unknown, "outcome_unknown", report.detail, {}, 0};
    }
    const sdk::Failure failure =
        step.failure ? *step.failure
                     : sdk::Failure{sdk::FailureClass::permanent, "no_report", "the connector ended without saying what became of the parcel", {}, 0};
    // Nothing may be sent again before the partner was asked, unless it is certain that nothing was sent.
    const bool may_have_arrived = asked || failure.kind == sdk::FailureClass::unknown;
    // The flow waits for the partner, and this item stays the next; one that our own worker does not survive lets others pass.
    const auto pause = failure.code.starts_with("process.") ? pause_after(failure, item.attempts, parts_.pace, exchange_.chance()) : at_once;
    const MaybeFailure kept =
        put_down(item, may_have_arrived ? DeliveryState::unknown : DeliveryState::pending, {}, sentence_of(failure), pause);
    return kept ? kept : failure;
}

}  // namespace lienthong::flow
