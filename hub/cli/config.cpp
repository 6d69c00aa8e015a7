// lienthong config: the reference of every key, and a check of the file without starting anything.
#include "hub/cli/counted.hpp"
#include "hub/cli/document.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/cli/reminder_parts.hpp"
#include "hub/cli/told_indicators.hpp"
#include "hub/cli/workers.hpp"
#include "hub/ports/clock.hpp"
#include "hub/text/unicode.hpp"

#include <cstdio>

namespace lienthong::cli {

int config_reference()
{
    std::printf("%s", settings_reference().c_str());
    return done;
}

namespace {

/// Mappings and contacts as far as their folders are named.
ReferenceData named_data(const Settings& settings)
{
    if (settings.catalogue.empty() || settings.mappings.empty())
        return {};
    ReferenceData reference = load_reference_data(settings.catalogue, settings.mappings);
    if (reference.catalogue != nullptr)
        static_cast<void>(read_contacts(settings.reminders.contacts, *reference.catalogue, reference.problems));
    return reference;
}

void check_flow(const Settings& settings, const FlowSettings& flow, const ReferenceData& reference, std::vector<Problem>& problems)
{
    const std::string& wanted = flow.mapping.empty() ? flow.deliver : flow.mapping;
    if (reference.catalogue != nullptr && !wanted.empty() && !sends_documents(flow) && !reference.mappings.contains(wanted)) {
        std::vector<std::string> names;
        for (const auto& [name, mapping] : reference.mappings)
            names.push_back(name);
        const auto near = text::nearest(wanted, names);
        problems.push_back({"settings.flow", "the flow names a mapping that is not there", flow.place + " " + flow.name, wanted,
                            near.empty() ? "a mapping below " + settings.mappings : near.front(), {}});
    }
    if (reference.catalogue != nullptr) {
        check_told_indicators(flow, *reference.catalogue, local_day(SystemClock().now()), problems);
        if (auto unknown = unknown_facts(reference, flow.facts, flow.place + ' ' + flow.name))
            problems.push_back(*std::move(unknown));
    }
    if (flow.connector == "push" || flow.connector.empty())
        return;
    // Opened, because a connector may refuse settings that are only wrong together; it does no I/O of its own.
    if (auto opened = open_connector(settings, flow, problems); opened.ok())
        opened->machine.reset();
}

}  // namespace

int config_check(const Common& common)
{
    std::vector<Problem> problems;
    const auto settings = read_settings_in_part(common.config, problems);
    if (!settings) {
        print_problems(problems, common.json);
        return found_wrong;
    }
    const ReferenceData reference = named_data(*settings);
    problems.insert(problems.end(), reference.problems.begin(), reference.problems.end());
    for (const FlowSettings& flow : settings->flows)
        check_flow(*settings, flow, reference, problems);
    if (common.json || !problems.empty())
        print_problems(problems, common.json);
    else
        std::printf("%s: %s, %s, everything named is there\n", settings->file.c_str(),
                    counted(settings->flows.size(), "flow").c_str(), counted(reference.mappings.size(), "mapping").c_str());
    return problems.empty() ? done : found_wrong;
}

}  // namespace lienthong::cli
