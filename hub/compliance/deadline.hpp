/// Deadlines (thời hạn): the day a date rule means for a period, and the moment it ends.
///
/// All functions are pure and thread-safe as long as the working-day function is.
#pragma once

#include "hub/compliance/duty.hpp"
#include "hub/compliance/regime.hpp"
#include "hub/model/result.hpp"
#include "hub/model/time.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::compliance {

/// The day itself when it is a working day, else the next that is; a Saturday worked in exchange is one. Nothing where the
/// days off are not announced yet: they are decided year by year and never guessed. Must never go back.
using NextWorking = std::function<std::optional<Day>(Day)>;

/// 00:00 of that day, +07:00.
[[nodiscard]] Time start_of(Day day);
/// "23/02/2026", as people read it.
[[nodiscard]] std::string day_text(Day day);
[[nodiscard]] Day next(Day day);

struct Deadline
{
    Day named;                 ///< The day the rule names.
    Day due;                   ///< The last day that is in time: `named` or the day before it, moved past days off.
    Time closes{};             ///< The first moment that is late: 00:00 +07:00 after `due`.
    bool provisional = false;  ///< The days off are not announced yet: `due` has not been moved, and may still be.
    std::string reckoning;     ///< How it came to that, in Vietnamese: "trước ngày 18/02/2026: …".
};

/// "trước ngày" is taken first, days off second: what is owed before Wednesday the 18th ends on Tuesday the 17th, and
/// only if that is a day off does it move (QĐ 228/QĐ-UBND 8.1b; Quyết định 17/2022/QĐ-UBND 14.2).
/// Fails with: compliance.due (a day, month or date that cannot be).
[[nodiscard]] Result<Deadline> deadline_of(const Due& due, const Period& period, const NextWorking& next_working);

/// How the deadline of a tier stands to that of the tier it hands to. Days off can push the lower one onto the upper
/// one's day (17, 18 and 20 February 2026 all become the 23rd), or past it where the upper one's rule does not shift.
/// Both dates stand as the act has them; the one who receives has to know.
enum class Squeeze : std::uint8_t { none, same_day, inverted };

struct TierDate
{
    const Tier* tier = nullptr;
    Deadline deadline;
    Squeeze above = Squeeze::none;  ///< Against the tier it hands to.
    Squeeze below = Squeeze::none;  ///< The worst of the tiers that hand to it.
};

/// The dates of all tiers of one class that cover the period, in the regime's order. A tier whose rule cannot be is
/// left out. Points into `regime`.
[[nodiscard]] std::vector<TierDate> tier_dates(const Regime& regime, ReportClass report_class, const Period& period,
                                               const NextWorking& next_working);

}  // namespace lienthong::compliance
