/// What the axis holds for us: the packages that wait. What was acknowledged leaves its list, so nothing is said about what is gone.
#pragma once

#include "hub/sdk/failures.hpp"

namespace qlvb {

/// One item for each package on the axis's list.
inline lienthong::sdk::Step inventory_of(const lienthong::sdk::Answer& answer)
{
    using namespace lienthong::sdk;
    Step step;
    step.inventory.emplace();
    for (TreeView at = answer.document.child_any_case("data").first(); at; at = at.next()) {
        const std::string_view from = at.child_any_case("from").text();
        const std::string standing = excerpt(at.child_any_case("status").text(), 40);
        step.inventory->listed.push_back({std::string(at.child_any_case("docId").text()), {}, {},
                                          standing + (from.empty() ? "" : " from " + excerpt(from, 40))});
    }
    return step;
}

}  // namespace qlvb
