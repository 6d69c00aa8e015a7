/// Reminding: sends reminders once each working day while the hub runs, and at its start where the day's were missed.
#pragma once

#include "hub/flow/pace.hpp"
#include "hub/flow/reminder_round.hpp"
#include "hub/flow/standing.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <chrono>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

namespace lienthong::flow {

/// When the next round is due, as a value: what a day's rounds have come to. Not thread-safe.
class ReminderDay
{
public:
    /// `at`: minutes after 00:00 +07:00. `pace` gives the pauses after a round that failed.
    ReminderDay(std::chrono::minutes at, PaceSettings pace) : at_(at), pace_(pace) {}

    /// On a working day, from `at` on, until a round of the day has nothing left to try again. Where the days off are not
    /// known every day counts.
    [[nodiscard]] bool is_due(Time now, const compliance::NextWorking& next_working) const;
    /// A round that began at `now` ended.
    void ended(Time now, const ReminderRound& round);
    /// Agencies whose mail waits for a person to mend something, or went out unrecorded: not written to again that day.
    [[nodiscard]] const std::set<std::string>& left_out(Time now);

private:
    void turn(compliance::Day today);

    std::chrono::minutes at_;
    PaceSettings pace_;
    compliance::Day day_{};
    bool done_ = false;
    std::int64_t failures_ = 0;
    Time not_before_{};
    std::set<std::string> left_out_;
};

class Reminding
{
public:
    Reminding(boost::asio::any_io_executor executor, ReminderParts parts, std::chrono::minutes at);

    /// Runs until stop(). Spawn it on the executor given; it must outlive it. Mails are sent on a thread of their own, so that a
    /// mail server that hangs holds up nothing but the next mail.
    boost::asio::awaitable<void> run();
    /// On the executor.
    void stop();
    /// The log; see Standing::tell.
    void log_to(Say say) { standing_.tell(std::move(say)); }
    /// Thread-safe. Messages are mails sent since the start of this process.
    [[nodiscard]] FlowStanding standing() const { return standing_.read(); }

private:
    boost::asio::awaitable<void> rest();

    boost::asio::steady_timer timer_;
    ReminderParts parts_;
    compliance::NextWorking next_working_;
    ReminderDay day_;
    Standing standing_;
    std::stop_source stop_;
    boost::asio::thread_pool post_{1};
};

}  // namespace lienthong::flow
