#include "hub/cli/reference_data.hpp"

#include "hub/seal/digest.hpp"

#include <algorithm>
#include <filesystem>

namespace lienthong::cli {

std::vector<std::string> mapping_files_below(const std::string& folder)
{
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error))
        if (entry.is_regular_file() && entry.path().extension() == ".yaml")
            files.push_back(entry.path().lexically_normal().string());
    std::sort(files.begin(), files.end());
    return files;
}

std::shared_ptr<const catalogue::Catalogue> load_catalogue(const std::string& folder, std::vector<Problem>& problems)
{
    return catalogue::Catalogue::load(folder, seal::sha256_hex, problems);
}

ReferenceData load_reference_data(const std::string& catalogue, const std::string& mappings)
{
    ReferenceData data;
    const auto digest = [](std::string_view bytes) { return seal::sha256_hex(bytes); };
    data.catalogue = load_catalogue(catalogue, data.problems);
    data.mapping_files = mapping_files_below(mappings);
    if (data.catalogue == nullptr)
        return data;
    for (const std::string& file : data.mapping_files) {
        auto mapping = mapping::Mapping::load(file, *data.catalogue, digest, data.problems, data.findings);
        if (mapping == nullptr)
            continue;
        const std::string name = mapping->name();
        data.by_file[file] = mapping;
        if (!data.mappings.emplace(name, std::move(mapping)).second)
            data.problems.push_back({"mapping.duplicate_name", "another file has a mapping of this name", file, name, "a name of its own", {}});
    }
    return data;
}

}  // namespace lienthong::cli
