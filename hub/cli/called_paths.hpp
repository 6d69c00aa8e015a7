/// Where a flow may be called: the connector's routes laid over what the flow's section `called` says.
#pragma once

#include "hub/api/called.hpp"
#include "hub/cli/settings.hpp"
#include "hub/sdk/connector.hpp"

#include <string>
#include <vector>

namespace lienthong::cli {

/// The routes that are open, each with its path; the flow is filled in by the caller. Every problem is added, with the place
/// of the flow's section: a route that is not there, a path that is none or is taken by the hub or by one of `taken`, a proof
/// the hub cannot ask for, a body larger than the server reads, a secret that cannot be used. `flow.called` is set.
[[nodiscard]] std::vector<api::CalledPath> called_paths(const Settings& settings, const FlowSettings& flow,
                                                        const sdk::Description& connector,
                                                        const std::vector<api::CalledPath>& taken,
                                                        std::vector<Problem>& problems);

/// "POST /in/x/Statistic", for people.
[[nodiscard]] std::string listed(const std::vector<api::CalledPath>& paths);

}  // namespace lienthong::cli
