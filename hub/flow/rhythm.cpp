#include "hub/flow/rhythm.hpp"

#include <algorithm>

namespace lienthong::flow {
namespace {

constexpr std::size_t fewest_pauses = 4;
constexpr std::size_t latest_pauses = 20;  ///< Rhythms change; what lies further back says little.
constexpr std::size_t many_pauses = 10;

}  // namespace

void Arrivals::add(Time at)
{
    if (last_ && at <= *last_)
        return;
    const bool with_the_last = last_ && at - *last_ <= together;
    last_ = at;
    if (with_the_last)
        return;
    if (times_.size() == most_kept)
        times_.erase(times_.begin());
    times_.push_back(at);
}

std::optional<Rhythm> rhythm_of(const Arrivals& arrivals)
{
    const std::vector<Time>& times = arrivals.times();
    if (times.size() < fewest_pauses + 1)
        return std::nullopt;
    std::vector<std::chrono::seconds> pauses;
    for (std::size_t i = times.size() - std::min(times.size() - 1, latest_pauses); i < times.size(); ++i)
        pauses.push_back(std::chrono::duration_cast<std::chrono::seconds>(times[i] - times[i - 1]));
    std::sort(pauses.begin(), pauses.end());
    const std::size_t longest = pauses.size() - (pauses.size() >= many_pauses ? 2 : 1);
    return Rhythm{pauses[pauses.size() / 2], pauses[longest]};
}

std::optional<Quiet> quiet(const Arrivals& arrivals, Time now, std::optional<std::chrono::seconds> declared, Time watched_since)
{
    const Time since = arrivals.last().value_or(watched_since);
    Quiet out{since, {}, {}};
    if (declared) {
        out.usual = *declared;
        out.expected = since + *declared;
    } else if (const auto rhythm = rhythm_of(arrivals)) {
        out.usual = rhythm->usual;
        out.expected = since + rhythm->longest + rhythm->longest / 4;
    } else {
        return std::nullopt;
    }
    return now > out.expected ? std::optional(out) : std::nullopt;
}

}  // namespace lienthong::flow
