// lienthong check: every error in the catalogue and in every mapping, at once.
#include "hub/cli/mapping_folders.hpp"
#include "hub/cli/reference_data.hpp"

#include <cstdio>

namespace lienthong::cli {

int check(const Common& common, const MappingOptions& options)
{
    const auto folders = folders_or_print(common, options);
    if (!folders)
        return not_done;
    const ReferenceData reference = load_reference_data(folders->catalogue, folders->mappings);
    print_problems(reference.problems, common.json);
    if (!common.json) {
        for (const Problem& finding : reference.findings)
            std::printf("finding  %s\n", finding.sentence().c_str());
        std::printf("%zu mapping files, %zu good, %zu errors, %zu findings\n", reference.mapping_files.size(), reference.mappings.size(),
                    reference.problems.size(), reference.findings.size());
    }
    return reference.problems.empty() ? done : found_wrong;
}

}  // namespace lienthong::cli
