// The day's round: due, sent, tried again.
#include "hub/flow/reminding.hpp"

#include "hub/compliance/plan.hpp"
#include "hub/flow/awaiting.hpp"
#include "hub/flow/failure.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>

namespace lienthong::flow {
namespace {

using boost::asio::awaitable;
using compliance::Day;

inline constexpr auto no_throw = boost::asio::as_tuple(boost::asio::use_awaitable);

/// A clock that is set meanwhile is noticed within this.
constexpr std::chrono::seconds looking_around{20};
constexpr PaceSettings pace{
    .interval = std::chrono::hours(24), .first_pause = std::chrono::minutes(1), .longest_pause = std::chrono::minutes(30)};

std::optional<sdk::Failure> failure_in(const ReminderRound& round)
{
    if (const Problem* problem = round.transient())
        return failure_of(sdk::FailureClass::transient, *problem);
    if (const Problem* problem = round.permanent())
        return failure_of(sdk::FailureClass::permanent, *problem);
    return std::nullopt;
}

}  // namespace

bool ReminderDay::is_due(Time now, const compliance::NextWorking& next_working) const
{
    const Day today = local_day(now);
    if (next_working(today).value_or(today) != today || now < compliance::start_of(today) + at_)
        return false;
    return today != day_ || (!done_ && now >= not_before_);
}

void ReminderDay::turn(Day today)
{
    if (today == day_)
        return;
    day_ = today;
    done_ = false;
    failures_ = 0;
    not_before_ = {};
    left_out_.clear();
}

const std::set<std::string>& ReminderDay::left_out(Time now)
{
    turn(local_day(now));
    return left_out_;
}

void ReminderDay::ended(Time now, const ReminderRound& round)
{
    turn(local_day(now));
    for (const LetterOutcome& letter : round.letters)
        if (letter.problem && !is_transient(*letter.problem))
            left_out_.insert(letter.letter.agency);
    done_ = round.transient() == nullptr;
    failures_ = done_ ? 0 : failures_ + 1;
    const sdk::Failure again{sdk::FailureClass::transient, {}, {}, {}, 0};
    // There is one sender of reminders: nobody to be kept apart from by chance.
    constexpr double whole_pause = 1;
    not_before_ = done_ ? Time{} : now + pause_after(again, failures_, pace_, whole_pause);
}

Reminding::Reminding(boost::asio::any_io_executor executor, ReminderParts parts, std::chrono::minutes at)
    : timer_(std::move(executor)),
      parts_(std::move(parts)),
      next_working_(compliance::next_working_of(*parts_.catalogue)),
      day_(at, pace),
      standing_("reminders", "mail", "out")
{
    standing_.change([](FlowStanding& now) { now.state = "waiting"; });
}

void Reminding::stop()
{
    stop_.request_stop();
    timer_.cancel();
}

awaitable<void> Reminding::rest()
{
    timer_.expires_after(looking_around);
    auto waited = co_await timer_.async_wait(no_throw);
    (void)waited;
}

awaitable<void> Reminding::run()
{
    while (!stop_.stop_requested()) {
        const Time now = parts_.clock->now();
        if (day_.is_due(now, next_working_)) {
            standing_.begun(now);
            const std::set<std::string> left_out = day_.left_out(now);
            std::function<void(std::function<void(ReminderRound)>)> start = [&](std::function<void(ReminderRound)> done) {
                boost::asio::post(post_, [this, now, left_out, done = std::move(done)] {
                    done(send_reminders(parts_, now, left_out, stop_.get_token()));
                });
            };
            ReminderRound round = co_await completion_of<ReminderRound>(std::move(start));
            day_.ended(now, round);
            standing_.change([&](FlowStanding& standing) { standing.messages += static_cast<std::int64_t>(round.sent()); });
            const std::optional<sdk::Failure> failure = failure_in(round);
            standing_.ended(failure, parts_.clock->now());
        }
        if (!stop_.stop_requested())
            co_await rest();
    }
    standing_.stopped();
}

}  // namespace lienthong::flow
