/// Reference data: the catalogue and the mappings a configuration names, loaded and checked.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/compute/computation.hpp"
#include "hub/mapping/mapping.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::cli {

struct ReferenceData
{
    std::shared_ptr<const catalogue::Catalogue> catalogue;
    std::map<std::string, std::shared_ptr<const mapping::Mapping>> mappings;  ///< By name.
    std::map<std::string, std::shared_ptr<const mapping::Mapping>> by_file;   ///< The same, by file.
    std::vector<std::string> mapping_files;                                   ///< Every file found, checked or not.
    std::vector<std::shared_ptr<const compute::Computation>> computations;    ///< By file.
    std::vector<std::string> computation_files;
    std::vector<Problem> problems;
    std::vector<Problem> findings;
};

/// Loads the catalogue alone; null when there are problems.
[[nodiscard]] std::shared_ptr<const catalogue::Catalogue> load_catalogue(const std::string& folder, std::vector<Problem>& problems);

/// Loads the catalogue, every mapping file below `mappings`, and every computation in its folder `computed`. A problem never
/// ends the loading.
[[nodiscard]] ReferenceData load_reference_data(const std::string& catalogue, const std::string& mappings);

/// A problem where no mapping makes facts of this kind; `place` is the flow's, for the message.
[[nodiscard]] std::optional<Problem> unknown_facts(const ReferenceData& data, const std::string& kind, const std::string& place);

/// Whether a file stands where computations do.
[[nodiscard]] bool is_computation_file(const std::string& file);
/// The catalogue and one file of a mapping, which may stand anywhere, or of a computation. That is held against the facts of
/// the mappings below `mappings`, whose problems are not told; of a mapping's file `mappings` may be empty.
[[nodiscard]] ReferenceData load_reference_data_of(const std::string& file, const std::string& catalogue,
                                                   const std::string& mappings);

/// The mapping files below a folder, sorted: *.yaml in the folders of the connectors.
[[nodiscard]] std::vector<std::string> mapping_files_below(const std::string& folder);
/// The files of computations, sorted: *.yaml in the folder `computed`.
[[nodiscard]] std::vector<std::string> computation_files_below(const std::string& folder);

}  // namespace lienthong::cli
