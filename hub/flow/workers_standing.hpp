/// WorkersStanding: how the processes that do a hub's foreign work fare, for people and for metrics.
#pragma once

#include <cstdint>
#include <string>

namespace lienthong::flow {

struct WorkersStanding
{
    std::string of;                 ///< The flow whose connector they run; "workshop" for those that read and map.
    std::uint64_t ready = 0;        ///< Workers that can take work.
    std::uint64_t deaths = 0;       ///< Unplanned ends since the start of this process.
    std::uint64_t reached_out = 0;  ///< Of these, for asking the kernel for something the sandbox forbids.
    bool flapping = false;          ///< They die faster than they live: an alarm.
    bool pausing = false;           ///< Set aside: the next one is started after a pause, or when released.
    std::string last_end;           ///< How the last one ended, in words; empty while none has.
};

}  // namespace lienthong::flow
