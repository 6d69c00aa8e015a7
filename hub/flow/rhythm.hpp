/// Rhythm: how often a source brings something new, learnt from when it did, and whether it is quiet against that.
///
/// A source that answers well and brings nothing looks healthy; only its own past says that something should have come. Pure.
#pragma once

#include "hub/model/time.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace lienthong::flow {

/// When a source brought something new. What comes together counts once.
class Arrivals
{
public:
    static constexpr std::size_t most_kept = 64;
    static constexpr std::chrono::minutes together{10};

    /// Times that go back are passed over.
    void add(Time at);
    [[nodiscard]] const std::vector<Time>& times() const { return times_; }  ///< First of each burst, ascending.
    [[nodiscard]] std::optional<Time> last() const { return last_; }

private:
    std::vector<Time> times_;
    std::optional<Time> last_;
};

struct Rhythm
{
    std::chrono::seconds usual{};  ///< Median of the pauses between arrivals.
    std::chrono::seconds
        longest{};  ///< The longest that is still usual: of many pauses the longest one is left out, as an outage.
};

/// Nothing while there are fewer than four pauses to learn from.
[[nodiscard]] std::optional<Rhythm> rhythm_of(const Arrivals& arrivals);

/// A source that should have brought something by now.
struct Quiet
{
    Time since{};     ///< When it last did.
    Time expected{};  ///< By when something should have come.
    std::chrono::seconds usual{};
};

/// `declared` is how often something is to come at least, where somebody said so; it stands against what was learnt. A learnt
/// pause may last a quarter longer than the longest usual one. Nothing of a source that never brought anything, unless declared:
/// then it counts from `watched_since`.
[[nodiscard]] std::optional<Quiet> quiet(const Arrivals& arrivals, Time now, std::optional<std::chrono::seconds> declared,
                                         Time watched_since);

}  // namespace lienthong::flow
