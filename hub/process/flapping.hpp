/// Flapping: when the next worker may be started, after deaths that follow too closely on one another.
#pragma once

#include "hub/process/poller.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace lienthong::process {

struct FlappingRule
{
    std::size_t forgiven;              ///< Deaths in a row that cost no pause.
    std::chrono::milliseconds window;  ///< Without a death for so long, the row is broken.
    std::chrono::milliseconds first_pause;
    std::chrono::milliseconds longest_pause;
};

class Flapping
{
public:
    explicit Flapping(FlappingRule rule) : rule_(rule) {}

    void death(SteadyTime now)
    {
        in_a_row_ = in_a_row_ > 0 && now - last_ <= rule_.window ? in_a_row_ + 1 : 1;
        last_ = now;
        next_start_ = now;
        if (in_a_row_ <= rule_.forgiven)
            return;
        auto pause = rule_.first_pause;
        for (std::size_t i = in_a_row_ - rule_.forgiven; i > 1 && pause < rule_.longest_pause; --i)
            pause *= 2;
        next_start_ = now + std::min(pause, rule_.longest_pause);
    }
    /// A program that cannot even be started is never tried again at once.
    void cannot_start(SteadyTime now)
    {
        death(now);
        next_start_ = std::max(next_start_, now + rule_.first_pause);
    }
    [[nodiscard]] SteadyTime next_start() const { return next_start_; }
    [[nodiscard]] bool pausing(SteadyTime now) const { return next_start_ > now; }
    /// More deaths in a row than are forgiven, and the row is not broken yet: somebody should look.
    [[nodiscard]] bool alarming(SteadyTime now) const { return in_a_row_ > rule_.forgiven && now - last_ <= rule_.window; }
    /// A person has looked: the next start is free and the row begins anew.
    void forgive() { *this = Flapping(rule_); }
    [[nodiscard]] std::size_t in_a_row() const { return in_a_row_; }

private:
    FlappingRule rule_;
    std::size_t in_a_row_ = 0;
    SteadyTime last_{};
    SteadyTime next_start_{};
};

}  // namespace lienthong::process
