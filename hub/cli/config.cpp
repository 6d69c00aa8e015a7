// lienthong config: the reference of every key, and a check of the file without starting anything.
#include "hub/cli/counted.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/cli/reminder_parts.hpp"

#include <cstdio>

namespace lienthong::cli {

int config_reference()
{
    std::printf("%s", settings_reference().c_str());
    return done;
}

int config_check(const Common& common)
{
    const auto settings = settings_or_print(common);
    if (!settings)
        return found_wrong;
    ReferenceData reference = load_reference_data(settings->catalogue, settings->mappings);
    if (reference.catalogue != nullptr)
        static_cast<void>(read_contacts(settings->reminders.contacts, *reference.catalogue, reference.problems));
    print_problems(reference.problems, common.json);
    std::size_t unknown = 0;
    for (const FlowSettings& flow : settings->flows) {
        const std::string& wanted = flow.mapping.empty() ? flow.deliver : flow.mapping;
        if (!reference.mappings.contains(wanted)) {
            print_problems({{"settings.flow", "the flow names a mapping that is not there", flow.place + " " + flow.name, wanted, {}, {}}}, common.json);
            ++unknown;
        }
    }
    if (!reference.problems.empty() || unknown > 0)
        return found_wrong;
    if (!common.json)
        std::printf("%s: %s, %s, everything named is there\n", settings->file.c_str(),
                    counted(settings->flows.size(), "flow").c_str(), counted(reference.mappings.size(), "mapping").c_str());
    return done;
}

}  // namespace lienthong::cli
