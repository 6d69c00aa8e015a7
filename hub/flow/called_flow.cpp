// A call's walk: to the connector, into the journal, back to the connector, and only then to the caller.
#include "hub/flow/called_flow.hpp"

#include "hub/flow/agency_scope.hpp"
#include "hub/flow/awaiting.hpp"
#include "hub/flow/failure.hpp"
#include "hub/flow/step_messages.hpp"
#include "hub/model/json_text.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <stdexcept>

namespace lienthong::flow {
namespace {

using boost::asio::awaitable;

constexpr std::chrono::seconds between_lines{10};

/// Only a broken promise of ours ends a walk by an exception.
void end_loudly(const std::exception_ptr& error)
{
    if (error)
        std::rethrow_exception(error);
}

sdk::Failure failure_of(sdk::FailureClass kind, std::string code, std::string detail)
{
    return {kind, std::move(code), std::move(detail), {}, 0};
}

CallOutcome outcome_of(bool set_aside, Arrival arrival)
{
    if (arrival == Arrival::duplicate)
        return CallOutcome::duplicate;
    if (set_aside)
        return CallOutcome::set_aside;
    return arrival == Arrival::conflict ? CallOutcome::conflict : CallOutcome::received;
}

/// What the journal keeps of how a message came, canonical; read again when it is taken up after a crash.
std::string attributes_of(const Call& call, const std::string& why, const std::string& of_connector)
{
    JsonWriter out;
    out.begin_object().key("agencies").begin_array();
    for (const std::string& agency : call.agencies)
        out.text(agency);
    out.end_array().member("called", call.method + ' ' + call.target).member("caller", call.caller);
    if (!of_connector.empty())
        out.member("connector", of_connector);
    out.member("route", call.route);
    if (!why.empty())
        out.member("why", why);
    return out.end_object().take();
}

std::string named(const Call& call)
{
    return "the call " + call.method + ' ' + shortened(call.target, 120) + " of " + call.caller;
}

}  // namespace

struct CalledFlow::Ongoing
{
    Ongoing(const boost::asio::any_io_executor& executor, Call of, sdk::Route at, Answered to)
        : call(std::move(of)), route(std::move(at)), answered(std::move(to)), deadline(executor)
    {
    }
    void answer(CallAnswer with)
    {
        deadline.cancel();
        std::exchange(answered, nullptr)(std::move(with));
    }
    Call call;
    sdk::Route route;
    Answered answered;  ///< Null once it has run.
    boost::asio::steady_timer deadline;
    std::string odd;  ///< What an operator should know of it although it was answered.
};

/// What is known of one message of a call beside its bytes, which the journal has by then.
struct CalledFlow::Item
{
    std::string context;
    std::string source_id;
    std::string why;  ///< Of an item set aside.
    bool set_aside = false;
};

struct CalledFlow::Kept
{
    CallOutcome outcome = CallOutcome::answered;
    std::optional<sdk::Response> response;
    std::optional<sdk::Failure> failure;
};

std::string_view to_text(CallOutcome outcome)
{
    constexpr std::array names = {"answered", "duplicate", "received", "set_aside", "conflict", "fallback"};
    return names.at(static_cast<std::size_t>(outcome));
}

CalledFlow::CalledFlow(boost::asio::any_io_executor executor, Route route, std::vector<sdk::Route> offered, ExchangeParts parts,
                       Intake& intake, Say say, PausedNow paused)
    : executor_(std::move(executor)), route_(std::move(route)), offered_(std::move(offered)), exchange_(parts), intake_(intake),
      clock_(parts.clock), plugin_digest_(parts.machine->digest()), say_(std::move(say)),
      paused_(paused ? std::move(paused) : PausedNow([] { return std::nullopt; })),
      standing_(route_.flow, route_.connector, "called")
{
    standing_.change([](FlowStanding& now) { now.state = "waiting"; });
}

void CalledFlow::take(Call call, Answered answered)
{
    const auto route = std::find_if(offered_.begin(), offered_.end(), [&](const sdk::Route& one) { return one.name == call.route; });
    if (route == offered_.end())
        throw std::logic_error("a call of a route that is not offered: " + call.route);
    auto ongoing = std::make_shared<Ongoing>(executor_, std::move(call), *route, std::move(answered));
    boost::asio::post(executor_, [this, ongoing] { begin(ongoing); });
}

void CalledFlow::turned_away(std::string sentence)
{
    boost::asio::post(executor_, [this, sentence = std::move(sentence)] {
        standing_.change([&](FlowStanding& now) {
            now.last_attempt = clock_->now();
            now.problem = sentence;
        });
        tell_operator(sentence);
    });
}

FlowStanding CalledFlow::standing() const
{
    FlowStanding now = standing_.read();
    now.pause = paused_();
    if (now.pause)
        now.state = "paused";
    return now;
}

void CalledFlow::begin(const std::shared_ptr<Ongoing>& ongoing)
{
    if (const auto pause = paused_()) {
        standing_.change([&](FlowStanding& now) { now.last_attempt = clock_->now(); });
        tell_operator(named(ongoing->call) + " was answered with the fallback: the flow is paused since " + lienthong::to_text(pause->since) + " [flow.paused]");
        ongoing->answer({ongoing->route.fallback, CallOutcome::fallback});
        return;
    }
    standing_.begun(clock_->now());
    if (intake_.is_busy()) {
        fall_back(*ongoing, failure_of(sdk::FailureClass::transient, "flow.busy", named(ongoing->call) + " came while too many messages were on their way"));
        return;
    }
    ongoing->deadline.expires_after(std::chrono::milliseconds(ongoing->route.deadline_millis));
    ongoing->deadline.async_wait([this, ongoing](const boost::system::error_code& error) {
        if (!error)
            fall_back(*ongoing, failure_of(sdk::FailureClass::transient, "called.late",
                                           named(ongoing->call) + " had no answer within " +
                                               std::to_string(ongoing->route.deadline_millis) + " ms"));
    });
    boost::asio::co_spawn(executor_, walk(ongoing), end_loudly);
}

awaitable<void> CalledFlow::walk(std::shared_ptr<Ongoing> ongoing)
{
    const Call& call = ongoing->call;
    sdk::InboundRequest request;
    request.route = call.route;
    request.method = call.method;
    request.target = call.target;
    request.headers = call.headers;
    request.body = call.body;
    sdk::Event event{exchange_.moment(), sdk::Called{std::move(request)}};
    sdk::Step step = co_await exchange_.tell(std::move(event), ongoing->route.form);
    Kept kept = co_await keep(ongoing, std::move(step));
    conclude(*ongoing, std::move(kept));
}

JournalEntry CalledFlow::entry_of(const Call& call, sdk::Step& step, std::vector<Item>& items) const
{
    JournalEntry entry;
    for (sdk::Payload& payload : step.payloads) {
        items.push_back({payload.context, payload.source_id, {}, false});
        entry.messages.push_back(message_of(payload, call.body));
        entry.messages.back().attributes = attributes_of(call, {}, entry.messages.back().attributes);
    }
    for (sdk::SetAside& item : step.set_aside) {
        items.push_back({item.context, item.source_id, item.why, true});
        entry.messages.push_back(message_of(item));
        entry.messages.back().attributes = attributes_of(call, item.why, {});
    }
    for (Message& message : entry.messages) {
        message.flow = route_.flow;
        message.source = route_.connector;
        message.plugin_digest = plugin_digest_;
        message.received_at = clock_->now();
        // Whatever the body says of its sender: these messages are of the one who proved who it is.
        message.sender = call.sender.empty() ? route_.sender : call.sender;
    }
    return entry;
}

awaitable<CalledFlow::Kept> CalledFlow::keep(std::shared_ptr<Ongoing> ongoing, sdk::Step step)
{
    Kept kept;
    kept.response = step.response;
    kept.failure = step.failure;
    if (!kept.failure && (!step.requests.empty() || step.cursor))
        kept.failure = failure_of(sdk::FailureClass::permanent, "called.asks", "the connector asks for requests or moves a cursor while a caller waits");
    std::vector<Item> items;
    JournalEntry entry = entry_of(ongoing->call, step, items);
    if (kept.failure || entry.messages.empty())
        co_return kept;

    Route route = route_;
    route.scope.agencies = both_allow(route_.scope.agencies, ongoing->call.agencies);
    using Outcome = Result<std::vector<Journaled>>;
    std::function<void(std::function<void(Outcome)>)> start = [&](std::function<void(Outcome)> done) {
        intake_.append(std::move(entry), route, std::move(done));
    };
    Outcome journaled = co_await completion_of<Outcome>(std::move(start));
    if (!journaled.ok()) {
        kept.failure = failure_of(sdk::FailureClass::transient, journaled.problem());
        co_return kept;
    }
    standing_.change([&](FlowStanding& now) {
        for (const Journaled& one : *journaled)
            now.messages += one.arrival == Arrival::duplicate ? 0 : 1;
    });
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Item& item = items[i];
        const CallOutcome outcome = outcome_of(item.set_aside, (*journaled)[i].arrival);
        kept.outcome = std::max(kept.outcome, outcome);
        if (outcome == CallOutcome::set_aside)
            ongoing->odd = "was set aside: " + shortened(item.why);
        if (outcome == CallOutcome::conflict)
            ongoing->odd = "brings other content under an id that was received before (" + shortened(item.source_id, 80) + "); both are kept";
        sdk::Event event{exchange_.moment(), sdk::Journaled{item.context, arrived((*journaled)[i].arrival)}};
        sdk::Step said = co_await exchange_.tell(std::move(event), sdk::AnswerForm::none);
        if (said.response)
            kept.response = std::move(said.response);
        if (said.failure) {
            kept.failure = std::move(said.failure);
            co_return kept;
        }
    }
    co_return kept;
}

