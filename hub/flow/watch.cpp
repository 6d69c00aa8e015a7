// One look after the other: what arrived, what is quiet, what is due.
#include "hub/flow/watch.hpp"

#include "hub/flow/alarm_text.hpp"
#include "hub/flow/told_receipts.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace lienthong::flow {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t submissions_at_once = 512;
/// A flow polls within seconds of a start; what calls us tries again within minutes.
constexpr std::chrono::seconds settling = 2min;
constexpr std::chrono::milliseconds longest_interval = 20s, shortest_interval = 500ms;
/// Deadlines move by the day, what meets them by the submission, what is recorded by hand at any time.
constexpr std::chrono::seconds deadlines_pause = 60s;
constexpr std::chrono::seconds mail_pause = 5min;
/// An extension may reach far beyond a deadline.
constexpr std::chrono::months longest_extension{13};
constexpr std::chrono::months farthest_deadline{6};

const std::string quiet_code = "flow.quiet", not_here_yet_code = "flow.not_here_yet";

compliance::Span span_around(Time now)
{
    const compliance::Day today = local_day(now);
    const std::chrono::year_month month{today.year(), today.month()};
    return {.from = compliance::Day{(month - longest_extension) / 1}, .to = compliance::Day{(month + farthest_deadline) / 1}};
}

std::chrono::milliseconds interval_for(const std::vector<WatchedRoute>& routes)
{
    std::chrono::milliseconds out = longest_interval;
    for (const WatchedRoute& route : routes)
        if (route.expects_every)
            out = std::min<std::chrono::milliseconds>(out, *route.expects_every / 4);
    return std::max(out, shortest_interval);
}

/// How long a flow is left alone after a start or a pause.
std::chrono::seconds grace_of(const WatchedRoute& route)
{
    return std::min(settling, route.expects_every.value_or(settling));
}

}  // namespace

Watch::Watch(WatchParts parts)
    : parts_(std::move(parts)), next_working_(compliance::next_working_of(*parts_.catalogue)), interval_(interval_for(parts_.routes))
{
}

Result<void> Watch::begin()
{
    const auto kept = parts_.book->watched();
    if (!kept.ok())
        return kept.problem();
    auto open = parts_.book->open_alarms();
    if (!open.ok())
        return open.problem();
    const Time now = parts_.clock->now();
    reach_ = kept->reach;
    for (WatchedRoute& route : parts_.routes) {
        const auto known = std::find_if(kept->flows.begin(), kept->flows.end(), [&](const WatchedFlow& one) { return one.flow == route.flow; });
        const bool is_known = known != kept->flows.end();
        Entry one{.route = route, .watched_since = is_known ? known->watched_since : now, .arrivals = {}, .not_before = now + grace_of(route), .changed = !is_known};
        if (is_known)
            one.arrivals = Arrivals(known->arrivals, known->last);
        flows_.emplace(route.flow, std::move(one));
    }
    const std::lock_guard lock(mutex_);
    for (Alarm& alarm : *open)
        open_.emplace(Key{alarm.flow, alarm.problem.code, alarm.about}, std::move(alarm));
    return {};
}

Result<void> Watch::look()
{
    const Time now = parts_.clock->now();
    if (auto taken = take_in(); !taken.ok())
        return taken;
    if (auto left = end_of_those_gone(now); !left.ok())
        return left;
    if (auto judged = judge_rhythms(now); !judged.ok())
        return judged;
    if (auto judged = judge_deadlines(now); !judged.ok())
        return judged;
    return mail(now);
}

Result<void> Watch::end_of_those_gone(Time now)
{
    for (const Alarm& alarm : alarms()) {
        const bool of_a_deadline = alarm.problem.code == not_here_yet_code;
        if (watching(alarm.flow) != nullptr && !(of_a_deadline && parts_.set.empty()))
            continue;
        if (auto ended = end({alarm.flow, alarm.problem.code, alarm.about}, now, "it is not watched any more / không còn theo dõi"); !ended.ok())
            return ended;
    }
    return {};
}

Watch::Entry* Watch::watching(const std::string& flow)
{
    const auto found = flows_.find(flow);
    return found == flows_.end() ? nullptr : &found->second;
}

