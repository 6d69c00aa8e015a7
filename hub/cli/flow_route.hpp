/// The route of a configured way in.
#pragma once

#include "hub/cli/settings.hpp"
#include "hub/flow/route.hpp"

namespace lienthong::cli {

[[nodiscard]] inline flow::Route route_of(const Settings& settings, const FlowSettings& flow)
{
    flow::Route route;
    route.flow = flow.name;
    route.connector = flow.connector;
    route.mapping = flow.mapping;
    route.sender = flow.sender;
    route.scope.agencies = flow.agencies;
    route.scope.area = settings.province_area;
    route.mode = flow.mode;
    return route;
}

}  // namespace lienthong::cli
