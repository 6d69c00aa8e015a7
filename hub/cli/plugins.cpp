// lienthong plugins: what is trusted, what a connector speaks and which settings it takes; trusting a file.
#include "hub/cli/opened.hpp"
#include "hub/cli/workers.hpp"
#include "hub/process/lock_file.hpp"
#include "hub/seal/digest.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace lienthong::cli {
namespace {

std::string read_all(const std::string& path)
{
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return bytes.str();
}

void print_description(const sdk::Description& about, const process::LockedPlugin& locked)
{
    constexpr std::array types = {"text", "url", "secret", "integer", "boolean", "choice"};
    std::printf("%s %s  %s\n    %s\n", about.name.c_str(), about.version.c_str(), locked.sha256.substr(0, 16).c_str(), about.speaks.c_str());
    for (const sdk::Setting& setting : about.settings) {
        std::printf("    %-18s %-8s %s%s\n", setting.name.c_str(), types.at(static_cast<std::size_t>(setting.type)),
                    setting.required ? "needed  " : setting.fallback.empty() ? "" : ("default " + setting.fallback + "  ").c_str(),
                    setting.help.c_str());
    }
}

}  // namespace

int plugins_list(const Common& common, const std::string& name)
{
    const auto settings = settings_or_print(common);
    if (!settings)
        return not_done;
    const auto lock = process::read_lock(read_all(settings->plugin_lock));
    if (!lock.ok()) {
        print_problems({lock.problem()}, common.json);
        return not_done;
    }
    std::vector<Problem> problems;
    for (const process::LockedPlugin& locked : *lock) {
        if (!name.empty() && locked.name != name)
            continue;
        const auto plugin = plugin_of(*settings, locked.name);
        const auto about = plugin.ok() ? process::ConnectorHost::describe(*plugin) : Result<sdk::Description>(plugin.problem());
        if (about.ok())
            print_description(*about, locked);
        else
            problems.push_back(about.problem());
    }
    print_problems(problems, common.json);
    return problems.empty() ? done : found_wrong;
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
    const std::filesystem::path path(file);
    process::LockedPlugin locked;
    locked.name = path.stem().string();
    locked.sha256 = seal::sha256_hex(*bytes);
    locked.file = path.filename().string();
    const auto sha256 = [](std::string_view text) { return seal::sha256_hex(text); };
    if (const auto judged = process::judge_plugin(*bytes, locked, sha256); !judged.ok()) {
        print_problems({judged.problem()}, common.json);
        return not_done;
    }
    // Written beside and renamed, so that a hub never reads half a lock file.
    const std::string updated = process::with_plugin(read_all(settings->plugin_lock), locked);
    const std::string beside = settings->plugin_lock + ".new";
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << updated;
    out.close();
    std::error_code error;
    if (out.good())
        std::filesystem::rename(beside, settings->plugin_lock, error);
    if (!out.good() || error) {
        print_problems({{"settings.plugins", "the lock file cannot be written", settings->plugin_lock, {}, {}, {}}}, common.json);
        return not_done;
    }
    std::printf("%s %s is trusted in %s\n", locked.name.c_str(), locked.sha256.c_str(), settings->plugin_lock.c_str());
    return done;
}

}  // namespace lienthong::cli
