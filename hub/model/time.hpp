/// Moments and how they are written: +07:00 unless declared, no daylight saving (Việt Nam).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong {

/// A moment, microseconds since 1970-01-01T00:00:00Z.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// "2025-04-10T09:12:03.482+07:00".
[[nodiscard]] std::string to_text(Time time);

/// Reads RFC 3339 with any offset and up to six fraction digits; nothing else.
[[nodiscard]] std::optional<Time> time_from(std::string_view text);

/// The calendar day in Việt Nam at that moment.
[[nodiscard]] std::chrono::year_month_day local_day(Time time);

}  // namespace lienthong
