/// How a fuzz target says that a promise is broken: the process ends where the fuzzer can see it.
#pragma once

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace fuzz {

inline void require(bool kept, const char* promise, std::string_view shown = {})
{
    if (kept)
        return;
    std::cerr << "broken promise: " << promise << ": " << shown.substr(0, 2000) << '\n';
    std::abort();
}

}  // namespace fuzz
