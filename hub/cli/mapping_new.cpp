// lienthong mapping new: a draft mapping from a payload, and what is left for a person to decide.
#include "hub/catalogue/catalogue.hpp"
#include "hub/cli/counted.hpp"
#include "hub/cli/formats.hpp"
#include "hub/cli/one_file.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/mapping/source_line.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/draft.hpp"
#include "hub/workshop/draft_layout.hpp"

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
    std::string layout{};  ///< Of a document of rows.
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
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (bytes.starts_with("PK"))
        return "xlsx";
    if (first == std::string_view::npos)
        return "csv";
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
        // Nearly any text can be read as rows: what begins like something else has a fault of its own to be told.
        if (likely_format(bytes) != "csv")
            std::erase_if(names, [](const std::string& name) { return name.ends_with("csv"); });
    }
    Problem first{"message.format", "there is no reader for this format", {}, named, "a format the hub reads", {}};
    for (const std::string& name : names) {
        const auto format = format_named(name);
        if (format == nullptr)
            continue;
        if (workshop::has_layout(name)) {
            auto found = workshop::layout_of(*format, bytes, FormatLimits{});
            if (found.ok())
                return ReadPayload{name, std::move(found->tree), workshop::layout_text(*found)};
            if (names.size() == 1 || name == likely_format(bytes))
                first = found.problem();
            continue;
        }
        auto tree = format->read(bytes, FormatLimits{});
        if (tree.ok() && (names.size() == 1 || !has_fault(*tree)))
            return ReadPayload{name, std::move(tree).value(), {}};
        if (!tree.ok() && (names.size() == 1 || name == likely_format(bytes)))
            first = tree.problem();
    }
    return first;
}

/// "connector/name" as a mapping's own key wants it: it names files too.
bool is_mapping_name(std::string_view name)
{
    const auto is_part = [](std::string_view part) {
        return !part.empty() && part.front() != '-' && part.front() != '_' &&
               part.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos;
    };
    const std::size_t slash = name.find('/');
    return slash != std::string_view::npos && is_part(name.substr(0, slash)) && is_part(name.substr(slash + 1));
}

std::string sample_extension(const std::string& format)
{
    if (format == "xlsx" || format == "ndjson")
        return format;
    return format.find("json") != std::string::npos ? "json" : format.find("csv") != std::string::npos ? "csv" : "xml";
}

struct NewFile
{
    std::string path, text;
};

/// All of them or, where one is there already, none.
std::optional<Problem> write_new(const std::filesystem::path& folder, const std::vector<NewFile>& files)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    for (const NewFile& file : files)
        if (std::filesystem::exists(std::filesystem::symlink_status(file.path, error)))
            return Problem{"draft.exists", "this file is there already, nothing was written", file.path, {}, "a folder without it, or another --name", {}};
    for (const NewFile& file : files) {
        std::ofstream out(file.path, std::ios::binary);
        out << file.text;
        out.close();
        if (!out.good())
            return Problem{"draft.unwritable", "this file cannot be written", file.path, {}, "a folder that may be written to", {}};
    }
    return std::nullopt;
}

}  // namespace

int mapping_new(const Common& common, const NewMappingOptions& options)
{
    if (!is_mapping_name(options.name)) {
        print_problems({{"parameter.bad", "this is no name of a mapping", "--name", options.name,
                         "connector/name in small letters, digits, '-' and '_'", {}}},
                       common.json);
        return not_done;
    }
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
    const auto refuse = [&](Problem problem) {
        problem.place = options.from + (problem.place.empty() ? "" : ":" + problem.place);
        print_problems({std::move(problem)}, common.json);
        return not_done;
    };
    const auto bytes = read_one_file(options.from);
    if (!bytes)
        return refuse({"draft.unreadable", "the payload cannot be read", {}, {}, "a readable file", {}});
    if (bytes->find_first_not_of(" \t\r\n") == std::string::npos)
        return refuse({"draft.no_records", "the payload is empty", {}, std::to_string(bytes->size()) + " bytes", "a document with records", {}});
    const auto payload = read_payload(*bytes, options.format);
    if (!payload.ok())
        return refuse(payload.problem());
    const std::string stem = options.name.substr(options.name.rfind('/') + 1);
    const std::string table_file = stem + "_codes.csv";
    const auto drafted = workshop::draft_of({payload->tree, options.name, payload->format, table_file, payload->layout}, *catalogue);
    if (!drafted.ok())
        return refuse(drafted.problem());
    const workshop::Draft& draft = *drafted;

    const std::filesystem::path out(options.out);
    const std::string file = (out / (stem + ".yaml")).string();
    const std::string sample = (out / (stem + ".sample." + sample_extension(payload->format))).string();
    if (options.out.empty()) {
        std::printf("%s", draft.mapping.c_str());
    } else {
        std::vector<NewFile> files = {{file, draft.mapping}};
        if (!draft.table.empty())
            files.push_back({(out / table_file).string(), draft.table});
        files.push_back({sample, *bytes});
        if (const auto problem = write_new(out, files)) {
            print_problems({*problem}, common.json);
            return not_done;
        }
        std::printf("%s of %s, written to:\n", counted(draft.records, "record").c_str(), payload->format.c_str());
        for (const NewFile& one : files)
            std::printf("  %s\n", one.path.c_str());
    }
    const std::string with_catalogue = options.catalogue_named ? " --catalogue " + options.catalogue : "";
    std::vector<Problem> open, findings;
    const auto beside = [&](std::string_view name) {
        return name == table_file && !draft.table.empty() ? std::optional(draft.table) : std::nullopt;
    };
    (void)mapping::Mapping::compile(file, draft.mapping, beside, *catalogue, seal::sha256_hex, open, findings);
    std::fprintf(stderr, "%zu places are left for a person to decide%s\n", open.size(), open.empty() ? "" : ":");
    for (const Problem& problem : open)
        std::fprintf(stderr, "%s\n",
                     mapping::with_source_line(problem, problem.place.starts_with(file) ? draft.mapping : draft.table).c_str());
    if (!options.out.empty())
        std::fprintf(stderr, "then: lienthong try %s %s%s\n", file.c_str(), sample.c_str(), with_catalogue.c_str());
    return done;
}

}  // namespace lienthong::cli