Measure Watch::measure_of(const Entry& one) const
{
    return {.declared = one.route.expects_every, .watched_since = one.watched_since, .next_working = next_working_};
}

Result<void> Watch::take_in()
{
    for (;;) {
        const auto brought = parts_.store->brought(reach_, submissions_at_once);
        if (!brought.ok())
            return brought.problem();
        for (const Brought& one : *brought)
            if (Entry* flow = watching(one.flow); flow != nullptr && one.is_news) {
                flow->arrivals.add(one.received_at);
                flow->changed = true;
            }
        Watched now{.reach = brought->empty() ? reach_ : brought->back().submission, .flows = {}};
        for (const auto& [name, flow] : flows_)
            if (flow.changed)
                now.flows.push_back({name, flow.watched_since, flow.arrivals.times(), flow.arrivals.last()});
        // What came and is watched by nobody moves the reach with the next that is.
        if (!now.flows.empty() || brought->size() == submissions_at_once)
            if (auto kept = parts_.book->keep(now); !kept.ok())
                return kept;
        reach_ = now.reach;
        for (auto& [name, flow] : flows_)
            flow.changed = false;
        if (brought->size() < submissions_at_once)
            return {};
    }
}

Result<void> Watch::judge_rhythms(Time now)
{
    for (auto& [name, flow] : flows_) {
        if (flow.route.paused && flow.route.paused())
            flow.not_before = now + grace_of(flow.route);
        const Measure measure = measure_of(flow);
        const auto quiet = flow.route.raises_quiet ? flow::quiet(flow.arrivals, now, measure) : std::nullopt;
        const Key key{name, quiet_code, {}};
        std::optional<Time> quiet_since;
        {
            const std::lock_guard lock(mutex_);
            if (const auto found = open_.find(key); found != open_.end())
                quiet_since = found->second.since;
        }
        bool is_open = quiet_since.has_value();
        Result<void> done;
        if (quiet && !is_open && now >= flow.not_before) {
            Alarm alarm{.flow = name, .problem = quiet_problem(name, *quiet, flow.route.expects_every.has_value())};
            alarm.since = quiet->since;
            alarm.expected = quiet->expected;
            alarm.usual = quiet->usual;
            alarm.raised_at = now;
            done = raise(std::move(alarm));
            is_open = true;
        } else if (!quiet && is_open) {
            const auto last = flow.arrivals.last();
            done = end(key, now,
                       last && *last > *quiet_since ? "something new came at " + to_text(*last) + " / đã có gói tin mới lúc " + to_text(*last)
                            : "nothing is expected any more / không còn chờ gói tin");
            is_open = false;
        }
        if (!done.ok())
            return done;
        NewsStanding standing{.last = flow.arrivals.last(), .usual = flow.route.expects_every, .declared = flow.route.expects_every.has_value(),
                              .quiet = is_open ? quiet : std::nullopt};
        if (!standing.usual)
            if (const auto rhythm = rhythm_of(flow.arrivals, next_working_))
                standing.usual = rhythm->usual;
        const std::lock_guard lock(mutex_);
        news_[name] = standing;
    }
    return {};
}

Result<void> Watch::judge_deadlines(Time now)
{
    if (parts_.set.empty() || (deadlines_judged_ && now - *deadlines_judged_ < deadlines_pause && deadlines_reach_ == reach_))
        return {};
    if (planned_on_ != local_day(now)) {
        auto plan = compliance::plan_of(*parts_.catalogue, parts_.set, span_around(now));
        if (!plan.ok())
            return plan.problem();
        planned_ = std::move(plan->obligations);
        planned_on_ = local_day(now);
    }
    const auto events = known_events(*parts_.events, parts_.store.get(), planned_);
    if (!events.ok())
        return events.problem();
    const auto near = forthcoming(*parts_.store, planned_, *events, now, parts_.deadline_days, next_working_);
    if (!near.ok())
        return near.problem();
    std::set<Key> lacking;
    held_back_ = false;
    for (const Forthcoming& one : *near) {
        if (watching(one.flow) == nullptr)
            continue;
        lacking.emplace(one.flow, not_here_yet_code, to_text(one.closes));
        if (auto judged = judge_deadline(one, now); !judged.ok())
            return judged;
    }
    std::vector<Alarm> over;
    for (const Alarm& alarm : alarms())
        if (alarm.problem.code == not_here_yet_code && !lacking.contains({alarm.flow, alarm.problem.code, alarm.about}))
            over.push_back(alarm);
    for (const Alarm& alarm : over) {
        const bool late = now >= alarm.expected;
        auto ended = end({alarm.flow, alarm.problem.code, alarm.about}, now,
                         late ? "the deadline has passed, and this never came: " + alarm.problem.found + " / đã hết thời hạn mà chưa nhận được: " + alarm.problem.found
                              : std::string("all of it is there / đã nhận đủ"));
        if (!ended.ok())
            return ended;
    }
    deadlines_judged_ = held_back_ ? std::optional<Time>() : now;
    deadlines_reach_ = reach_;
    return {};
}

