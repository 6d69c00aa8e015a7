// Reads one flow of the configuration.
#include "hub/cli/document.hpp"
#include "hub/cli/settings_reading.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace lienthong::cli {
namespace {

std::optional<CalledSettings> read_called(Reading& in, const yaml::Node& flow, const std::string& name)
{
    const yaml::Node* node = flow.find("called");
    if (node == nullptr || node->kind == yaml::Kind::null)
        return std::nullopt;
    CalledSettings out;
    out.place = in.source().place(*node);
    if (node->kind != yaml::Kind::map) {
        in.add("settings.type", out.place, std::string(node->kind_name()), "a map; {} for every fallback", "called is something else");
        return out;
    }
    in.check_keys(*node, "flows.called");
    out.prefix = in.text(node, "flows.called", "prefix");
    out.paths = in.entries(node, "flows.called", "paths");
    if (!out.prefix.empty() && !out.paths.empty())
        in.add("settings.flow", out.place, name, "either prefix or paths", "routes are open below a prefix, or each at a path");
    if (out.prefix.empty() && out.paths.empty())
        out.prefix = "/in/" + name;
    const std::string caller = in.text(node, "flows.called", "caller");
    if (caller != "declared" && caller != "address")
        in.add("settings.type", in.place(node, "caller"), caller, "declared or address", "caller is neither");
    out.by_address = caller == "address";
    out.addresses = in.list(node, "flows.called", "addresses");
    out.secret = in.text(node, "flows.called", "secret");
    out.secret_header = in.text(node, "flows.called", "secret_header");
    if (out.by_address && (out.addresses.empty() || out.secret.empty()))
        in.add("settings.missing", out.place, "", out.addresses.empty() ? "flows.called.addresses" : "flows.called.secret",
               "without a token a caller is known by its address and a secret together");
    if (!out.by_address && (!out.secret.empty() || !out.secret_header.empty()))
        in.add("settings.flow", out.place, name, "caller: address", "a secret is looked at with caller: address only");
    return out;
}

/// A rhythm is that of a way in, and nothing new can come between two rounds of one that asks.
void read_rhythm(Reading& in, const yaml::Node& node, FlowSettings& flow)
{
    constexpr std::int64_t longest_rhythm = 86'400 * 400;
    const std::int64_t every = in.number(&node, "flows", "expects_every_secs", longest_rhythm);
    flow.quiet_alarm = in.toggle(&node, "flows", "quiet_alarm");
    if (every <= 0)
        return;
    flow.expects_every = std::chrono::seconds(every);
    const std::string place = in.place(&node, "expects_every_secs");
    if (flow.mapping.empty())
        in.add("settings.flow", place, flow.name, "a flow with a mapping", "a way out brings nothing that could be expected");
    else if (flow.connector != "push" && !flow.called && *flow.expects_every < flow.pace.interval)
        in.add("settings.type", place, std::to_string(every),
               "at least interval_secs, " + std::to_string(std::chrono::duration_cast<std::chrono::seconds>(flow.pace.interval).count()),
               "expects_every_secs is shorter than the pause between two rounds");
}

}  // namespace

FlowSettings read_flow(Reading& in, const yaml::Node& node)
{
    FlowSettings flow;
    in.check_keys(node, "flows");
    flow.place = in.source().place(node);
    flow.name = in.text(&node, "flows", "name");
    flow.connector = in.text(&node, "flows", "connector");
    flow.connector_place = in.place(&node, "connector");
    flow.mapping = in.text(&node, "flows", "mapping");
    flow.deliver = in.text(&node, "flows", "deliver");
    flow.facts = in.text(&node, "flows", "facts");
    flow.facts_per_parcel = static_cast<std::size_t>(in.number(&node, "flows", "facts_per_parcel", 1'000'000));
    flow.behind = in.text(&node, "flows", "behind");
    flow.except = in.text(&node, "flows", "except");
    flow.sender = in.text(&node, "flows", "sender");
    if (sends_documents(flow) && flow.sender.empty())
        in.add("settings.missing", flow.place, "", "sender, the code the documents are sent under, such as H52.14", "documents are sent under the code of a body");
    if (flow.sender.empty())
        flow.sender = flow.name;
    flow.only = in.list(&node, "flows", "only");
    flow.whole_report = in.toggle(&node, "flows", "whole_report");
    flow.agencies = in.list(&node, "flows", "agencies");
    flow.answers = in.toggle(&node, "flows", "answers");
    const std::string mode = in.text(&node, "flows", "mode");
    if (mode != "partial" && mode != "atomic")
        in.add("settings.type", flow.place, mode, "partial or atomic", "mode is neither");
    flow.mode = mode == "atomic" ? Mode::atomic : Mode::partial;
    flow.pace.interval = std::chrono::seconds(in.number(&node, "flows", "interval_secs", 86'400 * 31));
    flow.pace.longest_pause = std::chrono::seconds(std::max<std::int64_t>(1, in.number(&node, "flows", "longest_pause_secs", 86'400)));
    flow.reconcile_every = std::chrono::hours(in.number(&node, "flows", "reconcile_every_hours", 24 * 366));
    flow.reconcile_back = std::chrono::days(std::max<std::int64_t>(1, in.number(&node, "flows", "reconcile_days", 3'660)));
    flow.plain_http = in.toggle(&node, "flows", "plain_http");
    flow.private_networks = in.toggle(&node, "flows", "allow_private");
    flow.settings = in.connector_settings(node);
    flow.called = read_called(in, node, flow.name);
    read_rhythm(in, node, flow);
    if (flow.called && (flow.connector == "push" || flow.mapping.empty()))
        in.add("settings.flow", flow.called->place, flow.name, "a connector that declares routes, and a mapping", "this flow cannot be called");
    if (flow.mapping.empty() == flow.deliver.empty())
        in.add("settings.flow", flow.place, flow.name, "either mapping (a way in) or deliver (a way out)", "a flow goes one way");
    if (!flow.facts.empty() && (flow.deliver.empty() || sends_documents(flow)))
        in.add("settings.flow", flow.place, flow.facts, "deliver: a render mapping", "only a way out with a render mapping tells facts");
    if (flow.facts_per_parcel != 0 && flow.facts.empty())
        in.add("settings.flow", flow.place, flow.name, "facts", "facts_per_parcel is of a way out that tells facts");
    if (flow.connector == "push" && flow.mapping.empty())
        in.add("settings.flow", flow.place, flow.name, "mapping", "a push flow reads what is pushed");
    return flow;
}

}  // namespace lienthong::cli
