// lienthong check: every error in the catalogue, in every mapping and in every computation, at once.
#include "hub/cli/formats.hpp"
#include "hub/cli/mapping_folders.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/mapping/coverage.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/workshop/sample.hpp"

#include <cstdio>

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
        for (const mapping::Part& part : mapping::parts_of(*mapping, marks))
            if (part.kind == mapping::PartKind::path && !part.reached)
                out.push_back(
                    {"mapping.path_unmatched", "no sample has anything at this path", part.place, part.found, part.wanted, {}});
    }
    return out;
}

}  // namespace

int check(const Common& common, const MappingOptions& options)
{
    const auto folders = folders_or_print(common, options);
    if (!folders)
        return not_done;
    ReferenceData reference = load_reference_data(folders->catalogue, folders->mappings);
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
        std::printf("%zu mapping files, %zu good, %zu computations, %zu good, %zu errors, %zu findings\n",
                    reference.mapping_files.size(), reference.mappings.size(), reference.computation_files.size(),
                    reference.computations.size(), reference.problems.size(), reference.findings.size());
    }
    return reference.problems.empty() ? done : found_wrong;
}

}  // namespace lienthong::cli
