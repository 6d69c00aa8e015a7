/// Numbers of things, as people write them.
#pragma once

#include <concepts>
#include <string>

namespace lienthong::cli {

/// "1 record", "2 records"; for words whose plural ends in s.
template <std::integral Number>
[[nodiscard]] std::string counted(Number number, const char* word)
{
    return std::to_string(number) + " " + word + (number == 1 ? "" : "s");
}

}  // namespace lienthong::cli
