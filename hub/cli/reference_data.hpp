/// Reference data: the catalogue and the mappings a configuration names, loaded and checked.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/mapping/mapping.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lienthong::cli {

struct ReferenceData
{
    std::shared_ptr<const catalogue::Catalogue> catalogue;
    std::map<std::string, std::shared_ptr<const mapping::Mapping>> mappings;  ///< By name.
    std::map<std::string, std::shared_ptr<const mapping::Mapping>> by_file;   ///< The same, by file.
    std::vector<std::string> mapping_files;                                   ///< Every file found, checked or not.
    std::vector<Problem> problems;
    std::vector<Problem> findings;
};

/// Loads the catalogue alone; null when there are problems.
[[nodiscard]] std::shared_ptr<const catalogue::Catalogue> load_catalogue(const std::string& folder, std::vector<Problem>& problems);

/// Loads the catalogue and every mapping file below `mappings`. A problem never ends the loading.
[[nodiscard]] ReferenceData load_reference_data(const std::string& catalogue, const std::string& mappings);

/// The mapping files below a folder, sorted: *.yaml in the folders of the connectors.
[[nodiscard]] std::vector<std::string> mapping_files_below(const std::string& folder);

}  // namespace lienthong::cli
