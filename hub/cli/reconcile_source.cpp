// lienthong reconcile FLOW --since DAY: what the flow's source says it holds, against what the hub took from it.
#include "hub/cli/columns.hpp"
#include "hub/cli/counted.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/outward.hpp"
#include "hub/cli/workers.hpp"
#include "hub/compliance/csv_text.hpp"
#include "hub/flow/listing.hpp"
#include "hub/flow/reconciliation.hpp"
#include "hub/model/json_text.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>

namespace lienthong::cli {
namespace {

using Kind = flow::Mismatch::Kind;

const char* what_to_do(Kind kind)
{
    switch (kind) {
        case Kind::absent:
            return "fetch: the next rounds should bring it; if they do not, the status of the flow says why";
        case Kind::other:
            return "fetch again: the source changed it after it was taken, and the next round should bring it";
        case Kind::waiting:
            return "wait: it is still being worked on";
        case Kind::refused:
            return "mend: lienthong quarantine list says what is wrong; then lienthong replay";
        case Kind::unlisted:
            return "ask the source: it was withdrawn there, or stands under another day";
        case Kind::count:
            return "ask the source for the list behind its number";
    }
    return "";
}

/// Records of the flow that were refused or wait, by message.
Result<void> add_quarantined(const Store& store, const std::string& name, flow::Holdings& out)
{
    std::map<MessageId, std::pair<std::int64_t, std::int64_t>> open;
    for (const RecordState state : {RecordState::refused, RecordState::returned, RecordState::waiting})
        for (std::int64_t after = 0;;) {
            const auto entries = store.quarantine(state, name, after, 1000);
            if (!entries.ok())
                return entries.problem();
            if (entries->empty())
                break;
            for (const QuarantineEntry& entry : *entries)
                ++(state == RecordState::waiting ? open[entry.message].second : open[entry.message].first);
            after = entries->back().id;
        }
    for (auto& [id, held] : out.messages)
        for (flow::Holding& one : held)
            if (const auto found = open.find(one.message); found != open.end()) {
                one.refused = found->second.first;
                one.waiting = found->second.second;
            }
    return {};
}

Result<flow::Holdings> holdings_of(const Data& data, const std::string& name, const sdk::Inventory& inventory)
{
    flow::Holdings out;
    constexpr std::size_t page = 10'000;
    std::set<MessageId> unapplied;
    for (MessageId after = 0;;) {
        const auto ids = data.journal->unapplied(after, page);
        if (!ids.ok())
            return ids.problem();
        if (ids->empty())
            break;
        unapplied.insert(ids->begin(), ids->end());
        after = ids->back();
    }
    for (MessageId after = 0;;) {
        const auto held = data.journal->held(name, after, page);
        if (!held.ok())
            return held.problem();
        if (held->empty())
            break;
        for (const HeldMessage& message : *held) {
            bool applied = !unapplied.contains(message.id);
            if (!applied) {
                // Marks may be lost in a crash; the store decides.
                const auto submission = data.store->submission_of(message.id);
                if (!submission.ok())
                    return submission.problem();
                applied = submission->has_value();
            }
            out.messages[message.source_id].push_back({message.id, message.digest, applied, 0, 0});
        }
        after = held->back().id;
    }
    if (const auto added = add_quarantined(*data.store, name, out); !added.ok())
        return added.problem();
    const auto wants = [&](const std::string& kind) { return !kind.empty() && out.facts.try_emplace(kind).second; };
    std::vector<std::string> kinds;
    for (const sdk::ListedItem& item : inventory.listed)
        if (wants(item.fact))
            kinds.push_back(item.fact);
    for (const sdk::CountedItem& item : inventory.counted)
        if (wants(item.fact))
            kinds.push_back(item.fact);
    for (const std::string& kind : kinds)
        for (std::string after;;) {
            const auto facts = data.store->facts(kind, after, page);
            if (!facts.ok())
                return facts.problem();
            if (facts->empty())
                break;
            for (const Fact& fact : *facts)
                out.facts[kind].insert(fact.key);
            after = facts->back().key;
        }
    return out;
}

Result<sdk::Inventory> inventory_of(const Settings& settings, const FlowSettings& configured, const std::string& since)
{
    std::vector<Problem> problems;
    auto opened = open_connector(settings, configured, problems);
    if (!opened.ok())
        return opened.problem();
    if (!opened->description.lists)
        return Problem{"flow.no_list",
                       "the connector of this flow cannot ask its source what it holds",
                       configured.place,
                       configured.connector,
                       "a connector that lists; lienthong plugins list",
                       {}};
    boost::asio::io_context context;
    auto transport = outward_transport(context.get_executor(), settings);
    if (!transport.ok())
        return transport.problem();
    flow::ExchangeParts parts{opened->machine, std::move(transport).value(), std::make_shared<SystemClock>(), opened->endpoints, opened->secrets};
    parts.private_networks = configured.private_networks;
    flow::Exchange exchange(std::move(parts));
    // The worker answers from a thread of its own; until then the context has nothing to do, and must wait all the same.
    auto waiting = boost::asio::make_work_guard(context);
    sdk::Step said;
    boost::asio::co_spawn(context, flow::ask_inventory(exchange, since), [&](const std::exception_ptr& error, sdk::Step step) {
        if (error)
            std::rethrow_exception(error);
        said = std::move(step);
        waiting.reset();
    });
    context.run();
    if (said.failure)
        return Problem{"flow.listing",
                       said.failure->detail,
                       configured.place,
                       said.failure->code,
                       "an answer that says what the source holds",
                       {}};
    return std::move(*said.inventory);
}

/// Identities are the source's own words, and the table is opened in a spreadsheet.
void print_csv(const flow::Reconciliation& found)
{
    using compliance::append_csv_row, compliance::guarded;
    std::string out;
    append_csv_row(out, {"difference", "id", "fact", "source", "hub", "message", "what_to_do"});
    for (const flow::Mismatch& one : found.mismatches)
        append_csv_row(out, {to_text(one.kind), guarded(one.id), guarded(one.fact), guarded(one.there), guarded(one.here),
                             one.message == 0 ? "" : std::to_string(one.message), what_to_do(one.kind)});
    std::fwrite(out.data(), 1, out.size(), stdout);
}

void print_json(const std::string& name, const std::string& since, const flow::Reconciliation& found)
{
    JsonWriter out;
    out.begin_object().member("flow", name).member("since", since);
    out.member("compared", static_cast<std::int64_t>(found.compared)).member("agreed", static_cast<std::int64_t>(found.agreed));
    out.key("differences").begin_array();
    for (const flow::Mismatch& one : found.mismatches) {
        out.begin_object().member("difference", to_text(one.kind)).member("id", one.id);
        if (!one.fact.empty())
            out.member("fact", one.fact);
        out.member("source", one.there).member("hub", one.here);
        if (one.message != 0)
            out.member("message", one.message);
        out.member("what_to_do", what_to_do(one.kind)).end_object();
    }
    out.end_array().end_object();
    std::printf("%s\n", out.take().c_str());
}

void print_text(const std::string& name, const std::string& since, const flow::Reconciliation& found)
{
    std::printf("%s since %s: of %s, %zu agree\n", name.c_str(), since.c_str(),
                counted(found.compared, "thing").append(" the source speaks of").c_str(), found.agreed);
    std::vector<std::vector<std::string>> rows;
    if (!found.mismatches.empty())
        rows.push_back({"", "identity", "the source says", "the hub says"});
    std::set<Kind> kinds;
    for (const flow::Mismatch& one : found.mismatches) {
        kinds.insert(one.kind);
        rows.push_back(
            {std::string(to_text(one.kind)), one.fact.empty() ? one.id : one.fact + ' ' + one.id, one.there, one.here});
    }
    std::printf("%s", in_columns(rows, "  ").c_str());
    for (const Kind kind : kinds)
        std::printf("%-9s %s\n", std::string(to_text(kind)).c_str(), what_to_do(kind));
}

}  // namespace

int reconcile_source(const Common& common, const ReconcileOptions& options)
{
    const auto fail = [&](const Problem& problem) {
        print_problems({problem}, common.json);
        return not_done;
    };
    const auto since = time_from(options.since + "T00:00:00+07:00");
    if (!since)
        return fail({"parameter.bad", "this is no day", "--since", options.since, "yyyy-MM-dd", {}});
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const auto& flows = opened->settings.flows;
    const auto configured =
        std::find_if(flows.begin(), flows.end(), [&](const FlowSettings& one) { return one.name == options.flow; });
    if (configured == flows.end())
        return fail(
            {"flow.unknown", "the configuration has no flow of this name", opened->settings.file, shortened(options.flow)});
    if (configured->connector == "push")
        return fail({"flow.no_list",
                     "what is pushed has no source that could be asked",
                     configured->place,
                     options.flow,
                     "a flow with a connector",
                     {}});
    const auto inventory = inventory_of(opened->settings, *configured, options.since);
    if (!inventory.ok())
        return fail(inventory.problem());
    const auto holdings = holdings_of(opened->data, options.flow, *inventory);
    if (!holdings.ok())
        return fail(holdings.problem());
    const flow::Reconciliation found = flow::reconcile(*inventory, *holdings);
    if (common.json)
        print_json(options.flow, options.since, found);
    else if (options.csv)
        print_csv(found);
    else
        print_text(options.flow, options.since, found);
    return found.mismatches.empty() ? done : found_wrong;
}

}  // namespace lienthong::cli
