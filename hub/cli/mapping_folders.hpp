/// Where the work around mappings finds the catalogue and the mappings: as told, else as configured, else where they stand in
/// the folder one works in, the catalogue else as it came with the program. No hub is needed for it, so neither is its configuration.
#pragma once

#include "hub/cli/commands.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lienthong::cli {

struct MappingFolders
{
    std::string catalogue, mappings;  ///< The second is empty where it was not asked for and not told.
};

enum class Wanted { catalogue, both };

/// `told` is what the command line says, empty where it says nothing. Where no configuration was named and there is none here,
/// the folders are ./mappings and ./mappings/catalogue. Nothing after adding why not: what the configuration lacks, or
/// settings.unreadable, which names the options.
[[nodiscard]] std::optional<MappingFolders> mapping_folders(const Common& common, MappingFolders told, Wanted wanted,
                                                            std::vector<Problem>& problems);

/// The same, and prints why not.
[[nodiscard]] std::optional<MappingFolders> folders_or_print(const Common& common, const MappingFolders& told, Wanted wanted);

}  // namespace lienthong::cli
