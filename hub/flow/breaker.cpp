#include "hub/flow/breaker.hpp"

#include <algorithm>
#include <cmath>

namespace lienthong::flow {
namespace {

Millis left(Instant until, Instant now)
{
    // Rounded up, so that whoever waits as long is let in.
    return std::max(Millis(1), std::chrono::ceil<Millis>(until - now));
}

}  // namespace

std::optional<Millis> Breaker::wait(Instant now) const
{
    if (state_ == State::closed || now >= until_)
        return std::nullopt;
    // How long a probe takes nobody knows; it is looked at again soon.
    return state_ == State::open ? left(until_, now) : std::min(left(until_, now), Millis(1'000));
}

std::optional<Millis> Breaker::enter(Instant now)
{
    const auto pause = wait(now);
    if (!pause && state_ != State::closed) {
        state_ = State::half_open;
        until_ = now + settings_.probe_patience;
    }
    return pause;
}

void Breaker::answered()
{
    state_ = State::closed;
    failures_ = 0;
    probes_failed_ = 0;
}

void Breaker::open(Instant now, double chance)
{
    Millis rest = settings_.first_rest;
    for (int i = 0; i < probes_failed_ && rest < settings_.longest_rest; ++i)
        rest *= 2;
    rest = std::min(rest, settings_.longest_rest);
    const auto half = static_cast<double>(rest.count()) / 2;
    state_ = State::open;
    until_ = now + Millis(static_cast<std::int64_t>(half + half * chance));
}

void Breaker::failed(Instant now, double chance)
{
    ++failures_;
    if (state_ == State::half_open) {
        ++probes_failed_;
        open(now, chance);
    } else if (state_ == State::closed && failures_ >= settings_.most_failures) {
        open(now, chance);
    }
    // In the open state it is the end of a request that left before; the rest is long enough already.
}

void Breaker::withdrawn()
{
    // The next one may try at once: until_ lies in the past or present of whoever asks.
    if (state_ == State::half_open) {
        state_ = State::open;
        until_ = Instant{};
    }
}

void RetryBudget::earn(double count)
{
    in_hand_ = std::min(settings_.most, in_hand_ + count);
}

std::optional<Millis> RetryBudget::again(Instant now)
{
    const double each_milli = settings_.per_minute / 60'000;
    if (last_)
        earn(each_milli * static_cast<double>(std::chrono::duration_cast<Millis>(now - *last_).count()));
    last_ = now;
    if (in_hand_ >= 1) {
        in_hand_ -= 1;
        return std::nullopt;
    }
    return Millis(static_cast<std::int64_t>(std::ceil((1 - in_hand_) / each_milli)));
}

}  // namespace lienthong::flow
