// Which tier of a regime speaks of a period.
#include "hub/compliance/regime.hpp"

#include <algorithm>

namespace lienthong::compliance {

bool Tier::covers(std::string_view role, ReportClass asked, const Period& period) const
{
    if (report_class != asked || std::find(from.begin(), from.end(), role) == from.end() || !validity.holds(last_day(period)))
        return false;
    if (periods.empty())
        return period.kind != PeriodKind::day || due.from == Due::From::period_end;
    return std::any_of(periods.begin(), periods.end(), [&](const PeriodSlot& slot) {
        return slot.kind == period.kind && (slot.part == 0 || slot.part == period.part);
    });
}

const Tier* Regime::tier_for(std::string_view role, ReportClass asked, const Period& period) const
{
    for (const Tier& tier : tiers)
        if (tier.covers(role, asked, period))
            return &tier;
    return nullptr;
}

}  // namespace lienthong::compliance
