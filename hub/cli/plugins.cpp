// lienthong plugins: which connectors there are, trusted or not, what each speaks and is told; trusting a file.
#include "hub/cli/one_file.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/plugin_reference.hpp"
#include "hub/cli/workers.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/process/lock_file.hpp"
#include "hub/seal/digest.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace lienthong::cli {
namespace {

namespace fs = std::filesystem;

std::string sha256_hex(std::string_view bytes)
{
    return seal::sha256_hex(bytes);
}

/// One connector of the list: in the lock file, or only in the folder.
struct Listed
{
    process::LockedPlugin locked;
    std::string path;
    bool trusted = false;
    std::optional<sdk::Description> about;  ///< Only of what is trusted: nothing else is run.
    std::optional<Problem> problem;
};

std::optional<std::vector<process::LockedPlugin>> lock_or_print(const Common& common, const Settings& settings)
{
    auto lock = process::read_lock(read_one_file(settings.plugin_lock).value_or(""));
    if (lock.ok())
        return std::move(lock).value();
    Problem problem = lock.problem();
    problem.place = settings.plugin_lock + ":" + problem.place;
    print_problems({problem}, common.json);
    return std::nullopt;
}

Listed trusted_plugin(const Settings& settings, const process::LockedPlugin& locked)
{
    Listed out{locked, (fs::path(settings.plugin_directory) / locked.file).lexically_normal().string(), true, {}, {}};
    const auto plugin = plugin_of(settings, locked.name);
    auto about = plugin.ok() ? process::ConnectorHost::describe(*plugin) : Result<sdk::Description>(plugin.problem());
    if (about.ok())
        out.about = std::move(about).value();
    else
        out.problem = about.problem();
    return out;
}

/// Files of the folder that no line of the lock file names, judged by their bytes alone.
std::vector<Listed> untrusted_plugins(const Settings& settings, const std::vector<process::LockedPlugin>& lock)
{
    std::vector<Listed> out;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(settings.plugin_directory, error)) {
        const bool named = std::any_of(lock.begin(), lock.end(), [&](const process::LockedPlugin& locked) {
            return (fs::path(settings.plugin_directory) / locked.file).lexically_normal() == entry.path().lexically_normal();
        });
        if (named || entry.path().extension() != ".so")
            continue;
        Listed one{{entry.path().stem().string(), {}, entry.path().filename().string()}, entry.path().string(), false, {}, {}};
        const auto bytes = process::read_plugin(one.path);
        if (bytes.ok()) {
            one.locked.sha256 = seal::sha256_hex(*bytes);
            if (const auto judged = process::judge_plugin(*bytes, one.locked, sha256_hex); !judged.ok())
                one.problem = judged.problem();
        } else {
            one.problem = bytes.problem();
        }
        out.push_back(std::move(one));
    }
    std::sort(out.begin(), out.end(), [](const Listed& a, const Listed& b) { return a.locked.name < b.locked.name; });
    return out;
}

void print_list(const std::vector<Listed>& all)
{
    for (const Listed& one : all) {
        const std::string version = one.about ? " " + one.about->version : "";
        std::printf("%s%s  %s%s  sha256 %s\n", one.locked.name.c_str(), version.c_str(), one.trusted ? "trusted" : "not trusted",
                    one.about ? ("  " + what_it_does(*one.about)).c_str() : "", one.locked.sha256.c_str());
        if (one.about)
            std::printf("    %s\n", one.about->speaks.c_str());
        else if (one.problem)
            std::printf("    %s\n", one.problem->sentence().c_str());
        else
            std::printf("    lienthong plugins trust %s\n", one.path.c_str());
    }
}

void write_listed(JsonWriter& out, const Listed& one)
{
    out.begin_object().member("trusted", one.trusted).member("sha256", one.locked.sha256).member("file", one.path);
    if (one.about)
        write_description(out, *one.about);
    else
        out.member("name", one.locked.name);
    if (one.problem)
        write_problems(out, "problems", std::vector<Problem>{*one.problem});
    out.end_object();
}

/// The connector a subcommand is about: by name and trusted, or a file whose author vouches for it.
Result<process::ConnectorPlugin> chosen_plugin(const Common& common, const PluginOptions& options, std::vector<Problem>& problems)
{
    if (options.file.empty()) {
        const auto settings = read_settings_in_part(common.config, problems);
        if (!settings)
            return problems.front();
        problems.clear();
        return plugin_of(*settings, options.name);
    }
    const auto bytes = process::read_plugin(options.file);
    if (!bytes.ok())
        return bytes.problem();
    process::ConnectorPlugin plugin;
    plugin.locked = {fs::path(options.file).stem().string(), seal::sha256_hex(*bytes), options.file};
    plugin.path = fs::absolute(options.file).string();
    plugin.keep_stderr = true;
    return plugin;
}

struct Described
{
    process::ConnectorPlugin plugin;
    sdk::Description about;
};

