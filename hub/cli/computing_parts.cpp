#include "hub/cli/computing_parts.hpp"

namespace lienthong::cli {

flow::ComputingParts computing_parts(const Settings& settings, const Data& data, const ReferenceData& reference,
                                     std::shared_ptr<Clock> clock, std::function<void()> applied)
{
    flow::ComputingParts parts;
    parts.facts = data.facts;
    parts.journal = data.journal;
    parts.store = data.store;
    parts.clock = std::move(clock);
    parts.catalogue = reference.catalogue;
    parts.computations = reference.computations;
    parts.area = settings.province_area;
    parts.most_facts = settings.most_facts;
    parts.pause = settings.computing_pause;
    parts.applied = std::move(applied);
    return parts;
}

}  // namespace lienthong::cli
