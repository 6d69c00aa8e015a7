/// Where check, try and test find the catalogue and the mappings: as told, else as configured.
#pragma once

#include "hub/cli/opened.hpp"

#include <optional>

namespace lienthong::cli {

struct MappingFolders
{
    std::string catalogue, mappings;
};

[[nodiscard]] inline std::optional<MappingFolders> folders_or_print(const Common& common, const MappingOptions& options)
{
    if (!options.catalogue.empty() && !options.mappings.empty())
        return MappingFolders{options.catalogue, options.mappings};
    const auto settings = settings_or_print(common);
    if (!settings)
        return std::nullopt;
    return MappingFolders{options.catalogue.empty() ? settings->catalogue : options.catalogue,
                          options.mappings.empty() ? settings->mappings : options.mappings};
}

}  // namespace lienthong::cli
