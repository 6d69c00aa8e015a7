// Everything that must hold for one golden case.
#include "tests/golden/case_check.hpp"

#include "tests/golden/expectation.hpp"
#include "tests/golden/fault.hpp"
#include "tests/golden/golden_case.hpp"

#include <iterator>

namespace lienthong::golden {
namespace {

void append(std::vector<std::string>& out, std::vector<std::string> more)
{
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void play_failing(Machine& machine, const GoldenCase& golden, const Record& record, const Played& played,
                  std::vector<std::string>& broken)
{
    const auto take = [&](std::string_view fault, std::vector<std::string> sentences) {
        if (played)
            played(fault, sentences.empty());
        append(broken, std::move(sentences));
    };
    for (std::size_t number = 1; number <= record.asked.size(); ++number)
        for (const Fault fault : all_faults)
            take(to_text(fault), broken_rules_when_failing(machine, golden, record, number, fault));
    const std::size_t entries = record.payloads.size() + record.set_aside.size() + record.cursors.size();
    for (std::size_t entry = 1; entry <= entries; ++entry)
        take("journal refuses", broken_rules_when_journal_refuses(machine, golden, record, entry));
}

}  // namespace

std::vector<std::string> broken_in(const std::filesystem::path& directory, const PluginPlace& plugin, bool update,
                                   const Played& played)
{
    const auto loaded = load_case(directory);
    if (!loaded.ok())
        return {loaded.problem().sentence()};
    const GoldenCase& golden = **loaded;
    const auto machine = machine_here(plugin, golden.settings);
    if (!machine.ok())
        return {machine.problem().sentence()};
    const Record record = Player(**machine, golden, scripted_peer(golden)).play();
    if (record.asked.size() != golden.answers.size())
        return {"the connector asked " + std::to_string(record.asked.size()) + " times and the folder has " +
                std::to_string(golden.answers.size()) + " answers; the last request:\n" +
                (record.asked.empty() ? "none" : record.asked.back())};
    const Files files = files_of(record);
    if (update)
        rewrite(directory, files);
    std::vector<std::string> broken;
    if (std::string different = differences(generated_files_in(directory), files); !different.empty())
        broken.push_back(std::move(different));
    append(broken, broken_rules(record));
    play_failing(**machine, golden, record, played, broken);
    return broken;
}

std::vector<std::string> broken_when_killed(const std::filesystem::path& directory, const PluginPlace& plugin, When when,
                                            std::size_t& kills)
{
    const auto loaded = load_case(directory);
    if (!loaded.ok())
        return {loaded.problem().sentence()};
    const GoldenCase& golden = **loaded;
    const auto here = machine_here(plugin, golden.settings);
    kills = 0;
    const AtStep kill = [&](process::ConnectorHost& host) {
        ++kills;
        host.kill_worker();
    };
    const bool in_hand = when == When::with_every_event_in_hand;
    const auto killed = machine_in_worker(plugin, golden.settings, in_hand ? Around{kill, nullptr} : Around{nullptr, kill});
    for (const auto* machine : {&here, &killed})
        if (!machine->ok())
            return {machine->problem().sentence()};
    const Record undisturbed = Player(**here, golden, scripted_peer(golden)).play();
    const Record record = Player(**killed, golden, scripted_peer(golden)).play();
    std::vector<std::string> broken;
    if (const std::string different = differences(files_of(undisturbed), files_of(record)); !different.empty())
        broken.push_back("killed at every step it does something else: " + different);
    if (kills == 0)
        broken.emplace_back("no step was answered that a kill could follow");
    return broken;
}

}  // namespace lienthong::golden
