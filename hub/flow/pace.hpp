/// Pace: when a flow tries again. Pure: from what happened to how long to wait.
#pragma once

#include "hub/model/time.hpp"
#include "hub/sdk/connector.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace lienthong::flow {

struct PaceSettings
{
    std::chrono::milliseconds interval{std::chrono::seconds(60)};  ///< Between two successful rounds.
    std::chrono::milliseconds first_pause{1'000};                  ///< At most that after the first failure; doubled each time.
    std::chrono::milliseconds longest_pause{std::chrono::minutes(5)};
};

/// A number in [0, 1) from a moment's nonce, its first 13 hex digits: as random as the nonce, and no other source needed.
[[nodiscard]] double chance_of(std::string_view nonce);

/// How long to wait after a round that failed, `chance` from 0 to 1 deciding within its bounds.
///
/// Full jitter: after the n-th failure anything up to the n-th doubling of the first pause, so that flows that failed
/// together do not come back together. A permanent failure waits half to all of the longest pause: a person has to act
/// first, and the next try shows whether that happened. A throttled one waits at least as long as the source asked for,
/// and a little more. Never less than a tenth of the first pause.
[[nodiscard]] std::chrono::milliseconds pause_after(const sdk::Failure& failure, std::int64_t failures_in_a_row, const PaceSettings& settings, double chance);

/// How long a flow waits for its first round after the hub's start: a few seconds at most, each flow its own.
[[nodiscard]] std::chrono::milliseconds first_wait(std::string_view flow, std::chrono::milliseconds interval);

/// How long until a flow's next round when all is well. Rounds of one flow fall on a grid of its interval whose place the
/// flow's name decides: flows of one interval are spread over it, after every start in the same way, and do not drift
/// together. A round that took longer than the interval misses its turns.
[[nodiscard]] std::chrono::milliseconds next_wait(std::string_view flow, std::chrono::milliseconds interval, Time now);

}  // namespace lienthong::flow
