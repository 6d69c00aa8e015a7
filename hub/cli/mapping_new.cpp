// lienthong mapping new: a draft mapping from a payload, and what is left for a person to decide.
#include "hub/catalogue/catalogue.hpp"
#include "hub/cli/formats.hpp"
#include "hub/cli/one_file.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/mapping/source_line.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/draft.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

namespace lienthong::cli {
namespace {

struct ReadPayload
{
    std::string format;
    Tree tree;
};

/// From what only documents made for it are to what nearly any text is.
constexpr std::array by_strictness = {"xlsx", "sdmx-ml", "sdmx-json", "json", "xml", "sdmx-csv", "ndjson", "csv"};

/// Whether part of the document could not be read: then it is hardly of this format.
bool has_fault(const Tree& tree)
{
    for (NodeId id = 0; id < tree.size(); ++id)
        if (tree.fault(id) != nullptr)
            return true;
    return false;
}

/// What the payload's first bytes look like: whose words a refusal by all of them is told in.
std::string_view likely_format(std::string_view bytes)
{
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (bytes.starts_with("PK"))
        return "xlsx";
    if (first == std::string_view::npos)
        return "json";
    return bytes[first] == '{' || bytes[first] == '[' ? "json" : bytes[first] == '<' ? "xml" : "csv";
}

/// By the format named, or the strictest that reads all of it; a document package is one before it is plain XML.
Result<ReadPayload> read_payload(const std::string& bytes, const std::string& named)
{
    std::vector<std::string> names = {named};
    if (named.empty()) {
        names.assign(by_strictness.begin(), by_strictness.end());
        if (bytes.find("edXML") != std::string::npos)
            names.insert(names.begin(), "edxml");
    }
    Problem first{"message.format", "there is no reader for this format", {}, named, "a format the hub reads", {}};
    for (const std::string& name : names) {
        const auto format = format_named(name);
        if (format == nullptr)
            continue;
        auto tree = format->read(bytes, FormatLimits{});
        if (tree.ok() && (names.size() == 1 || !has_fault(*tree)))
            return ReadPayload{name, std::move(tree).value()};
        if (!tree.ok() && (names.size() == 1 || name == likely_format(bytes)))
            first = tree.problem();
    }
    return first;
}

/// False after printing that the file is there already or cannot be written.
bool write_new(const Common& common, const std::filesystem::path& path, const std::string& text)
{
    std::error_code error;
    const bool there = std::filesystem::exists(path, error);
    std::ofstream out;
    if (!there)
        out.open(path, std::ios::binary);
    out << text;
    out.close();
    if (!there && out.good())
        return true;
    print_problems({{"settings.unreadable",
                     there ? "this file is there already" : "this file cannot be written",
                     path.string(),
                     {},
                     "a folder without it",
                     {}}},
                   common.json);
    return false;
}

std::string sample_extension(const std::string& format)
{
    return format == "json" ? "json" : format == "csv" || format == "xlsx" ? format : "xml";
}

}  // namespace

int mapping_new(const Common& common, const NewMappingOptions& options)
{
    std::vector<Problem> problems;
    std::string folder = options.catalogue;
    if (folder.empty()) {
        const auto settings = settings_or_print(common);
        if (!settings)
            return not_done;
        folder = settings->catalogue;
    }
    const auto catalogue = load_catalogue(folder, problems);
    if (catalogue == nullptr) {
        print_problems(problems, common.json);
        return not_done;
    }
    const auto bytes = read_one_file(options.from);
    if (!bytes) {
        print_problems({{"settings.unreadable", "the payload cannot be read", options.from, {}, "a readable file", {}}},
                       common.json);
        return not_done;
    }
    const auto payload = read_payload(*bytes, options.format);
    if (!payload.ok()) {
        print_problems({payload.problem()}, common.json);
        return not_done;
    }
    const std::string stem = options.name.substr(options.name.rfind('/') + 1);
    const std::string table_file = stem + "_codes.csv";
    const workshop::Draft draft = workshop::draft_of(payload->tree, options.name, payload->format, table_file, *catalogue);

    const std::filesystem::path out(options.out.empty() ? "." : options.out);
    const std::string file = options.out.empty() ? stem + ".yaml" : (out / (stem + ".yaml")).string();
    if (options.out.empty()) {
        std::printf("%s", draft.mapping.c_str());
    } else {
        std::error_code error;
        std::filesystem::create_directories(out, error);
        if (!write_new(common, file, draft.mapping) ||
            (!draft.table.empty() && !write_new(common, out / table_file, draft.table)) ||
            !write_new(common, out / (stem + ".sample." + sample_extension(payload->format)), *bytes))
            return not_done;
        std::printf("%s, %s%zu records\n", file.c_str(), draft.table.empty() ? "" : (table_file + ", ").c_str(), draft.records);
    }
    std::vector<Problem> open, findings;
    const auto beside = [&](std::string_view name) {
        return name == table_file && !draft.table.empty() ? std::optional(draft.table) : std::nullopt;
    };
    (void)mapping::Mapping::compile(file, draft.mapping, beside, *catalogue, seal::sha256_hex, open, findings);
    std::fprintf(stderr, "%zu places are left for a person to decide%s\n", open.size(), open.empty() ? "" : ":");
    for (const Problem& problem : open)
        std::fprintf(stderr, "%s\n",
                     mapping::with_source_line(problem, problem.place.starts_with(file) ? draft.mapping : draft.table).c_str());
    return done;
}

}  // namespace lienthong::cli
