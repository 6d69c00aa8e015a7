/// end_loudly: what a coroutine of the hub is spawned with.
#pragma once

#include <exception>

namespace lienthong::cli {

/// A flow that ends by an exception has broken a promise of ours; the process ends loudly rather than quietly serving without it.
inline void end_loudly(const std::exception_ptr& error)
{
    if (error)
        std::rethrow_exception(error);
}

}  // namespace lienthong::cli
