// Push: POST /v1/submissions, and what is kept of it.
#include "hub/api/metrics.hpp"
#include "hub/api/names.hpp"
#include "hub/api/push_report.hpp"
#include "hub/api/push_scope.hpp"
#include "hub/api/routes.hpp"
#include "hub/flow/agency_scope.hpp"

#include <algorithm>

namespace lienthong::api {
namespace {

bool is_key(std::string_view key)
{
    return key.size() >= 16 && key.size() <= 128 && std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

/// RFC 9110 §8.3.1: the part before any parameter, in lower case.
std::string media_type(std::string_view header)
{
    std::string type(header.substr(0, header.find(';')));
    while (!type.empty() && type.back() == ' ')
        type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return type;
}

int status_of_answer(const flow::Intake::Taken& taken)
{
    const Tally& counts = taken.applied.counts;
    const std::int64_t good = counts[RecordState::stored] + counts[RecordState::unchanged];
    if (good == counts.received)
        return 200;
    return good == 0 ? 422 : 207;
}

}  // namespace

void Routes::submit(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    const auto refuse = [&](const Problem& problem) { call.respond(problem_response(status_of(problem), problem)); };

    const std::string key(call.request.header("Idempotency-Key"));
    if (!is_key(key))
        return refuse({"push.key_missing", "a submission needs a key of its own", "Idempotency-Key", shortened(key, 40),
                       "16 to 128 visible ASCII characters"});
    const std::string* named = call.request.parameter("flow");
    const std::string flow_name = named == nullptr ? "push" : *named;
    const auto flow = parts.push_flows.find(flow_name);
    if (flow == parts.push_flows.end())
        return refuse({"push.flow_unknown", "no push flow has this name", "query/flow", shortened(flow_name, 80), names_of(parts.push_flows)});
    if (const auto pause = parts.pauses->of(flow_name); pause.ok() && *pause)
        return refuse({"flow.paused", "the flow is paused since " + to_text((*pause)->since) + ": " + (*pause)->reason, "query/flow", shortened(flow_name, 80), {}});
    flow::Route route = flow->second;
    if (const std::string* mode = call.request.parameter("mode"); mode != nullptr) {
        if (*mode != "partial" && *mode != "atomic")
            return refuse({"parameter.bad", "there is no such mode", "query/mode", shortened(*mode, 40), "partial or atomic"});
        route.mode = *mode == "atomic" ? Mode::atomic : Mode::partial;
    }
    const std::string type = media_type(call.request.header("Content-Type"));
    if (type != route.media_type && !(type == "text/xml" && route.media_type == "application/xml"))
        return refuse({"push.content_type", "the body is declared as something this flow does not read", "Content-Type",
                       shortened(call.request.header("Content-Type"), 80), route.media_type});
    // What the token may speak for and what the flow lets through: both must agree.
    route.scope.agencies = flow::both_allow(route.scope.agencies, call.identity.agencies);

    auto report = report_of(call.request, call.identity, Routes::boards_of(api), parts.clock->now());
    if (!report.ok())
        return refuse(report.problem());
    route.report = std::move(report).value();

    Message message;
    message.flow = route.flow;
    message.source = "push";
    message.source_id = key;
    message.sender = call.identity.sender;
    message.content_type = type;
    message.payload = std::move(call.request.body);
    message.received_at = parts.clock->now();
    message.attributes = push_attributes(call.identity.id, route);

    Metrics& metrics = Routes::metrics_of(api);
    parts.intake->push(std::move(message), std::move(route), [&metrics, respond = call.respond](Result<flow::Intake::Taken> taken) {
        if (!taken.ok()) {
            metrics.count_submission(taken.problem().code);
            http::HttpResponse refusal = problem_response(status_of(taken.problem()), taken.problem());
            if (refusal.status == 503)
                refusal.headers.emplace_back("Retry-After", "1");
            respond(std::move(refusal));
            return;
        }
        const int status = status_of_answer(*taken);
        metrics.count_submission(status == 200 ? "accepted" : status == 207 ? "mixed" : "refused");
        http::HttpResponse response = json_response(status, std::move(taken->applied.answer));
        response.headers.emplace_back("Location", "/v1/submissions/" + submission_name(taken->applied.submission));
        if (taken->arrival == Arrival::duplicate)
            response.headers.emplace_back("Idempotent-Replay", "true");
        respond(std::move(response));
    });
}

namespace {

/// The submission a path names, if the caller may see it.
Result<SubmissionRow> visible_submission(const ApiParts& parts, const Call& call)
{
    const Problem absent{"store.no_submission", "there is no such submission of this sender", {}, shortened(call.captures.at(0), 40), "S- and a number"};
    const auto id = submission_from(call.captures.at(0));
    if (!id)
        return absent;
    auto row = parts.store->submission(*id);
    if (!row.ok())
        return row.problem();
    const bool may_see = *row && ((*row)->sender == call.identity.sender ||
                                  std::find(call.identity.agencies.begin(), call.identity.agencies.end(), "*") != call.identity.agencies.end());
    if (!may_see)
        return absent;
    return std::move(**row);
}

}  // namespace

void Routes::submission(Api& api, Call call)
{
    const auto row = visible_submission(Routes::parts(api), call);
    call.respond(row.ok() ? json_response(200, row->answer) : problem_response(status_of(row.problem()), row.problem()));
}

void Routes::receipt(Api& api, Call call)
{
    const auto row = visible_submission(Routes::parts(api), call);
    if (!row.ok())
        return call.respond(problem_response(status_of(row.problem()), row.problem()));
    const auto evidence = submission_evidence(Routes::parts(api), *row);
    call.respond(evidence.ok() ? json_response(200, *evidence) : problem_response(status_of(evidence.problem()), evidence.problem()));
}

}  // namespace lienthong::api
