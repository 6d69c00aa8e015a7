/// Standing: where each flow stands, for people and for metrics. Written by the flow, read by the faces; what changes for the worse or
/// the better is a line of the log.
#pragma once

#include "hub/flow/failure.hpp"
#include "hub/flow/rhythm.hpp"
#include "hub/model/time.hpp"
#include "hub/ports/pauses.hpp"
#include "hub/sdk/connector.hpp"
#include "hub/sdk/failures.hpp"

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
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

/// Takes one line for the operator. Called from a flow's thread; must not block.
using Say = std::function<void(const std::string& line)>;

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
    /// Told from now on when the flow begins to fail, fails otherwise than before, and works again; not once a round.
    void tell(Say say)
    {
        std::lock_guard lock(mutex_);
        say_ = std::move(say);
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
        std::string line;
        Say say;
        std::int64_t in_a_row = 0;
        {
            std::lock_guard lock(mutex_);
            const std::int64_t before = now_.failures_in_a_row;
            now_.state = failure ? "failing" : "waiting";
            now_.problem = failure ? sentence_of(*failure) : "";
            now_.failures_in_a_row = in_a_row = failure ? before + 1 : 0;
            if (!failure)
                now_.last_success = now;
            line = line_of(failure, before);
            say = say_;
        }
        if (say && !line.empty())
            say(line);
        return in_a_row;
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
    static constexpr std::size_t longest_told = 1'000;

    /// Empty where the log has it already. A source that is left alone for a while is what came of the failure told before.
    std::string line_of(const std::optional<sdk::Failure>& failure, std::int64_t failed_before)
    {
        if (!failure) {
            if (std::exchange(told_, {}).empty())
                return {};
            return "flow " + now_.flow + ": works again, after " + std::to_string(failed_before) + " in a row that failed";
        }
        if (failure->code == told_ || failure->code == "source_rests")
            return {};
        told_ = failure->code;
        const bool needs_somebody = failure->kind == sdk::FailureClass::permanent;
        return "flow " + now_.flow + (needs_somebody ? ": fails, and somebody has to act: " : ": fails, and is tried again: ") +
               sdk::excerpt(now_.problem, longest_told);
    }

    mutable std::mutex mutex_;
    FlowStanding now_;
    Say say_;
    std::string told_;  ///< Code of the failure the log has; empty while all is well.
};

}  // namespace lienthong::flow
