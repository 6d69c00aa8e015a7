#include "hub/flow/deliverable.hpp"

#include <algorithm>
#include <set>

namespace lienthong::flow {

std::vector<Observation> to_deliver(std::span<const ServedChange> changes, std::string_view except)
{
    std::vector<Observation> others, all;
    std::set<FigureKey> seen;
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        if (!seen.insert(figure_of(change->row.observation.key)).second)
            continue;
        all.push_back(change->row.observation);
        if (change->row.flow != except || change->row.submission != change->leaf)
            others.push_back(change->row.observation);
    }
    std::vector<Observation>& out = others.empty() ? all : others;
    std::reverse(out.begin(), out.end());
    return std::move(out);
}

}  // namespace lienthong::flow
