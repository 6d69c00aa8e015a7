/// What computing indicators is made of in a configured hub, for serve and for the command alike.
#pragma once

#include "hub/cli/data.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/flow/computing.hpp"

#include <functional>
#include <memory>

namespace lienthong::cli {

[[nodiscard]] flow::ComputingParts computing_parts(const Settings& settings, const Data& data, const ReferenceData& reference,
                                                   std::shared_ptr<Clock> clock, std::function<void()> applied);

}  // namespace lienthong::cli