Result<void> Watch::judge_deadline(const Forthcoming& one, Time now)
{
    const Entry& flow = *watching(one.flow);
    const Key key{one.flow, not_here_yet_code, to_text(one.closes)};
    const std::optional<Pause> pause = flow.route.paused ? flow.route.paused() : std::nullopt;
    Problem problem = not_here_yet_problem(one, pause);
    std::optional<Alarm> known;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = open_.find(key); found != open_.end())
            known = found->second;
    }
    if (!known) {
        // A pause is no excuse: that the figures will be missed is what whoever paused the flow has to hear.
        if (!pause && now < flow.not_before) {
            held_back_ = true;
            return {};
        }
        Alarm alarm{.flow = one.flow, .about = to_text(one.closes), .problem = std::move(problem)};
        alarm.since = now;
        alarm.expected = one.closes;
        alarm.raised_at = now;
        return raise(std::move(alarm));
    }
    if (known->problem == problem)
        return {};
    known->problem = std::move(problem);
    if (auto changed = parts_.book->change(*known); !changed.ok())
        return changed;
    const std::lock_guard lock(mutex_);
    open_[key] = *std::move(known);
    return {};
}

Result<void> Watch::raise(Alarm alarm)
{
    const auto id = parts_.book->raise(alarm);
    if (!id.ok())
        return id.problem();
    alarm.id = *id;
    if (parts_.say)
        parts_.say(line_of(alarm));
    const std::lock_guard lock(mutex_);
    Key key{alarm.flow, alarm.problem.code, alarm.about};
    open_.emplace(std::move(key), std::move(alarm));
    return {};
}

Result<void> Watch::end(const Key& key, Time now, std::string why)
{
    Alarm alarm;
    {
        const std::lock_guard lock(mutex_);
        alarm = open_.at(key);
    }
    alarm.ended_at = now;
    alarm.ended_by = std::move(why);
    if (auto kept = parts_.book->change(alarm); !kept.ok())
        return kept;
    if (parts_.say)
        parts_.say(line_of(alarm));
    const std::lock_guard lock(mutex_);
    open_.erase(key);
    return {};
}

Result<void> Watch::mail(Time now)
{
    if (parts_.post.mailer == nullptr || parts_.post.to.empty() || now < mail_not_before_)
        return {};
    const auto pending = parts_.book->unmailed();
    if (!pending.ok())
        return pending.problem();
    if (pending->empty())
        return {};
    Mail mail = mail_of(*pending, parts_.post.base_url);
    mail.from = parts_.post.from;
    mail.to = parts_.post.to;
    const auto taken = parts_.post.mailer->send(mail);
    if (!taken.ok()) {
        mail_not_before_ = now + mail_pause;
        if (parts_.say)
            parts_.say("alarms were not mailed: " + taken.problem().sentence());
        return {};
    }
    return parts_.book->mailed(*pending);
}

std::vector<Alarm> Watch::alarms() const
{
    const std::lock_guard lock(mutex_);
    std::vector<Alarm> out;
    for (const auto& [key, alarm] : open_)
        out.push_back(alarm);
    std::sort(out.begin(), out.end(), [](const Alarm& a, const Alarm& b) { return a.id < b.id; });
    return out;
}

NewsStanding Watch::news_of(const std::string& flow) const
{
    const std::lock_guard lock(mutex_);
    const auto found = news_.find(flow);
    return found == news_.end() ? NewsStanding{} : found->second;
}

}  // namespace lienthong::flow
