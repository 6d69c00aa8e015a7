/// The flows' pauses of a configured hub.
#pragma once

#include "hub/cli/settings.hpp"
#include "hub/ports/pauses.hpp"

#include <memory>

namespace lienthong::cli {

/// Opened beside the data, in the same directory. Fails with: operation.*.
[[nodiscard]] Result<std::shared_ptr<Pauses>> open_pauses(const Settings& settings);

}  // namespace lienthong::cli
