// Who stands in a set on a day, and in which sets an indicator stands.
#include "hub/catalogue/sets.hpp"

#include "hub/catalogue/refusals.hpp"
#include "hub/catalogue/tables.hpp"

#include <algorithm>

namespace lienthong::catalogue {

const std::vector<IndicatorSet>& Catalogue::indicator_sets() const
{
    return tables_->indicator_sets;
}

const std::vector<Membership>& Catalogue::memberships() const
{
    return tables_->memberships;
}

Result<const IndicatorSet*> Catalogue::indicator_set(std::string_view code, Day day) const
{
    const auto it = tables_->sets_by_code.find(code);
    if (it == tables_->sets_by_code.end())
        return unknown("set.unknown", "set of indicators", code, tables_->near_sets.of(code));
    if (const IndicatorSet* found = on(it->second, day))
        return found;
    return not_valid("set.not_valid", "set of indicators", code, day, it->second);
}

Result<std::vector<const Membership*>> Catalogue::members(std::string_view set, Day day) const
{
    const auto rows = tables_->memberships_by_set.find(set);
    // A catalogue without indicator_sets.csv knows a set by its members alone.
    if (!tables_->indicator_sets.empty() || rows == tables_->memberships_by_set.end())
        if (const auto version = indicator_set(set, day); !version.ok())
            return version.problem();
    std::vector<const Membership*> out;
    if (rows != tables_->memberships_by_set.end())
        std::copy_if(rows->second.begin(), rows->second.end(), std::back_inserter(out),
                     [&](const Membership* member) { return member->validity.holds(day); });
    std::sort(out.begin(), out.end(), [](const Membership* a, const Membership* b) { return a->line < b->line; });
    return out;
}

std::vector<const Membership*> Catalogue::sets_of(std::string_view indicator, Day day) const
{
    std::vector<const Membership*> out;
    const auto rows = tables_->memberships_by_indicator.find(indicator);
    if (rows != tables_->memberships_by_indicator.end())
        std::copy_if(rows->second.begin(), rows->second.end(), std::back_inserter(out),
                     [&](const Membership* member) { return member->validity.holds(day); });
    return out;
}

}  // namespace lienthong::catalogue
