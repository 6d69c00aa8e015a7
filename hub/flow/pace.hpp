/// Pace: when a flow tries again. Pure: from what happened to how long to wait.
#pragma once

#include "hub/sdk/connector.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace lienthong::flow {

struct PaceSettings
{
    std::chrono::milliseconds interval{std::chrono::seconds(60)};  ///< Between two successful rounds.
    std::chrono::milliseconds first_pause{1'000};                  ///< After the first failure; doubled each time.
    std::chrono::milliseconds longest_pause{std::chrono::minutes(5)};
};

/// How long to wait after a round. A permanent failure waits the longest pause: a person has to act first, and
/// the next try shows whether that happened. A throttled one waits at least as long as the source asked for.
[[nodiscard]] std::chrono::milliseconds pause_after(const std::optional<sdk::Failure>& failure, std::int64_t failures_in_a_row,
                                                    const PaceSettings& settings);

}  // namespace lienthong::flow
