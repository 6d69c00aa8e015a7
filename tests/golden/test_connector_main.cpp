// lienthong-test-connector: plays the golden cases of one connector, wherever it was built.
#include "tests/golden/case_check.hpp"
#include "tests/golden/golden_case.hpp"

#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

namespace {

namespace fs = std::filesystem;
using namespace lienthong::golden;

constexpr const char* usage =
    "usage: lienthong-test-connector --plugin FILE --cases FOLDER [--update | --kill]\n"
    "Plays every case below FOLDER (FOLDER/<case>/case.json) against the connector, and again with each exchange failing.\n"
    "  --update  first writes into each case what the connector did; read the difference with your own eyes\n"
    "  --kill    plays each case through a worker process that is killed after every step, and with every event in its hands, "
    "instead\n"
    "Exit codes: 0 all hold; 1 something does not; 2 it could not be done.\n";

/// Prints what does not hold; true when all does.
bool told(const fs::path& directory, const std::vector<std::string>& broken)
{
    std::printf("%-6s %s\n", broken.empty() ? "ok" : "wrong", directory.filename().c_str());
    for (const std::string& sentence : broken)
        std::printf("    %s\n", sentence.c_str());
    return broken.empty();
}

std::vector<std::string> killed(const fs::path& directory, const PluginPlace& place)
{
    std::size_t kills = 0;
    std::vector<std::string> out = broken_when_killed(directory, place, When::after_every_step, kills);
    for (std::string& broken : broken_when_killed(directory, place, When::with_every_event_in_hand, kills))
        out.push_back(std::move(broken));
    return out;
}

int run(const std::string& plugin, const std::string& cases, bool update, bool kill)
{
    std::error_code error;
    if (!fs::is_regular_file(plugin, error) || !fs::is_directory(cases, error)) {
        std::fprintf(stderr, "lienthong-test-connector: there is no plugin %s, or no folder %s\n", plugin.c_str(), cases.c_str());
        return 2;
    }
    const PluginPlace place{fs::path(plugin).stem().string(), fs::absolute(plugin).string()};
    const auto found = find_cases(cases);
    bool good = true;
    for (const fs::path& directory : found)
        good = told(directory, kill ? killed(directory, place) : broken_in(directory, place, update)) && good;
    for (const fs::path& directory : folders_without_case(cases)) {
        good = false;
        std::printf("wrong  %s\n    a folder without case.json is no case: write one, or remove the folder\n", directory.filename().c_str());
    }
    // An empty folder would otherwise pass without having tested anything.
    if (found.empty())
        std::printf("wrong  there is no case below %s\n", cases.c_str());
    return good && !found.empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** words)
{
    std::map<std::string, std::string> options;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        const bool flag = word == "--update" || word == "--kill";
        if (!flag && ((word != "--plugin" && word != "--cases") || i + 1 == count)) {
            std::fputs(usage, stderr);
            return 2;
        }
        options[word] = flag ? "" : words[++i];
    }
    if (!options.contains("--plugin") || !options.contains("--cases") ||
        (options.contains("--update") && options.contains("--kill"))) {
        std::fputs(usage, stderr);
        return 2;
    }
    return run(options["--plugin"], options["--cases"], options.contains("--update"), options.contains("--kill"));
}
