/// Exact decimals for sums and quotients; never floating point. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lienthong::compute {

/// Exact sum of two canonical decimals (text::decimal_from), as many places as the longer one has: "1.5" + "2" is "3.5".
[[nodiscard]] std::string add(std::string_view a, std::string_view b);

/// dividend / divisor, written with exactly `places` places. Rounded half away from zero: 2.345 with two places is 2.35,
/// -2.345 is -2.35. The divisor is 1 to 10^17, places at most 12.
[[nodiscard]] std::string quotient(std::string_view dividend, std::int64_t divisor, unsigned places);

}  // namespace lienthong::compute
