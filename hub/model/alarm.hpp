/// Alarm: something about a flow that an operator hears of once, and once more when it is over.
#pragma once

#include "hub/model/problem.hpp"
#include "hub/model/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace lienthong {

struct Alarm
{
    std::int64_t id = 0;            ///< Given by whoever keeps it; 0 until then.
    std::string flow;
    std::string about{};            ///< What tells it from another alarm of the same flow and code; may be empty.
    Problem problem;                ///< flow.quiet or flow.not_here_yet; its place is the flow.
    Time since{};                   ///< Of flow.quiet: when the flow last brought something new. Else when it was raised.
    Time expected{};                ///< By when something should have come, or is to come at the latest.
    std::chrono::seconds usual{0};  ///< Of flow.quiet: how long it usually takes. Else 0.
    Time raised_at{};
    std::optional<Time> ended_at{};
    std::string ended_by{};         ///< Why it is over, one sentence in Vietnamese and English.

    friend bool operator==(const Alarm&, const Alarm&) = default;
};

}  // namespace lienthong
