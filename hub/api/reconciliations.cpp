// How the flows stand against their sources, and orders about it.
#include "hub/api/query.hpp"
#include "hub/api/routes.hpp"
#include "hub/flow/reconciliation_text.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace lienthong::api {
namespace {

constexpr std::size_t acts_shown = 20;
constexpr std::size_t most_items = 1'000;

http::HttpResponse refusal(const Problem& problem)
{
    return problem_response(status_of(problem), problem);
}

/// The newest run of a flow with what was accepted, or nothing where it was never compared.
struct Standing
{
    std::optional<ReconciliationRun> run;
    std::vector<ReconciliationAct> acceptances, acts;
};

Result<Standing> standing_of(const Reconciliations& kept, const std::string& flow)
{
    Standing out;
    auto run = kept.newest(flow);
    if (!run.ok())
        return run.problem();
    auto acceptances = kept.acceptances(flow);
    if (!acceptances.ok())
        return acceptances.problem();
    auto acts = kept.acts(flow, acts_shown);
    if (!acts.ok())
        return acts.problem();
    out.run = std::move(*run);
    out.acceptances = std::move(*acceptances);
    out.acts = std::move(*acts);
    return out;
}

Problem bad_body(std::string place, std::string found, std::string expected)
{
    return {"parameter.bad", "the order cannot be read", std::move(place), std::move(found), std::move(expected), {}};
}

/// A text member; empty where it is not there.
std::string text_of(const boost::json::object& body, std::string_view name, std::optional<Problem>& problem)
{
    const boost::json::value* value = body.if_contains(name);
    if (value == nullptr)
        return {};
    if (!value->is_string()) {
        problem = bad_body("/" + std::string(name), "something else", "a text");
        return {};
    }
    return std::string(value->get_string());
}

Result<flow::ReconcileOrder> order_of(const http::HttpRequest& request)
{
    boost::system::error_code error;
    const boost::json::value body = boost::json::parse(request.body, error);
    if (error || !body.is_object())
        return bad_body({}, shortened(request.body, 80), R"({"action": "compare", "since": "2025-03-01"})");
    std::optional<Problem> problem;
    flow::ReconcileOrder order;
    for (const auto& member : body.get_object())
        if (const std::string_view name = member.key(); name != "action" && name != "since" && name != "items" && name != "reason")
            problem = bad_body("/" + std::string(name), std::string(name), "action, since, items or reason");
    const std::string action = text_of(body.get_object(), "action", problem);
    order.since = text_of(body.get_object(), "since", problem);
    order.reason = text_of(body.get_object(), "reason", problem);
    if (const auto known = flow::reconcile_action_from(action))
        order.action = *known;
    else if (!problem)
        problem = bad_body("/action", shortened(action, 40), "compare, fetch, withdraw or accept");
    if (const boost::json::value* items = body.get_object().if_contains("items")) {
        const bool fits = items->is_array() && items->get_array().size() <= most_items;
        if (!fits)
            problem = bad_body("/items", "something else", "a list of at most " + std::to_string(most_items) + " identities");
        for (std::size_t i = 0; fits && i < items->get_array().size(); ++i)
            if (items->get_array()[i].is_string())
                order.items.emplace_back(items->get_array()[i].get_string());
            else
                problem = bad_body("/items/" + std::to_string(i), "something else", "a text");
    }
    if (!problem && order.action != flow::ReconcileAction::compare && order.items.empty())
        problem = bad_body("/items", {}, "at least one identity of the list of differences");
    if (problem)
        return *problem;
    return order;
}

}  // namespace

void Routes::reconciliations(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    Query query(call.request);
    const std::string flow = query.text("flow");
    const bool csv = query.choice("format", {"json", "csv"}) == "csv";
    if (query.problem())
        return call.respond(refusal(*query.problem()));
    if (csv && flow.empty())
        return call.respond(refusal(bad_parameter("flow", {}, "one flow, for a table")));
    auto names = parts.reconciliations->flows();
    if (!names.ok())
        return call.respond(refusal(names.problem()));
    for (const std::string& name : parts.reconcilable)
        if (std::find(names->begin(), names->end(), name) == names->end())
            names->push_back(name);
    std::sort(names->begin(), names->end());
    if (!flow.empty() && std::find(names->begin(), names->end(), flow) == names->end())
        return call.respond(refusal(bad_parameter("flow", shortened(flow), "a flow that can be compared with its source")));
    JsonWriter out;
    out.begin_object().key("reconciliations").begin_array();
    for (const std::string& name : *names) {
        if (!flow.empty() && name != flow)
            continue;
        const auto standing = standing_of(*parts.reconciliations, name);
        if (!standing.ok())
            return call.respond(refusal(standing.problem()));
        if (csv) {
            http::HttpResponse table;
            table.content_type = "text/csv; charset=utf-8";
            table.body = flow::csv_of(standing->run.value_or(ReconciliationRun{}), standing->acceptances);
            return call.respond(std::move(table));
        }
        out.begin_object();
        if (standing->run)
            flow::write_run(out, *standing->run, standing->acceptances);
        else
            out.member("flow", name);
        out.member("can_ask", std::find(parts.reconcilable.begin(), parts.reconcilable.end(), name) != parts.reconcilable.end());
        flow::write_acts(out, "acts", standing->acts);
        out.end_object();
    }
    call.respond(json_response(200, out.end_array().end_object().take()));
}

void Routes::reconcile(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    const std::string flow = Query(call.request).text("flow");
    auto order = order_of(call.request);
    if (!order.ok())
        return call.respond(refusal(order.problem()));
    order->who = call.identity.sender + " (" + call.identity.id + ")";
    parts.reconcile(flow, std::move(order).value(), [respond = call.respond](Result<flow::ReconcileReport> report) {
        if (!report.ok())
            return respond(refusal(report.problem()));
        JsonWriter out;
        out.begin_object();
        flow::write_run(out, report->run, report->acceptances);
        flow::write_outcomes(out, *report);
        respond(json_response(200, out.end_object().take()));
    });
}

}  // namespace lienthong::api
