/// Sources: what is known of each foreign system the flows ask, shared by all flows that ask it.
///
/// A source is a host and a port, or a file or folder of this machine. Its breaker, the pause it asked for and its budget of retries count for every flow,
/// so that ten flows of one platform do not find out ten times that it is down.
#pragma once

#include "hub/flow/breaker.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::flow {

/// "host:port" of an address, in lower case, the port of http and https filled in; "scheme://host:port" for another scheme, the
/// whole address up to its query where it names no host, as of a folder. What is no address at all is its own name.
[[nodiscard]] std::string source_of(std::string_view url);

struct SourceSettings
{
    BreakerSettings breaker;
    BudgetSettings budget;
};

/// Why a request may not be sent now.
struct NotNow
{
    Millis wait{0};
    std::string why;  ///< One sentence that names the source.
};

struct SourceStanding
{
    std::string source;
    Breaker::State state = Breaker::State::closed;
    int failures_in_a_row = 0;
    Millis rests{0};      ///< How much longer nobody asks, by the breaker; 0: not at all.
    Millis throttled{0};  ///< How much longer the source itself asked to be left alone.
    std::string problem;  ///< Its last failure, one sentence; empty after an answer.
};

[[nodiscard]] std::string_view breaker_text(Breaker::State state);  ///< "closed", "open", "half_open"

/// Thread-safe.
class Sources
{
public:
    explicit Sources(SourceSettings settings, std::function<Instant()> now = std::chrono::steady_clock::now)
        : settings_(settings), now_(std::move(now))
    {
    }

    /// Makes it known, so that it is shown before it was ever asked.
    void know(const std::string& source);
    /// Nothing: ask once, and call one of answered, failed and withdrawn. `again`: the flow repeats what failed before.
    [[nodiscard]] std::optional<NotNow> enter(const std::string& source, bool again);
    /// As enter() for a request that is no repetition, without taking leave.
    [[nodiscard]] std::optional<NotNow> rests(const std::string& source) const;
    void answered(const std::string& source);
    /// `chance` in [0, 1).
    void failed(const std::string& source, std::string problem, double chance);
    void withdrawn(const std::string& source);
    /// The source asked not to be asked for this long.
    void throttled(const std::string& source, Millis pause);

    [[nodiscard]] std::vector<SourceStanding> standings() const;

private:
    struct Source
    {
        explicit Source(const SourceSettings& settings) : breaker(settings.breaker), budget(settings.budget) {}
        Breaker breaker;
        RetryBudget budget;
        Instant not_before{};
        std::string problem;
    };
    Source& at(const std::string& source);
    static std::optional<NotNow> pause_of(const std::string& name, const Source& source, Instant now);

    const SourceSettings settings_;
    const std::function<Instant()> now_;
    mutable std::mutex mutex_;
    std::map<std::string, Source> sources_;
};

}  // namespace lienthong::flow
