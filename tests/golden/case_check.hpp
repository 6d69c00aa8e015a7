/// Case check: everything that must hold for one golden case, for the tests of this tree and for connectors built elsewhere.
#pragma once

#include "tests/golden/machine.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace lienthong::golden {

/// Plays the case undisturbed, then with each exchange and each entry of the journal failing. What does not hold, in
/// sentences. `update` first writes what the connector did into the case's folder.
[[nodiscard]] std::vector<std::string> broken_in(const std::filesystem::path& directory, const PluginPlace& plugin, bool update);

/// Plays the case through a worker that is killed after every step: nobody may be able to tell the difference.
[[nodiscard]] std::vector<std::string> broken_when_killed(const std::filesystem::path& directory, const PluginPlace& plugin);

}  // namespace lienthong::golden
