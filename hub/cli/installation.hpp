/// Installation: where the folders stand that come with the programs. The build tree has the same shape as what
/// cmake --install makes, so both are found the same way: from the program's own place.
#pragma once

#include <string>

namespace lienthong::cli {

enum class Came {
    catalogue,   ///< share/lienthong/mappings/catalogue
    mappings,    ///< share/lienthong/mappings
    templates,   ///< share/lienthong/templates: what new connector copies.
    simulators,  ///< share/lienthong/simulators: what simulators stand on.
    plugins,     ///< lib/lienthong/plugins
};

/// Absolute; empty when there is no such folder.
[[nodiscard]] std::string came_with_the_program(Came what);

/// Where find_package looks for the package when it is told this prefix; absolute.
[[nodiscard]] std::string installation_prefix();

}  // namespace lienthong::cli
