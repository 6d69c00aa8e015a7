#include "hub/flow/pace.hpp"

#include <algorithm>

namespace lienthong::flow {

std::chrono::milliseconds pause_after(const std::optional<sdk::Failure>& failure, std::int64_t failures_in_a_row,
                                      const PaceSettings& settings)
{
    if (!failure)
        return settings.interval;
    if (failure->kind == sdk::FailureClass::permanent)
        return settings.longest_pause;
    std::chrono::milliseconds pause = settings.first_pause;
    for (std::int64_t i = 1; i < failures_in_a_row && pause < settings.longest_pause; ++i)
        pause *= 2;
    pause = std::min(pause, settings.longest_pause);
    if (failure->kind == sdk::FailureClass::throttled)
        pause = std::max(pause, std::chrono::milliseconds(failure->retry_after_millis));
    return pause;
}

}  // namespace lienthong::flow
