/// Clock: the only way the hub learns what time it is.
#pragma once

#include "hub/model/time.hpp"

namespace lienthong {

class Clock
{
public:
    virtual ~Clock() = default;
    /// Thread-safe.
    [[nodiscard]] virtual Time now() const = 0;
};

/// The machine's own clock.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override
    {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

}  // namespace lienthong
