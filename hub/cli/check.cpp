// lienthong check: every error in the catalogue, in every mapping and in every computation, at once; or in one file alone.
#include "hub/cli/counted.hpp"
#include "hub/cli/formats.hpp"
#include "hub/cli/mapping_folders.hpp"
#include "hub/cli/names.hpp"
#include "hub/cli/one_file.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/mapping/coverage.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/workshop/sample.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace lienthong::cli {

namespace {

/// Paths at which no sample has anything: a name that was mistyped loads well and gives nothing for ever.
std::vector<Problem> unmatched_paths(const ReferenceData& reference)
{
    std::vector<Problem> out;
    const auto json = format_named("json");
    for (const auto& [file, mapping] : reference.by_file) {
        const auto format = mapping->renders() ? json : format_named(mapping->format());
        if (format == nullptr || workshop::samples_beside(file).empty())
            continue;
        mapping::Marks marks(*mapping);
        (void)workshop::check_samples(file, *mapping, *format, *json, *reference.catalogue, &marks);
        const auto parts = mapping::parts_of(*mapping, marks);
        if (std::none_of(parts.begin(), parts.end(), [](const mapping::Part& part) { return part.reached; }))
            continue;  // No sample could be run: that says nothing of the paths, and test says why.
        for (const mapping::Part& part : parts)
            if (part.kind == mapping::PartKind::path && !part.reached)
                out.push_back(
                    {"mapping.path_unmatched", "no sample has anything at this path", part.place, part.found, part.wanted, {}});
    }
    return out;
}

}  // namespace

int check(const Common& common, const MappingOptions& options)
{
    const std::string file =
        options.mapping.empty() ? "" : std::filesystem::path(options.mapping).lexically_normal().string();
    std::error_code error;
    if (!file.empty() && !std::filesystem::is_regular_file(file, error)) {
        print_problems({no_mapping_file(file)}, common.json);
        return not_done;
    }
    const bool alone = !file.empty() && !is_computation_file(file);
    const auto folders =
        folders_or_print(common, {options.catalogue, options.mappings}, alone ? Wanted::catalogue : Wanted::both);
    if (!folders)
        return not_done;
    ReferenceData reference = file.empty() ? load_reference_data(folders->catalogue, folders->mappings)
                                           : load_reference_data_of(file, folders->catalogue, folders->mappings);
    if (reference.catalogue != nullptr)
        name_near_codes(reference.problems, *reference.catalogue);
    for (Problem& finding : unmatched_paths(reference))
        reference.findings.push_back(std::move(finding));
    if (common.json) {
        JsonWriter out;
        out.begin_object();
        write_problems(out, "problems", reference.problems);
        write_problems(out, "findings", reference.findings);
        out.member("files", static_cast<std::int64_t>(reference.mapping_files.size()))
            .member("good", static_cast<std::int64_t>(reference.mappings.size()));
        std::printf("%s\n", out.end_object().take().c_str());
    } else {
        print_problems(reference.problems, false);
        for (const Problem& finding : reference.findings)
            std::printf("finding  %s\n", finding.sentence().c_str());
        std::printf("%s, %zu good, %s, %zu good, %s, %s\n", counted(reference.mapping_files.size(), "mapping file").c_str(),
                    reference.mappings.size(), counted(reference.computation_files.size(), "computation").c_str(),
                    reference.computations.size(), counted(reference.problems.size(), "error").c_str(),
                    counted(reference.findings.size(), "finding").c_str());
    }
    return reference.problems.empty() ? done : found_wrong;
}

}  // namespace lienthong::cli
