/// Terms in working days, by the catalogue's calendar. Pure functions.
#pragma once

#include "hub/catalogue/working_days.hpp"
#include "hub/model/result.hpp"

#include <cstdint>

namespace lienthong::compute {

using catalogue::Day;

/// Longest span looked at, in days; what lies further apart is a mistake of the source.
inline constexpr int most_days = 3660;

/// The last day of a term of so many working days from `from`. The day it begins on does not count (Civil Code
/// 91/2015/QH13, Article 147(2)); with 0 it is that day. Fails with: calendar.not_known, compute.span (days over most_days).
[[nodiscard]] Result<Day> last_day(const catalogue::WorkingCalendar& calendar, Day from, std::int64_t working_days);

/// How many working days lie behind `from` up to and with `until`.
/// Fails with: calendar.not_known, compute.span (`until` before `from`, or over most_days behind it).
[[nodiscard]] Result<std::int64_t> working_days_between(const catalogue::WorkingCalendar& calendar, Day from, Day until);

/// Calendar days from one to the other. Fails with: compute.span.
[[nodiscard]] Result<std::int64_t> days_between(Day from, Day until);

}  // namespace lienthong::compute
