// lienthong test: runs the samples beside each mapping, compares what comes out with what must, and says what none reaches.
#include "hub/cli/counted.hpp"
#include "hub/cli/formats.hpp"
#include "hub/cli/mapping_folders.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/mapping/coverage.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/workshop/sample.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace lienthong::cli {
namespace {

struct Tested
{
    std::string file, name;
    std::size_t samples = 0;
    std::vector<Problem> different;
    std::vector<mapping::Part> parts;
};

Tested tested(const std::string& file, const mapping::Mapping& mapping, const catalogue::Catalogue& catalogue)
{
    Tested out{
        .file = file, .name = mapping.name(), .samples = workshop::samples_beside(file).size(), .different = {}, .parts = {}};
    const auto json = format_named("json");
    const auto format = mapping.renders() ? json : format_named(mapping.format());
    mapping::Marks marks(mapping);
    if (format == nullptr)
        out.different.push_back(
            {"message.format", "there is no reader for this format", file, mapping.format(), "a format the hub reads", {}});
    else if (out.samples == 0)
        out.different.push_back(
            {"sample.missing", "this mapping has no sample beside it", file, {}, "<name>.sample.json or .xml", {}});
    else
        out.different = workshop::check_samples(file, mapping, *format, *json, catalogue, &marks);
    out.parts = mapping::parts_of(mapping, marks);
    return out;
}

/// What no sample reaches; nothing where none of them could be run, for then it is everything and says nothing.
std::vector<Problem> unreached(const Tested& one)
{
    std::vector<Problem> out;
    if (std::none_of(one.parts.begin(), one.parts.end(), [](const mapping::Part& part) { return part.reached; }))
        return out;
    for (const mapping::Part& part : one.parts)
        if (!part.reached)
            out.push_back(mapping::unreached(part));
    return out;
}

void print_json(const std::vector<Tested>& all)
{
    JsonWriter out;
    out.begin_object().key("mappings").begin_array();
    for (const Tested& one : all) {
        const auto missed = unreached(one);
        out.begin_object()
            .member("mapping", one.name)
            .member("file", one.file)
            .member("samples", static_cast<std::int64_t>(one.samples));
        out.member("parts", static_cast<std::int64_t>(one.parts.size()));
        out.member("reached", static_cast<std::int64_t>(one.parts.size() - missed.size()));
        out.member("percent", std::int64_t{mapping::percent_reached(one.parts)});
        write_problems(out, "problems", one.different);
        write_problems(out, "unreached", missed);
        out.end_object();
    }
    std::printf("%s\n", out.end_array().end_object().take().c_str());
}

void print_text(const std::vector<Tested>& all)
{
    std::size_t samples = 0, differences = 0;
    for (const Tested& one : all) {
        print_problems(one.different, false);
        const auto missed = unreached(one);
        for (const Problem& problem : missed)
            std::printf("%s\n", problem.sentence().c_str());
        const auto reached = static_cast<std::size_t>(
            std::count_if(one.parts.begin(), one.parts.end(), [](const mapping::Part& part) { return part.reached; }));
        std::printf("%-24s %10s  %3zu of %3zu parts  %3u %%\n", one.name.c_str(), counted(one.samples, "sample").c_str(), reached,
                    one.parts.size(), mapping::percent_reached(one.parts));
        samples += one.samples;
        differences += one.different.size();
    }
    std::printf("%s, %s, %s\n", counted(all.size(), "mapping").c_str(), counted(samples, "sample").c_str(),
                counted(differences, "difference").c_str());
}

}  // namespace

int test_mappings(const Common& common, const MappingOptions& options)
{
    const auto folders = folders_or_print(common, {options.catalogue, options.mappings}, Wanted::both);
    if (!folders)
        return not_done;
    const ReferenceData reference = load_reference_data(folders->catalogue, folders->mappings);
    const std::string only = options.mapping.empty() ? "" : std::filesystem::path(options.mapping).lexically_normal().string();
    std::vector<Tested> all;
    if (reference.problems.empty())
        for (const auto& [file, mapping] : reference.by_file) {
            std::error_code error;
            if (only.empty() || file == only || std::filesystem::equivalent(file, only, error))
                all.push_back(tested(file, *mapping, *reference.catalogue));
        }
    if (!reference.problems.empty() || all.empty()) {
        print_problems(!reference.problems.empty() ? reference.problems
                                                   : std::vector<Problem>{{"mapping.absent",
                                                                           "no mapping below the folder is this file",
                                                                           folders->mappings,
                                                                           only,
                                                                           "a file below it, or --mappings",
                                                                           {}}},
                       common.json);
        return reference.problems.empty() ? not_done : found_wrong;
    }
    common.json ? print_json(all) : print_text(all);
    const bool good = std::all_of(all.begin(), all.end(), [&](const Tested& one) {
        return one.different.empty() && mapping::percent_reached(one.parts) >= options.cover;
    });
    return good ? done : found_wrong;
}

}  // namespace lienthong::cli
