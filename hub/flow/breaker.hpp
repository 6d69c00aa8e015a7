/// Breaker and RetryBudget: how much a source that is unwell may still be asked. Pure; told the time, not reading it.
///
/// A source that is down gets no better from being asked by every flow at once, and each attempt costs a flow its
/// whole deadline. So after a few failures in a row it is left alone, then one flow tries for all.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace lienthong::flow {

/// Of the steady clock: a wall clock that is set must not lengthen or end a rest.
using Instant = std::chrono::steady_clock::time_point;
using Millis = std::chrono::milliseconds;

struct BreakerSettings
{
    int most_failures = 5;                          ///< In a row; then it opens.
    Millis first_rest{10'000};                      ///< Doubled after each probe that fails.
    Millis longest_rest{std::chrono::minutes(5)};
    Millis probe_patience{std::chrono::minutes(3)};  ///< A probe nobody heard of again by then is given up.
};

class Breaker
{
public:
    enum class State : std::uint8_t {
        closed,     ///< Asked as flows please.
        open,       ///< Left alone until the rest is over.
        half_open,  ///< One probe is on its way; it decides.
    };

    explicit Breaker(BreakerSettings settings) : settings_(settings) {}

    /// Nothing: ask, and tell what came of it. Else how long to wait before asking for leave again.
    [[nodiscard]] std::optional<Millis> enter(Instant now);
    /// As enter(), without taking the probe.
    [[nodiscard]] std::optional<Millis> wait(Instant now) const;
    /// The source answered, be it with a refusal: it is there.
    void answered();
    /// The source could not be reached or says of itself that it is unwell. `chance` in [0, 1) spreads the rests of
    /// many hubs: half of a rest is random.
    void failed(Instant now, double chance);
    /// Leave was taken, but nothing was asked.
    void withdrawn();

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] int failures() const { return failures_; }
    [[nodiscard]] Instant until() const { return until_; }  ///< Of open: when a probe is due.

private:
    void open(Instant now, double chance);

    BreakerSettings settings_;
    State state_ = State::closed;
    int failures_ = 0;
    int probes_failed_ = 0;
    Instant until_{};  ///< open: end of the rest; half_open: end of patience with the probe.
};

struct BudgetSettings
{
    double share = 0.2;      ///< Retries earned by each request that is none.
    double most = 10;        ///< Retries kept in hand.
    double per_minute = 12;  ///< Earned by time alone, so that a quiet source is tried again at all.
};

/// Bounds how many requests to a source are repetitions, over all flows that share it: a fifth of what is asked
/// anyway, plus a few a minute.
class RetryBudget
{
public:
    explicit RetryBudget(BudgetSettings settings) : settings_(settings), in_hand_(settings.most) {}

    /// A request that repeats nothing.
    void asked() { earn(settings_.share); }
    /// Nothing: the retry is paid for. Else how long until one is earned.
    [[nodiscard]] std::optional<Millis> again(Instant now);

private:
    void earn(double count);

    BudgetSettings settings_;
    double in_hand_;
    std::optional<Instant> last_;
};

}  // namespace lienthong::flow
