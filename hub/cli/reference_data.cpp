#include "hub/cli/reference_data.hpp"

#include "hub/seal/digest.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <filesystem>

namespace lienthong::cli {

namespace {

constexpr const char* computed_folder = "computed";

std::vector<std::string> yaml_files_below(const std::string& folder, bool computed)
{
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error))
        if (entry.is_regular_file() && entry.path().extension() == ".yaml" &&
            is_computation_file(entry.path().string()) == computed)
            files.push_back(entry.path().lexically_normal().string());
    std::sort(files.begin(), files.end());
    return files;
}

/// The names of the fields that mappings store of facts.
compute::FactFieldNames fact_fields(const ReferenceData& data)
{
    compute::FactFieldNames out;
    for (const auto& [name, mapping] : data.mappings)
        if (const auto& fact = mapping->program().fact)
            for (const auto& [field, expression] : fact->fields)
                out[fact->kind].insert(field);
    return out;
}

void load_computations(ReferenceData& data, const mapping::Sha256Hex& digest)
{
    const compute::FactFieldNames fields = fact_fields(data);
    for (const std::string& file : data.computation_files)
        if (auto computation = compute::Computation::load(file, fields, *data.catalogue, digest, data.problems, data.findings))
            data.computations.push_back(std::move(computation));
    const auto twice = compute::overlaps(data.computations);
    data.problems.insert(data.problems.end(), twice.begin(), twice.end());
}

}  // namespace

std::optional<Problem> unknown_facts(const ReferenceData& data, const std::string& kind, const std::string& place)
{
    const compute::FactFieldNames known = fact_fields(data);
    if (kind.empty() || known.contains(kind))
        return std::nullopt;
    std::vector<std::string> kinds;
    for (const auto& [name, fields] : known)
        kinds.push_back(name);
    const auto near = text::nearest(kind, kinds);
    return Problem{"settings.flow", "no mapping makes facts of this kind", place, kind,
                   near.empty() ? "a kind that a mapping names with fact:" : near.front(), {}};
}

std::vector<std::string> mapping_files_below(const std::string& folder)
{
    return yaml_files_below(folder, false);
}

std::vector<std::string> computation_files_below(const std::string& folder)
{
    return yaml_files_below(folder, true);
}

std::shared_ptr<const catalogue::Catalogue> load_catalogue(const std::string& folder, std::vector<Problem>& problems)
{
    return catalogue::Catalogue::load(folder, seal::sha256_hex, problems);
}

bool is_computation_file(const std::string& file)
{
    return std::filesystem::path(file).parent_path().filename() == computed_folder;
}

ReferenceData load_reference_data_of(const std::string& file, const std::string& catalogue, const std::string& mappings)
{
    ReferenceData data;
    const auto digest = [](std::string_view bytes) { return seal::sha256_hex(bytes); };
    data.catalogue = load_catalogue(catalogue, data.problems);
    (is_computation_file(file) ? data.computation_files : data.mapping_files) = {file};
    if (data.catalogue == nullptr)
        return data;
    if (is_computation_file(file)) {
        const compute::FactFieldNames fields = fact_fields(load_reference_data(catalogue, mappings));
        if (auto computation = compute::Computation::load(file, fields, *data.catalogue, digest, data.problems, data.findings))
            data.computations.push_back(std::move(computation));
    } else if (auto mapping = mapping::Mapping::load(file, *data.catalogue, digest, data.problems, data.findings)) {
        data.by_file[file] = mapping;
        data.mappings.emplace(mapping->name(), std::move(mapping));
    }
    return data;
}

ReferenceData load_reference_data(const std::string& catalogue, const std::string& mappings)
{
    ReferenceData data;
    const auto digest = [](std::string_view bytes) { return seal::sha256_hex(bytes); };
    data.catalogue = load_catalogue(catalogue, data.problems);
    data.mapping_files = mapping_files_below(mappings);
    data.computation_files = computation_files_below(mappings);
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
    load_computations(data, digest);
    return data;
}

}  // namespace lienthong::cli
