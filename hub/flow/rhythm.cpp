#include "hub/flow/rhythm.hpp"

#include <algorithm>

namespace lienthong::flow {
namespace {

using compliance::Day;
using compliance::NextWorking;
using std::chrono::seconds;

constexpr std::size_t fewest_pauses = 4;
constexpr std::size_t latest_pauses = 20;  ///< Rhythms change; what lies further back says little,
constexpr std::chrono::days at_least{7};   ///< but a week has all its nights.
constexpr std::size_t many_pauses = 10;
constexpr int most_days_looked_through = 3 * 366;

bool is_off(Day day, const NextWorking& next_working)
{
    return next_working(day).value_or(day) != day;
}

/// The first moment by which so much working time has gone by since `from`.
Time after_working(Time from, seconds working, const NextWorking& next_working)
{
    Time at = from;
    for (int i = 0; i < most_days_looked_through; ++i) {
        const Day day = local_day(at);
        const Time end = compliance::start_of(compliance::next(day));
        const auto left = std::chrono::floor<seconds>(end - at);
        if (!is_off(day, next_working)) {
            if (working < left)
                return at + working;
            working -= left;
        }
        at = end;
    }
    return at + working;
}

}  // namespace

void Arrivals::add(Time at)
{
    if (last_ && at <= *last_)
        return;
    const bool with_the_last = last_ && at - *last_ <= together && at - times_.back() < longest_together;
    last_ = at;
    if (with_the_last)
        return;
    if (times_.size() == most_kept)
        times_.erase(times_.begin());
    times_.push_back(at);
}

seconds working_time(Time from, Time to, const NextWorking& next_working)
{
    seconds out{};
    for (int i = 0; from < to && i < most_days_looked_through; ++i) {
        const Day day = local_day(from);
        const Time end = std::min(to, compliance::start_of(compliance::next(day)));
        if (!is_off(day, next_working))
            out += std::chrono::floor<seconds>(end - from);
        from = end;
    }
    return out;
}

std::optional<Rhythm> rhythm_of(const Arrivals& arrivals, const NextWorking& next_working)
{
    const std::vector<Time>& times = arrivals.times();
    if (times.size() < fewest_pauses + 1)
        return std::nullopt;
    std::vector<seconds> pauses;
    for (std::size_t i = times.size() - 1; i > 0; --i) {
        if (pauses.size() >= latest_pauses && times.back() - times[i] >= at_least)
            break;
        pauses.push_back(working_time(times[i - 1], times[i], next_working));
    }
    std::sort(pauses.begin(), pauses.end());
    const std::size_t longest = pauses.size() - (pauses.size() >= many_pauses ? 2 : 1);
    return Rhythm{pauses[pauses.size() / 2], pauses[longest]};
}

std::optional<Quiet> quiet(const Arrivals& arrivals, Time now, const Measure& measure)
{
    const Time since = arrivals.last().value_or(measure.watched_since);
    Quiet out{since, {}, {}};
    if (measure.declared) {
        out.usual = *measure.declared;
        out.expected = since + *measure.declared;
    } else if (const auto rhythm = rhythm_of(arrivals, measure.next_working)) {
        out.usual = rhythm->usual;
        out.expected = after_working(since, rhythm->longest + rhythm->longest / 4, measure.next_working);
    } else {
        return std::nullopt;
    }
    return now > out.expected ? std::optional(out) : std::nullopt;
}

}  // namespace lienthong::flow
