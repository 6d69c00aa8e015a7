/// Regimes: by which day each tier of a chain of reports hands on what it has, as data of one act.
///
/// For example QĐ 228/QĐ-UBND Article 8: communes by the 17th, departments before the 18th, the lead by the 25th of the
/// period's last month; Quyết định 17/2022/QĐ-UBND (Lào Cai) Article 14: the 18th and the 20th.
#pragma once

#include "hub/compliance/duty.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::compliance {

/// A kind of period, or one part of it: "báo cáo quý I" is quarter 1.
struct PeriodSlot
{
    PeriodKind kind = PeriodKind::month;
    unsigned part = 0;  ///< 0: every one.
};

struct Tier
{
    std::string code;               ///< "8.1b-department"
    std::vector<std::string> from;  ///< Roles that send (Duty::role).
    std::string to;                 ///< The role that receives; the tier above sends from it.
    ReportClass report_class = ReportClass::periodic;
    std::vector<PeriodSlot> periods{};  ///< Empty: every kind but the day, which has no last month to count in.
    Due due{};
    /// The day of the month the figures' windows begin on (text::cutoff_window), the 15th by Decree 09/2019/NĐ-CP Article 12.
    /// 0: the period itself.
    unsigned cutoff_from_day = 0;
    std::string cutoff_act{};
    catalogue::Validity validity = always();

    /// Whether it says anything of this sender, class and period; validity is asked on the period's last day.
    [[nodiscard]] bool covers(std::string_view role, ReportClass asked, const Period& period) const;
};

struct Regime
{
    std::string code;
    std::string name;
    std::vector<Tier> tiers;  ///< From the bottom up. The first that covers an obligation gives its date.

    [[nodiscard]] const Tier* tier_for(std::string_view role, ReportClass asked, const Period& period) const;
};

}  // namespace lienthong::compliance
