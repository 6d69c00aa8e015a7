// lienthong diff: runs the messages a hub has kept through a draft of their mapping, beside the version in force. Writes nothing.
#include "hub/api/push_scope.hpp"
#include "hub/cli/bench.hpp"
#include "hub/cli/counted.hpp"
#include "hub/cli/flow_route.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/flow/reconciled_message.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/seal/digest.hpp"
#include "hub/workshop/comparison.hpp"
#include "hub/workshop/verdict_json.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

namespace lienthong::cli {
namespace {

using workshop::ChangeKind;

struct Sum
{
    std::size_t messages = 0, records = 0, unchanged = 0;
    std::map<ChangeKind, std::size_t> changes;
    [[nodiscard]] bool differs() const { return !changes.empty(); }
};

std::string shown(const Observation& o)
{
    return (o.availability == Availability::value ? o.value : std::string(to_text(o.availability))) + " " + o.unit;
}

/// What differs besides the value, in the words of the observation.
std::string also(const Observation& a, const Observation& b)
{
    std::string out;
    const auto add = [&](const char* name, std::string_view before, std::string_view after) {
        if (before != after)
            out += std::string("; ") + name + " " + (before.empty() ? "(none)" : std::string(before)) + " -> " +
                   (after.empty() ? "(none)" : std::string(after));
    };
    add("vintage", to_text(a.vintage), to_text(b.vintage));
    add("window", a.window, b.window);
    add("source", a.source, b.source);
    return out;
}

void print_figure(const workshop::BeforeAfter<Observation>& figure)
{
    const auto& [before, after] = figure;
    if (before && after && before->key == after->key)
        std::printf("        %s  %s%s%s\n", to_text(before->key).c_str(), shown(*before).c_str(),
                    shown(*before) == shown(*after) ? "" : (" -> " + shown(*after)).c_str(), also(*before, *after).c_str());
    else if (before && after)
        std::printf("        %s  %s\n     -> %s  %s%s\n", to_text(before->key).c_str(), shown(*before).c_str(),
                    to_text(after->key).c_str(), shown(*after).c_str(), also(*before, *after).c_str());
    else
        std::printf("        %s %s  %s\n", before ? "no longer" : "new", to_text((before ? before : after)->key).c_str(),
                    shown(before ? *before : *after).c_str());
}

std::string fields_of(const std::optional<Fact>& fact)
{
    std::string out;
    if (fact)
        for (const auto& [name, value] : fact->fields)
            out += (out.empty() ? "" : ", ") + name + "=" + value;
    return fact ? out : "(none)";
}

void print_changes(const Message& message, const workshop::Comparison& comparison)
{
    std::printf("message %lld  flow %s  sender %s  received %s\n", static_cast<long long>(message.id), message.flow.c_str(),
                message.sender.c_str(), to_text(message.received_at).c_str());
    for (const workshop::RecordChange& change : comparison.changes) {
        std::printf("    %-17s %s\n", std::string(to_text(change.kind)).c_str(),
                    change.place.empty() ? "/" : change.place.c_str());
        for (const auto& figure : change.figures)
            print_figure(figure);
        for (const auto& [before, after] : change.facts)
            std::printf("        %s %s  %s -> %s\n", (before ? before : after)->kind.c_str(),
                        (before ? before : after)->key.c_str(), fields_of(before).c_str(), fields_of(after).c_str());
        for (const Problem& problem : change.before)
            std::printf("        was      %s\n", problem.sentence().c_str());
        for (const Problem& problem : change.after)
            std::printf("        problem  %s\n", problem.sentence().c_str());
    }
}

template <class Made, class Write>
void write_side(JsonWriter& out, const char* name, const std::optional<Made>& made, Write write)
{
    out.key(name);
    if (!made) {
        out.null();
        return;
    }
    out.begin_object();
    write(*made);
    out.end_object();
}

/// One object a line and message, so that a year of messages needs no more memory than one.
void print_json(const Message& message, const workshop::Comparison& comparison)
{
    JsonWriter out;
    out.begin_object().member("message", message.id).member("flow", message.flow).member("sender", message.sender);
    out.member("received", to_text(message.received_at)).member("unchanged", static_cast<std::int64_t>(comparison.unchanged));
    out.key("changes").begin_array();
    for (const workshop::RecordChange& change : comparison.changes) {
        out.begin_object().member("kind", to_text(change.kind)).member("place", change.place).key("figures").begin_array();
        for (const auto& [before, after] : change.figures) {
            out.begin_object();
            const auto write = [&](const Observation& o) { workshop::write_observation(out, o); };
            write_side(out, "before", before, write);
            write_side(out, "after", after, write);
            out.end_object();
        }
        out.end_array().key("facts").begin_array();
        for (const auto& [before, after] : change.facts) {
            out.begin_object();
            const auto write = [&](const Fact& fact) {
                out.member("kind", fact.kind).member("key", fact.key).key("fields").begin_object();
                for (const auto& [name, value] : fact.fields)
                    out.member(name, value);
                out.end_object();
            };
            write_side(out, "before", before, write);
            write_side(out, "after", after, write);
            out.end_object();
        }
        out.end_array();
        write_problems(out, "problems_before", change.before);
        write_problems(out, "problems", change.after);
        out.end_object();
    }
    std::printf("%s\n", out.end_array().end_object().take().c_str());
}

void print_sum(const Sum& sum, const std::string& name, bool json)
{
    const auto of = [&](ChangeKind kind) { return sum.changes.count(kind) == 0 ? std::size_t{0} : sum.changes.at(kind); };
    if (!json) {
        std::printf(
            "%s: %s, %s: %zu unchanged, %zu with other figures, %zu newly refused, %zu newly accepted, "
            "%zu refused otherwise, %zu passed over\n",
            name.c_str(), counted(sum.messages, "message").c_str(), counted(sum.records, "record").c_str(), sum.unchanged, of(ChangeKind::figures), of(ChangeKind::newly_refused),
            of(ChangeKind::newly_accepted), of(ChangeKind::refused_otherwise), of(ChangeKind::passed_over));
        return;
    }
    JsonWriter out;
    out.begin_object()
        .key("sum")
        .begin_object()
        .member("mapping", name)
        .member("messages", static_cast<std::int64_t>(sum.messages));
    out.member("records", static_cast<std::int64_t>(sum.records)).member("unchanged", static_cast<std::int64_t>(sum.unchanged));
    for (const ChangeKind kind : {ChangeKind::figures, ChangeKind::newly_refused, ChangeKind::newly_accepted,
                                  ChangeKind::refused_otherwise, ChangeKind::passed_over})
        out.member(to_text(kind), static_cast<std::int64_t>(of(kind)));
    std::printf("%s\n", out.end_object().end_object().take().c_str());
}

/// The flows that read by this mapping, or the one named; nothing after printing why there is none.
std::vector<FlowSettings> flows_of(const Settings& settings, const std::string& mapping, const std::string& only)
{
    std::vector<FlowSettings> out;
    for (const FlowSettings& flow : settings.flows)
        if (flow.mapping == mapping && (only.empty() || flow.name == only))
            out.push_back(flow);
    return out;
}

/// The first message received at or behind a moment; messages are kept in the order they came.
Result<MessageId> first_since(const Journal& journal, MessageId last, Time since)
{
    MessageId from = 1, to = last + 1;
    while (from < to) {
        const MessageId middle = from + (to - from) / 2;
        const auto message = journal.read(middle);
        if (!message.ok())
            return message.problem();
        message->received_at < since ? from = middle + 1 : to = middle;
    }
    return from;
}

}  // namespace

int diff_mapping(const Common& common, const DiffOptions& options)
{
    const auto fail = [&](Problem problem) {
        print_problems({std::move(problem)}, common.json);
        return not_done;
    };
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const Settings& settings = opened->settings;
    const ReferenceData reference = load_reference_data(settings.catalogue, settings.mappings);
    if (!reference.problems.empty()) {
        print_problems(reference.problems, common.json);
        return not_done;
    }
    std::vector<Problem> problems, findings;
    const auto draft = mapping::Mapping::load(options.mapping, *reference.catalogue, seal::sha256_hex, problems, findings);
    if (draft == nullptr) {
        print_problems(problems, common.json);
        return not_done;
    }
    const auto in_force = std::find_if(reference.by_file.begin(), reference.by_file.end(),
                                       [&](const auto& entry) { return entry.second->name() == draft->name(); });
    const std::vector<FlowSettings> flows = flows_of(settings, draft->name(), options.flow);
    if (in_force == reference.by_file.end() || flows.empty())
        return fail({"mapping.absent",
                     "no flow reads its messages by a mapping of this name",
                     options.mapping,
                     draft->name(),
                     "the name of the mapping the draft is to replace; its flow in the configuration",
                     {}});
    const auto since = options.since.empty() ? std::optional(Time{}) : time_from(options.since + "T00:00:00+07:00");
    if (!since)
        return fail({"parameter.bad", "this is no day", "--since", options.since, "yyyy-MM-dd", {}});

    const auto standing = opened->data.journal->standing();
    if (!standing.ok())
        return fail(standing.problem());
    const auto first = first_since(*opened->data.journal, standing->messages, *since);
    if (!first.ok())
        return fail(first.problem());

    Bench old_bench(settings, in_force->first, draft->name()), new_bench(settings, options.mapping, draft->name());
    Sum sum;
    for (MessageId id = *first; id <= standing->messages; ++id) {
        const auto message = opened->data.journal->read(id);
        if (!message.ok())
            return fail(message.problem());
        const auto flow =
            std::find_if(flows.begin(), flows.end(), [&](const FlowSettings& one) { return one.name == message->flow; });
        // What the hub itself took back or put back was read by no mapping.
        if (flow == flows.end() || message->source == flow::reconciled_source)
            continue;
        const workshop::Scope scope = api::narrowed(route_of(settings, *flow), *message).scope;
        const auto before = old_bench.work(*message, scope), after = new_bench.work(*message, scope);
        if (!before.ok() || !after.ok())
            return fail(before.ok() ? after.problem() : before.problem());
        const workshop::Comparison comparison = workshop::compare(before->verdicts, after->verdicts);
        ++sum.messages;
        sum.records += comparison.records;
        sum.unchanged += comparison.unchanged;
        for (const workshop::RecordChange& change : comparison.changes)
            ++sum.changes[change.kind];
        if (!comparison.changes.empty())
            common.json ? print_json(*message, comparison) : print_changes(*message, comparison);
    }
    print_sum(sum, draft->name(), common.json);
    if (!common.json && draft->digest() == in_force->second->digest())
        std::printf("the draft is the mapping in force, byte for byte: %s\n", in_force->first.c_str());
    return sum.differs() ? found_wrong : done;
}

}  // namespace lienthong::cli
