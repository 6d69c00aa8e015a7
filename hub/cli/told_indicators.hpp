/// The indicators a way out is confined to: whether the catalogue has them.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/cli/settings.hpp"

#include <vector>

namespace lienthong::cli {

/// A code that never was one is most likely misspelt, and its figures would stay at home unseen. One that is no longer valid
/// is right for the figures of its time.
inline void check_told_indicators(const FlowSettings& flow, const catalogue::Catalogue& known, catalogue::Day today, std::vector<Problem>& problems)
{
    for (const std::string& code : flow.only)
        if (const auto found = known.indicator(code, today); !found.ok() && found.problem().code == "indicator.unknown")
            problems.push_back({"settings.flow", "the flow is to tell an indicator the catalogue does not have", flow.place + " only", code,
                                found.problem().expected, {}});
    if (flow.deliver.empty() && (!flow.only.empty() || flow.whole_report))
        problems.push_back({"settings.flow", "only and whole_report are of a way out", flow.place + " " + flow.name, flow.mapping, "deliver", {}});
}

}  // namespace lienthong::cli
