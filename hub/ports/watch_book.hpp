/// WatchBook: what is remembered of the flows' rhythms and of alarms, so that a restart forgets neither.
#pragma once

#include "hub/model/alarm.hpp"
#include "hub/model/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lienthong {

/// When one flow brought something new.
struct WatchedFlow
{
    std::string flow;
    Time watched_since{};
    std::vector<Time> arrivals{};  ///< Ascending, to the microsecond.
    std::optional<Time> last{};    ///< Not before the last of them.

    friend bool operator==(const WatchedFlow&, const WatchedFlow&) = default;
};

/// How far the store was looked through for them, and what came of it.
struct Watched
{
    std::int64_t reach = 0;  ///< The last submission that was looked at; 0 at the beginning.
    std::vector<WatchedFlow> flows{};
};

/// Kept durably. One process writes; others may read. Thread-safe.
class WatchBook
{
public:
    virtual ~WatchBook() = default;
    [[nodiscard]] virtual Result<Watched> watched() const = 0;
    /// These flows as they are now, and the reach they were brought to, together.
    [[nodiscard]] virtual Result<void> keep(const Watched& changed) = 0;

    /// Those that are not over, oldest first.
    [[nodiscard]] virtual Result<std::vector<Alarm>> open_alarms() const = 0;
    /// Keeps a new one and returns its id.
    [[nodiscard]] virtual Result<std::int64_t> raise(const Alarm& alarm) = 0;
    /// What an open one says now; that it is over, where `ended_at` is set.
    [[nodiscard]] virtual Result<void> change(const Alarm& alarm) = 0;

    /// What nobody was mailed of: alarms that are open, and that those are over which somebody was mailed of. Oldest first.
    [[nodiscard]] virtual Result<std::vector<Alarm>> unmailed() const = 0;
    /// They were mailed of as they are.
    [[nodiscard]] virtual Result<void> mailed(const std::vector<Alarm>& alarms) = 0;
};

}  // namespace lienthong
