/// Standing: where each flow stands, for people and for metrics. Written by the flow, read by the faces.
#pragma once

#include "hub/model/time.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::flow {

struct FlowStanding
{
    std::string flow;
    std::string connector;
    std::string direction;     ///< "in", "out"
    std::string state;         ///< "starting", "working", "waiting", "failing", "stopped"
    std::string cursor;
    std::optional<Time> last_attempt;
    std::optional<Time> last_success;
    std::int64_t messages = 0; ///< Taken in, or delivered, since the start of this process.
    std::int64_t failures_in_a_row = 0;
    std::string problem;       ///< Last failure, one sentence; empty after a success.
};

/// One flow's standing behind a lock. Thread-safe.
class Standing
{
public:
    Standing(std::string flow, std::string connector, std::string direction)
    {
        now_.flow = std::move(flow);
        now_.connector = std::move(connector);
        now_.direction = std::move(direction);
        now_.state = "starting";
    }
    template <class Change>
    void change(Change apply)
    {
        std::lock_guard lock(mutex_);
        apply(now_);
    }
    [[nodiscard]] FlowStanding read() const
    {
        std::lock_guard lock(mutex_);
        return now_;
    }

private:
    mutable std::mutex mutex_;
    FlowStanding now_;
};

}  // namespace lienthong::flow
