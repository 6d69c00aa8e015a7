/// Case check: everything that must hold for one golden case, for the tests of this tree and for connectors built elsewhere.
#pragma once

#include "tests/golden/machine.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::golden {

/// Told of each fault that was played, and whether all held.
using Played = std::function<void(std::string_view fault, bool good)>;

/// Plays the case undisturbed, then with each exchange and each entry of the journal failing. What does not hold, in
/// sentences. `update` first writes what the connector did into the case's folder.
[[nodiscard]] std::vector<std::string> broken_in(const std::filesystem::path& directory, const PluginPlace& plugin, bool update,
                                                 const Played& played = {});

/// Killed after a step means dead, or only just started, when the next event comes.
enum class When : std::uint8_t { after_every_step, with_every_event_in_hand };

/// Plays the case through a worker that is killed so: nobody may be able to tell the difference. `kills`: how often it was.
[[nodiscard]] std::vector<std::string> broken_when_killed(const std::filesystem::path& directory, const PluginPlace& plugin,
                                                          When when, std::size_t& kills);

}  // namespace lienthong::golden
