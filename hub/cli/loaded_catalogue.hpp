/// The catalogue the catalogue's subcommands look at: as mapping_folders.hpp finds it; problems printed when it does not load.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/cli/mapping_folders.hpp"
#include "hub/cli/opened.hpp"
#include "hub/seal/digest.hpp"

#include <memory>
#include <optional>
#include <string>

namespace lienthong::cli {

[[nodiscard]] inline std::optional<std::string> catalogue_folder_or_print(const Common& common, const CatalogueOptions& options)
{
    const auto folders = folders_or_print(common, {options.catalogue, {}}, Wanted::catalogue);
    return folders ? std::optional(folders->catalogue) : std::nullopt;
}

/// Null when it does not load; the problems are then added.
[[nodiscard]] inline std::shared_ptr<const catalogue::Catalogue> load_catalogue(const std::string& folder,
                                                                                std::vector<Problem>& problems)
{
    return catalogue::Catalogue::load(folder, [](std::string_view bytes) { return seal::sha256_hex(bytes); }, problems);
}

[[nodiscard]] inline std::shared_ptr<const catalogue::Catalogue> catalogue_or_print(const Common& common, const std::string& folder)
{
    std::vector<Problem> problems;
    auto loaded = load_catalogue(folder, problems);
    if (loaded == nullptr)
        print_problems(problems, common.json);
    return loaded;
}

}  // namespace lienthong::cli
