/// Indicator sets: lists an act or a province keeps, in versions, and which indicator stands in which line of them on a day.
///
/// An indicator is at home in one set, and may stand in others: a yearly resolution lists figures a plan already has, and
/// provinces re-issue their lists (plan 197/KH-UBND Đắk Nông, V.5). Plain values, never changed once loaded; reading them is
/// thread-safe. Columns: mappings/catalogue/README.md.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <string>

namespace lienthong::catalogue {

/// One version of a set: two rows of one code over different days are two versions.
struct IndicatorSet
{
    std::string code;  ///< "DN197"
    std::string name_vi;
    std::string province;  ///< Full code of the area whose list it is ("GSO:67"); empty where it is no province's.
    std::string regime;    ///< Whose deadlines hold for its indicators: a regime of regimes.csv; empty where no act says.
    std::string role;      ///< What the agencies that answer for them are in it: one of its from_roles; empty with `regime`.
    Validity validity;
    std::string act;
    std::string note;
    std::string place;  ///< "indicator_sets.csv:2", for messages.
};

/// That an indicator stands in a set, from a day until before a day.
struct Membership
{
    std::string set;
    unsigned line = 0;  ///< Its position in the set's own order, from 1.
    std::string indicator;
    bool home = false;  ///< The set the indicator's own row names.
    Validity validity;
    std::string act;
    std::string place;  ///< "set_members.csv:12", or of a home set "indicators.csv:12".
};

}  // namespace lienthong::catalogue
