// lienthong replay: runs quarantined records again, after a mapping or the catalogue was mended.
#include "hub/api/push_scope.hpp"
#include "hub/api/serving.hpp"
#include "hub/cli/counted.hpp"
#include "hub/cli/flow_route.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/cli/workers.hpp"
#include "hub/flow/answer.hpp"
#include "hub/flow/computing.hpp"
#include "hub/flow/each_quarantined.hpp"
#include "hub/flow/intake.hpp"

#include <cstdio>
#include <set>

namespace lienthong::cli {
namespace {

std::optional<flow::Route> route_of(const Settings& settings, const Message& message)
{
    if (message.flow == flow::computed_flow)
        return flow::computed_route(settings.province_area);
    for (const FlowSettings& flow : settings.flows)
        if (flow.name == message.flow && !flow.mapping.empty())
            return api::narrowed(route_of(settings, flow), message);
    return std::nullopt;
}

/// The messages with records in quarantine that may be run again.
Result<std::set<MessageId>> messages_of(const Store& store, const std::string& flow)
{
    std::set<MessageId> messages;
    const auto all = flow::each_quarantined(store, {RecordState::refused, RecordState::waiting}, flow,
                                            [&](const QuarantineEntry& entry) { messages.insert(entry.message); });
    if (!all.ok())
        return all.problem();
    return messages;
}

}  // namespace

int replay(const Common& common, const QuarantineOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const ReferenceData reference = load_reference_data(opened->settings.catalogue, opened->settings.mappings);
    if (!reference.problems.empty()) {
        print_problems(reference.problems, common.json);
        return not_done;
    }
    opened->data.store->judge_by(api::rules_by(reference.catalogue));
    const auto messages = messages_of(*opened->data.store, options.flow);
    if (!messages.ok()) {
        print_problems({messages.problem()}, common.json);
        return not_done;
    }
    auto workshop = start_workshop(opened->settings, reference.mapping_files);
    flow::IntakeParts parts;
    parts.journal = opened->data.journal;
    parts.store = opened->data.store;
    parts.clock = std::make_shared<SystemClock>();
    parts.workshop = ask_workshop(workshop);
    parts.told = flow::told;
    flow::IntakeParts of_computed = parts;
    of_computed.workshop = flow::computed_workshop(reference.catalogue);
    flow::Intake intake(std::move(parts)), computed(std::move(of_computed));

    std::mutex mutex;
    std::int64_t mended = 0;
    std::vector<Problem> problems;
    for (const MessageId id : *messages) {
        const auto message = opened->data.journal->read(id);
        const auto route = message.ok() ? route_of(opened->settings, *message) : std::nullopt;
        if (!route) {
            std::lock_guard lock(mutex);
            problems.push_back(message.ok() ? Problem{"settings.flow", "the flow of this message is not configured", std::to_string(id), message->flow, {}, {}}
                                            : message.problem());
            continue;
        }
        flow::Intake& taken_by = message->flow == flow::computed_flow ? computed : intake;
        taken_by.replay(id, *route, [&](Result<flow::Intake::Taken> taken) {
            std::lock_guard lock(mutex);
            if (taken.ok())
                mended += taken->applied.counts[RecordState::stored] + taken->applied.counts[RecordState::unchanged];
            else
                problems.push_back(taken.problem());
        });
        taken_by.drain();
    }
    workshop->stop();
    print_problems(problems, common.json);
    const auto left = messages_of(*opened->data.store, options.flow);
    const std::size_t holding = left.ok() ? left->size() : 0;
    std::printf("%s run again, %s mended, %s still %s quarantined records\n", counted(messages->size(), "message").c_str(),
                counted(mended, "record").c_str(), counted(holding, "message").c_str(), holding == 1 ? "holds" : "hold");
    return problems.empty() ? done : found_wrong;
}

}  // namespace lienthong::cli
