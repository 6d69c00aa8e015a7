#include "hub/cli/mapping_folders.hpp"

#include "hub/cli/installation.hpp"
#include "hub/cli/settings.hpp"

#include <filesystem>

namespace lienthong::cli {
namespace {

constexpr const char* mappings_here = "mappings";
constexpr const char* catalogue_here = "mappings/catalogue";

bool complete(const MappingFolders& folders, Wanted wanted)
{
    return !folders.catalogue.empty() && (wanted == Wanted::catalogue || !folders.mappings.empty());
}

/// The options that would do instead of a configuration.
std::string options_for(const MappingFolders& told, Wanted wanted)
{
    std::string out = told.catalogue.empty() ? "--catalogue FOLDER" : "";
    if (wanted == Wanted::both && told.mappings.empty())
        out += std::string(out.empty() ? "" : " ") + "--mappings FOLDER";
    return out;
}

MappingFolders filled(MappingFolders told, const MappingFolders& with)
{
    told.catalogue = told.catalogue.empty() ? with.catalogue : told.catalogue;
    told.mappings = told.mappings.empty() ? with.mappings : told.mappings;
    return told;
}

}  // namespace

std::optional<MappingFolders> mapping_folders(const Common& common, MappingFolders told, Wanted wanted,
                                              std::vector<Problem>& problems)
{
    if (complete(told, wanted))
        return told;
    std::error_code error;
    if (std::filesystem::exists(common.config, error) || common.config_named) {
        const std::size_t before = problems.size();
        if (const auto settings = read_settings(common.config, problems))
            return filled(std::move(told), {settings->catalogue, settings->mappings});
        if (problems.size() > before && problems.back().code == "settings.unreadable")
            problems.back().expected += ", or " + options_for(told, wanted);
        return std::nullopt;
    }
    const auto folder = [&](const char* path) { return std::filesystem::is_directory(path, error) ? path : ""; };
    MappingFolders here = filled(told, {folder(catalogue_here), folder(mappings_here)});
    // Who writes a connector outside of this tree has mappings of his own and the catalogue that came with the program.
    if (!here.mappings.empty())
        here = filled(std::move(here), {came_with_the_program(Came::catalogue), {}});
    if (complete(here, wanted))
        return here;
    problems.push_back({"settings.unreadable",
                        "there is no configuration file here, and no folder mappings with a catalogue",
                        common.config,
                        {},
                        options_for(told, wanted) + ", or --config FILE",
                        {}});
    return std::nullopt;
}

std::optional<MappingFolders> folders_or_print(const Common& common, const MappingFolders& told, Wanted wanted)
{
    std::vector<Problem> problems;
    auto folders = mapping_folders(common, told, wanted, problems);
    if (!folders)
        print_problems(problems, common.json);
    return folders;
}

}  // namespace lienthong::cli
