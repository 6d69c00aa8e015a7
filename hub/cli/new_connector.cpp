// lienthong new connector: writes a connector that builds and passes its tests, out of the templates that came with the
// program, into this repository or into a project of its own.
#include "hub/cli/commands.hpp"
#include "hub/cli/installation.hpp"
#include "hub/cli/one_file.hpp"
#include "hub/model/json_text.hpp"
#include "hub/process/lock_file.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

namespace lienthong::cli {
namespace {

namespace fs = std::filesystem;

/// What stands between two @ in a template, in its text and in the names of its files.
using Words = std::map<std::string, std::string, std::less<>>;

/// "market_price" → "MarketPrice".
std::string class_name(std::string_view name)
{
    std::string out;
    bool first = true;
    for (const char c : name) {
        if (c != '_')
            out += first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        first = c == '_';
    }
    // A class does not begin with a digit.
    return out.front() >= '0' && out.front() <= '9' ? "Connector" + out : out;
}

std::string filled(std::string_view text, const Words& words)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = std::min(text.find('@', at), text.size());
        out.append(text.substr(at, begin - at));
        const std::size_t end = begin == text.size() ? text.npos : text.find('@', begin + 1);
        const auto word = end == text.npos ? words.end() : words.find(text.substr(begin + 1, end - begin - 1));
        if (word != words.end()) {
            out += word->second;
            at = end + 1;
        } else {
            out.append(text.substr(begin, 1));
            at = begin + 1;
        }
    }
    return out;
}

struct NewFile
{
    fs::path path;  ///< Below the root.
    std::string text;
};

/// Every template below `folder`; its name ends in ".in", which the new file's does not.
bool read_templates(const fs::path& folder, const Words& words, std::vector<NewFile>& out)
{
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        if (!entry.is_regular_file() || entry.path().extension() != ".in")
            continue;
        const auto text = read_one_file(entry.path().string());
        if (!text)
            return false;
        const std::string below = entry.path().lexically_relative(folder).replace_extension().string();
        out.push_back({filled(below, words), filled(*text, words)});
    }
    return !error;
}

std::optional<Problem> write_file(const fs::path& path, const std::string& text)
{
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    if (error || !out.good())
        return Problem{"connector.folder", "this file cannot be written", path.string(), {}, "a folder one may write to", {}};
    return std::nullopt;
}

/// Whatever of the connector is there already; empty for nothing.
fs::path first_that_exists(const fs::path& root, const std::string& name, bool of_its_own)
{
    std::error_code error;
    if (of_its_own)
        return fs::exists(root, error) ? root : fs::path();
    for (const fs::path& one : {root / "plugins" / name, root / "mappings" / name, root / "tests/golden" / name,
                                root / "tests/simulators" / (name + ".py")})
        if (fs::exists(one, error))
            return one;
    return {};
}

std::optional<Problem> why_not(const NewConnectorOptions& options, const fs::path& root)
{
    if (!process::is_connector_name(options.name))
        return Problem{"connector.name",
                       "this is no connector's name",
                       {},
                       shortened(options.name),
                       "lower-case letters and digits, joined by _, such as market_price",
                       {}};
    const bool of_its_own = !options.out.empty();
    std::error_code error;
    for (const char* folder : {"plugins", "mappings", "tests/golden", "tests/simulators"})
        if (!of_its_own && !fs::is_directory(root / folder, error))
            return Problem{"connector.folder",
                           "this is not the root of the repository",
                           (root / folder).string(),
                           "nothing",
                           "a folder plugins, mappings, tests/golden and tests/simulators here, or --out FOLDER",
                           {}};
    const fs::path there = first_that_exists(root, options.name, of_its_own);
    if (!there.empty())
        return Problem{"connector.exists",
                       "this is there already, and nothing is overwritten",
                       there.string(),
                       {},
                       of_its_own ? "a folder that is not there yet" : "a name that is not taken",
                       {}};
    return std::nullopt;
}

std::optional<Problem> write_connector(const NewConnectorOptions& options, const fs::path& root, std::vector<NewFile>& files)
{
    if (auto problem = why_not(options, root))
        return problem;
    const fs::path templates = came_with_the_program(Came::templates);
    const Words words{{"name", options.name},
                      {"Class", class_name(options.name)},
                      {"prefix", installation_prefix()},
                      {"simulators", came_with_the_program(Came::simulators)}};
    if (!read_templates(templates / "everywhere", words, files) ||
        !read_templates(templates / (options.out.empty() ? "inside" : "outside"), words, files))
        return Problem{"connector.folder",
                       "the templates that belong to the program cannot be read",
                       templates.string(),
                       {},
                       "an installation that is whole",
                       {}};
    std::sort(files.begin(), files.end(), [](const NewFile& a, const NewFile& b) { return a.path < b.path; });
    for (const NewFile& file : files)
        if (auto problem = write_file(root / file.path, file.text))
            return problem;
    return std::nullopt;
}

}  // namespace

int new_connector(const Common& common, const NewConnectorOptions& options)
{
    const fs::path root = options.out.empty() ? fs::path(".") : fs::path(options.out);
    std::vector<NewFile> files;
    if (const auto problem = write_connector(options, root, files)) {
        print_problems({*problem}, common.json);
        return not_done;
    }
    if (common.json) {
        JsonWriter out;
        out.begin_object().member("connector", options.name).member("root", root.string()).key("files").begin_array();
        for (const NewFile& file : files)
            out.text(file.path.string());
        std::printf("%s\n", out.end_array().end_object().take().c_str());
        return done;
    }
    for (const NewFile& file : files)
        std::printf("%s\n", (root / file.path).lexically_normal().c_str());
    std::printf("next: %s\n", options.out.empty() ? ("plugins/" + options.name + "/README.md").c_str()
                                                  : (root / "README.md").lexically_normal().c_str());
    return done;
}

}  // namespace lienthong::cli