std::optional<Described> described_or_print(const Common& common, const PluginOptions& options)
{
    std::vector<Problem> problems;
    auto plugin = chosen_plugin(common, options, problems);
    auto about = plugin.ok() ? process::ConnectorHost::describe(*plugin) : Result<sdk::Description>(plugin.problem());
    if (about.ok())
        return Described{std::move(plugin).value(), std::move(about).value()};
    if (problems.empty())
        problems.push_back(about.problem());
    print_problems(problems, common.json);
    return std::nullopt;
}

/// As the lock file says where a plugin is: a name in the plugins' folder, else an absolute path.
std::string file_in_lock(const Settings& settings, const fs::path& file)
{
    std::error_code error;
    const fs::path absolute = fs::canonical(file, error);
    return fs::equivalent(absolute.parent_path(), settings.plugin_directory, error) && !error ? absolute.filename().string()
                                                                                              : absolute.string();
}

/// Written beside and renamed, so that nobody reads half a file.
bool write_whole(const std::string& path, const std::string& text)
{
    const std::string beside = path + ".new";
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    std::error_code error;
    if (out.good())
        fs::rename(beside, path, error);
    return out.good() && !error;
}

}  // namespace

int plugins_list(const Common& common)
{
    const auto settings = settings_or_print(common);
    const auto lock = settings ? lock_or_print(common, *settings) : std::nullopt;
    if (!lock)
        return not_done;
    std::vector<Listed> all;
    for (const process::LockedPlugin& locked : *lock)
        all.push_back(trusted_plugin(*settings, locked));
    for (Listed& one : untrusted_plugins(*settings, *lock))
        all.push_back(std::move(one));
    if (common.json) {
        JsonWriter out;
        out.begin_object().key("plugins").begin_array();
        for (const Listed& one : all)
            write_listed(out, one);
        std::printf("%s\n", out.end_array().end_object().take().c_str());
    } else {
        print_list(all);
    }
    return std::any_of(all.begin(), all.end(), [](const Listed& one) { return one.trusted && one.problem; }) ? found_wrong : done;
}

int plugins_describe(const Common& common, const PluginOptions& options)
{
    const auto described = described_or_print(common, options);
    if (!described)
        return not_done;
    const sdk::Description& about = described->about;
    if (common.json) {
        JsonWriter out;
        out.begin_object().member("sha256", described->plugin.locked.sha256).member("file", described->plugin.path);
        write_description(out, about);
        std::printf("%s\n", out.end_object().take().c_str());
        return done;
    }
    std::printf("%s %s  %s  sha256 %s\n    %s\n%s", about.name.c_str(), about.version.c_str(), what_it_does(about).c_str(),
                described->plugin.locked.sha256.c_str(), about.speaks.c_str(), plain_reference(about).c_str());
    return done;
}

int plugins_reference(const Common& common, const PluginOptions& options)
{
    const auto described = described_or_print(common, options);
    if (!described)
        return not_done;
    const std::string reference = markdown_reference(described->about);
    const std::string& file = options.check.empty() ? options.write : options.check;
    if (file.empty()) {
        std::printf("%s", reference.c_str());
        return done;
    }
    const auto document = read_one_file(file);
    const auto wanted = with_reference(document.value_or(""), reference, file);
    if (!wanted.ok()) {
        print_problems({wanted.problem()}, common.json);
        return not_done;
    }
    if (*wanted == *document)
        return done;
    if (!options.check.empty()) {
        print_problems({{"connector.reference",
                         "the reference under ## Settings is not what the connector declares",
                         file,
                         {},
                         "what lienthong plugins reference prints; --write " + file + " puts it there",
                         {}}},
                       common.json);
        return found_wrong;
    }
    if (write_whole(file, *wanted))
        return done;
    print_problems({{"connector.reference", "the document cannot be written", file, {}, {}, {}}}, common.json);
    return not_done;
}

int plugins_trust(const Common& common, const std::string& file)
{
    const auto settings = settings_or_print(common);
    if (!settings)
        return not_done;
    const auto bytes = process::read_plugin(file);
    if (!bytes.ok()) {
        print_problems({bytes.problem()}, common.json);
        return not_done;
    }
    process::LockedPlugin locked;
    locked.name = fs::path(file).stem().string();
    locked.sha256 = seal::sha256_hex(*bytes);
    locked.file = file_in_lock(*settings, file);
    auto judged = process::judge_plugin(*bytes, locked, sha256_hex);
    const std::string updated = process::with_plugin(read_one_file(settings->plugin_lock).value_or(""), locked);
    // A name or a path with blanks would make a lock file that nobody can read any more.
    if (const auto readable = process::read_lock(updated); judged.ok() && !readable.ok())
        judged = readable.problem();
    if (!judged.ok()) {
        print_problems({judged.problem()}, common.json);
        return not_done;
    }
    if (!write_whole(settings->plugin_lock, updated)) {
        print_problems({{"settings.plugins", "the lock file cannot be written", settings->plugin_lock, {}, {}, {}}}, common.json);
        return not_done;
    }
    std::printf("%s %s is trusted in %s\n", locked.name.c_str(), locked.sha256.c_str(), settings->plugin_lock.c_str());
    return done;
}

}  // namespace lienthong::cli
