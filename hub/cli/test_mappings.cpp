// lienthong test: runs the samples beside each mapping and compares what comes out with what must.
#include "hub/cli/formats.hpp"
#include "hub/cli/mapping_folders.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/workshop/sample.hpp"

#include <cstdio>

namespace lienthong::cli {

int test_mappings(const Common& common, const MappingOptions& options)
{
    const auto folders = folders_or_print(common, options);
    if (!folders)
        return not_done;
    const ReferenceData reference = load_reference_data(folders->catalogue, folders->mappings);
    print_problems(reference.problems, common.json);
    if (!reference.problems.empty())
        return found_wrong;

    const auto json = format_named("json");
    std::size_t samples = 0;
    std::vector<Problem> different;
    for (const auto& [file, mapping] : reference.by_file) {
        const auto beside = workshop::samples_beside(file);
        const auto format = mapping->renders() ? json : format_named(mapping->format());
        if (format == nullptr)
            continue;
        samples += beside.size();
        if (beside.empty())
            different.push_back({"sample.missing", "this mapping has no sample beside it", file, {}, "<name>.sample.json or .xml", {}});
        const auto found = workshop::check_samples(file, *mapping, *format, *json, *reference.catalogue);
        different.insert(different.end(), found.begin(), found.end());
    }
    print_problems(different, common.json);
    if (!common.json)
        std::printf("%zu mappings, %zu samples, %zu differences\n", reference.by_file.size(), samples, different.size());
    return different.empty() ? done : found_wrong;
}

}  // namespace lienthong::cli