void CalledFlow::conclude(Ongoing& ongoing, Kept kept)
{
    if (!kept.failure && (!kept.response || kept.response->status < 200 || kept.response->status > 599))
        kept.failure = failure_of(sdk::FailureClass::permanent, "called.no_answer", "the connector gives no answer with a status from 200 to 599");
    if (kept.failure) {
        kept.failure->detail = named(ongoing.call) + " went wrong: " + kept.failure->detail;
        fall_back(ongoing, *kept.failure);
        return;
    }
    if (!ongoing.answered)
        return;  // The deadline was first, and stays what an operator sees of this call.
    standing_.ended(std::nullopt, clock_->now());
    if (!ongoing.odd.empty()) {
        const std::string sentence = named(ongoing.call) + ' ' + ongoing.odd;
        standing_.change([&](FlowStanding& now) { now.problem = sentence; });
        tell_operator(sentence);
    }
    ongoing.answer({std::move(*kept.response), kept.outcome});
}

void CalledFlow::fall_back(Ongoing& ongoing, const sdk::Failure& failure)
{
    standing_.ended(failure, clock_->now());
    tell_operator(sentence_of(failure));
    if (ongoing.answered)
        ongoing.answer({ongoing.route.fallback, CallOutcome::fallback});
}

void CalledFlow::tell_operator(const std::string& sentence)
{
    ++untold_;
    const Time now = clock_->now();
    if (now < next_line_)
        return;
    next_line_ = now + between_lines;
    say_("flow " + route_.flow + ": " + sentence + (untold_ > 1 ? "; and " + std::to_string(untold_ - 1) + " others since the last line" : ""));
    untold_ = 0;
}

}  // namespace lienthong::flow
