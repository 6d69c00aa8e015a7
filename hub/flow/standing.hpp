/// Standing: where each flow stands, for people and for metrics. Written by the flow, read by the faces.
#pragma once

#include "hub/flow/rhythm.hpp"
#include "hub/model/time.hpp"
#include "hub/ports/pauses.hpp"
#include "hub/sdk/connector.hpp"

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::flow {

/// The pause a flow is in now, if any; asked before anything new is taken.
using PausedNow = std::function<std::optional<Pause>()>;

struct FlowStanding
{
    std::string flow;
    std::string connector;
    std::string direction;     ///< "in", "out", "called"
    std::string state;         ///< "starting", "working", "waiting", "failing", "paused", "stopped"
    std::string cursor;
    std::optional<Time> last_attempt;
    std::optional<Time> last_success;
    std::int64_t messages = 0; ///< Taken in, or delivered, since the start of this process.
    std::int64_t failures_in_a_row = 0;
    std::string problem;       ///< Last failure, one sentence; empty after a success.
    std::optional<Pause> pause;          ///< Of "paused": who stopped it, and why.
    std::vector<std::string> sources;    ///< What it asks, "host:port"; see Sources.
    std::optional<NewsStanding> news{};  ///< Of a way in that is watched; see Watch.
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
    /// A round begins.
    void begun(Time now)
    {
        change([now](FlowStanding& standing) {
            standing.state = "working";
            standing.pause.reset();
            standing.last_attempt = now;
        });
    }
    /// A round ended, well or with a failure; how many have failed in a row.
    std::int64_t ended(const std::optional<sdk::Failure>& failure, Time now)
    {
        std::lock_guard lock(mutex_);
        now_.state = failure ? "failing" : "waiting";
        now_.problem = failure ? failure->detail + " [" + failure->code + "]" : "";
        now_.failures_in_a_row = failure ? now_.failures_in_a_row + 1 : 0;
        if (!failure)
            now_.last_success = now;
        return now_.failures_in_a_row;
    }
    /// People want nothing new taken; what was said of the last round stays.
    void paused(Pause pause)
    {
        change([&pause](FlowStanding& standing) {
            standing.state = "paused";
            standing.pause = std::move(pause);
        });
    }
    void stopped()
    {
        change([](FlowStanding& standing) { standing.state = "stopped"; });
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
