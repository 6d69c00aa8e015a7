/// Rhythm: how often a source brings something new, learnt from when it did, and whether it is quiet against that.
///
/// A source that answers well and brings nothing looks healthy; only its own past says that something should have come. Pure.
#pragma once

#include "hub/compliance/deadline.hpp"
#include "hub/model/time.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace lienthong::flow {

/// When a source brought something new. What comes together counts once; what goes on and on, once an hour.
class Arrivals
{
public:
    static constexpr std::size_t most_kept = 128;
    static constexpr std::chrono::minutes together{10};
    static constexpr std::chrono::minutes longest_together{60};

    Arrivals() = default;
    /// As they were kept: times() and last() of another, empty or ascending.
    Arrivals(std::vector<Time> times, std::optional<Time> last) : times_(std::move(times)), last_(last) {}

    /// Times that go back are passed over.
    void add(Time at);
    [[nodiscard]] const std::vector<Time>& times() const { return times_; }  ///< First of each burst, ascending.
    [[nodiscard]] std::optional<Time> last() const { return last_; }

private:
    std::vector<Time> times_;
    std::optional<Time> last_;
};

struct Rhythm
{
    std::chrono::seconds usual{};  ///< Median of the pauses between arrivals.
    std::chrono::seconds
        longest{};  ///< The longest that is still usual: of many pauses the longest one is left out, as an outage.
};

/// How much of the time between two moments lies outside days off: a source of an office rests with it. Where the days off are
/// not known every day counts.
[[nodiscard]] std::chrono::seconds working_time(Time from, Time to, const compliance::NextWorking& next_working);

/// Learnt from the latest pauses, measured in working time; at least those of a week, so that the nights are among them. Nothing
/// while there are fewer than four.
[[nodiscard]] std::optional<Rhythm> rhythm_of(const Arrivals& arrivals, const compliance::NextWorking& next_working);

/// A source that should have brought something by now.
struct Quiet
{
    Time since{};     ///< When it last did; where it never did, since when it is watched.
    Time expected{};  ///< By when something should have come.
    std::chrono::seconds usual{};

    friend bool operator==(const Quiet&, const Quiet&) = default;
};

/// How a source's news stand, for people and for metrics.
struct NewsStanding
{
    std::optional<Time> last{};                   ///< When it last brought something new.
    std::optional<std::chrono::seconds> usual{};  ///< How long that usually takes, where it is declared or learnt.
    bool declared = false;
    std::optional<Quiet> quiet{};                 ///< While an alarm says so.
};

/// What a source is measured by, beside when it brought something.
struct Measure
{
    std::optional<std::chrono::seconds> declared{};  ///< How often something is to come at least, where somebody said so.
    Time watched_since{};
    compliance::NextWorking next_working;
};

/// What was declared stands against what was learnt, and counts every hour of every day. A learnt pause may last a quarter longer
/// than the longest usual one, days off not counted. Nothing of a source that never brought anything, unless declared: then it
/// counts from `watched_since`.
[[nodiscard]] std::optional<Quiet> quiet(const Arrivals& arrivals, Time now, const Measure& measure);

}  // namespace lienthong::flow
