/// The days of a report: when it is due, and between which days its figures are taken.
///
/// Both are plain days of the calendar. That a day off moves a deadline to the next working day is the affair of
/// whoever knows the holidays. All functions are thread-safe.
#pragma once

#include "hub/text/period.hpp"

#include <chrono>
#include <optional>

namespace lienthong::text {

using Day = std::chrono::year_month_day;

/// When the report on a period is due, as an act says it beside the frequency (QĐ 228/QĐ-UBND Sơn La, agency 21):
///   "ngày 30 hàng tháng"                     day 30 of the period's last month        {30}
///   "ngày 02/tháng sau tháng báo cáo"        day 2 of the month after it              {2, 0, following}
///   "ngày 06/4/năm báo cáo"                  6 April of the period's year             {6, 4}
///   "ngày 10/2/năm sau năm báo cáo"          10 February of the year after it         {10, 2, following}
/// A rule with a month names one day of a year. Beside a quarter or a season it is meant for one of them only, which
/// the name of the report tells ("Sơ bộ quý I"): the caller asks for that period and no other.
struct DueRule
{
    unsigned day = 0;        ///< 1–31; with a month, a day that month can have.
    unsigned month = 0;      ///< 1–12, or 0: counted from the last month of the period.
    bool following = false;  ///< In the year after the period's with a month; in the month after its last without.

    friend bool operator==(const DueRule&, const DueRule&) = default;
};

/// Whether such a day exists in some year: 29 February does, 31 April does not.
[[nodiscard]] bool exists(const DueRule& rule);

/// The day the report on `period` is due, before its end or after it. Nothing where that year or month has no such day,
/// as 30 February: the acts do not say what then holds, so the caller takes the month's last day (due_day_or_last), or
/// asks the owner of the rule. Both arguments must exist; std::invalid_argument is our own broken promise.
[[nodiscard]] std::optional<Day> due_day(const DueRule& rule, const Period& period);

/// due_day, or the last day of its month where it has no such day.
[[nodiscard]] Day due_day_or_last(const DueRule& rule, const Period& period);

/// Both days belong to it.
struct Window
{
    Day first{};
    Day last{};

    friend bool operator==(const Window&, const Window&) = default;
};

/// The day of the month the windows of periodic reports begin on (Decree 09/2019/NĐ-CP).
inline constexpr unsigned cutoff_day = 15;
/// The latest day a window may begin on: every month has it.
inline constexpr unsigned latest_cutoff_day = 28;

/// The days whose events a report on `period` covers. By Decree 09/2019/NĐ-CP from the 15th of the month before the
/// period to the 14th of its last month: March is 15 February to 14 March, the first half and the year begin on
/// 15 December of the year before. Where a sector's own regime begins on another day (22: the 22nd to the 21st), that
/// day is `from_day`, 1 to 28; 1 is the calendar period itself, and a day is always itself. `period` must exist;
/// std::invalid_argument is our own broken promise.
[[nodiscard]] Window cutoff_window(const Period& period, unsigned from_day = cutoff_day);

}  // namespace lienthong::text
