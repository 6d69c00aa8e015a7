/// Processor time of a piece of work, for tests that hold one against another: a loaded machine does not change the ratio.
#pragma once

#include <ctime>

namespace lienthong::testing {

/// Seconds of this process.
template <class Work>
[[nodiscard]] double processor_seconds(Work work)
{
    const std::clock_t begin = std::clock();
    work();
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace lienthong::testing
