// The table, and how a request finds its row in it.
#include "hub/api/routes.hpp"

#include "hub/api/compliance_boards.hpp"
#include "hub/api/metrics.hpp"
#include "hub/api/sealed_wait.hpp"
#include "hub/http/problem_document.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace lienthong::api {
namespace {

const std::vector<RouteEntry>& table()
{
    static const std::vector<RouteEntry> rows = {
        {"POST", "/v1/submissions", Audience::push, {"flow", "mode", "form", "period", "agency"}, &Routes::submit,
         "Takes in records; answers with a verdict for each once they are on stable storage. With form and period it is that report."},
        {"GET", "/v1/submissions/{submission}", Audience::push, {}, &Routes::submission, "The kept answer of a submission."},
        {"GET", "/v1/submissions/{submission}/receipt", Audience::push, {}, &Routes::receipt,
         "Redeems a receipt: leaf, path, checkpoint, signatures and chain."},
        {"GET", "/v1/observations", Audience::pull,
         {"indicator", "period_from", "period_to", "area", "agency", "served", "history", "after", "limit"},
         &Routes::observations,
         "Current observations, or with history=true every revision; each says whether it is the one served of its figure, and"
         " with served=true only those come."},
        {"GET", "/v1/observations/{revision}/proof", Audience::pull, {}, &Routes::proof,
         "Evidence for one revision, to be checked offline."},
        {"GET", "/v1/changes", Audience::pull, {"served", "cursor", "limit", "wait"}, &Routes::changes,
         "What was sealed, in commit order behind an opaque cursor; waits up to `wait` seconds for news. Every agency's telling, each"
         " saying whether it became the one served; with served=true one telling of each figure, also when a settlement or another"
         " owner changes it, and replayed from the start it gives what /v1/observations?served=true gives."},
        {"GET", "/v1/disagreements", Audience::pull, {"indicator", "area", "agency", "state", "after", "limit"}, &Routes::disagreements,
         "Figures that agencies tell differently: open ones, or with state=settled or state=all those settled with a reason."},
        {"GET", "/v1/settlements/{settlement}/proof", Audience::pull, {}, &Routes::settlement_proof,
         "Evidence for one settlement: who settled what on whose figure, for which reason, over which revisions."},
        {"GET", "/v1/rule-breaks", Audience::pull, {"indicator", "area", "rule", "severity", "state", "after", "limit"}, &Routes::rule_breaks,
         "Figures that do not agree with each other by a declared rule, with every figure's revision and source: open ones, or with"
         " state=mended or state=all those a later revision or another rule mended."},
        {"GET", "/v1/reconciliations", Audience::near, {"flow", "format"}, &Routes::reconciliations,
         "What each flow's source was last found to hold otherwise than the hub, item by item, what can be done and what was; of one"
         " flow also as text/csv."},
        {"POST", "/v1/reconciliations", Audience::operate, {"flow"}, &Routes::reconcile,
         "Compares a flow with its source, and acts on differences: {\"action\": \"compare\", \"fetch\", \"withdraw\" or"
         " \"accept\", \"since\": day, \"items\": […], \"reason\": …}; answers with what is left."},
        {"GET", "/v1/indicators", Audience::pull, {"set", "asOf"}, &Routes::indicators,
         "The indicators of the catalogue with the sets they stand in; those of one set, or as they were on a day."},
        {"GET", "/v1/obligations", Audience::pull, {"set", "agency", "period_from", "period_to", "status", "format"}, &Routes::obligations,
         "Who owes which report for which period, by when, by which rule, and how it stands; also as text/csv."},
        {"GET", "/v1/compliance", Audience::near, {"set", "day", "month", "quarter", "year", "format"}, &Routes::compliance,
         "How each agency stands with what falls due in a month; also as text/csv."},
        {"GET", "/log/checkpoint", Audience::anyone, {}, &Routes::checkpoint, "The last checkpoint, a signed note."},
        {"GET", "/log/consistency", Audience::anyone, {"from", "to"}, &Routes::consistency,
         "Proof that the log of size `to` begins with that of size `from`."},
        {"GET", "/v1/status", Audience::near, {}, &Routes::status, "Where everything stands."},
        {"GET", "/healthz", Audience::anyone, {}, &Routes::health, "Whether work moves."},
        {"GET", "/metrics", Audience::near, {}, &Routes::metrics, "Figures for Prometheus."},
        {"GET", "/", Audience::near, {"lang"}, &Routes::page, "The status page."},
        {"GET", "/{file}", Audience::near, {}, &Routes::page, "Parts of the status page."},
    };
    return rows;
}

std::vector<std::string_view> segments(std::string_view path)
{
    std::vector<std::string_view> out;
    for (std::size_t at = 1; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        out.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path)
{
    const auto wanted = segments(pattern);
    const auto given = segments(path);
    if (wanted.size() != given.size())
        return std::nullopt;
    std::vector<std::string> captures;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!wanted[i].empty() && wanted[i].front() == '{' && !given[i].empty())
            captures.emplace_back(given[i]);
        else if (wanted[i] != given[i])
            return std::nullopt;
    }
    return captures;
}

bool is_loopback(std::string_view peer)
{
    return peer == "::1" || peer.substr(0, 4) == "127." || peer.substr(0, 11) == "::ffff:127.";
}

Result<Identity> admit(const ApiParts& parts, Audience audience, const http::HttpRequest& request)
{
    if (audience == Audience::anyone)
        return Identity{};
    if (audience == Audience::near && parts.open_status_on_loopback && is_loopback(request.peer))
        return Identity{};
    const std::string_view role = audience == Audience::push ? "push" : audience == Audience::operate ? "operate" : "pull";
    return parts.gatekeeper->admit(request.header("Authorization"), role);
}

std::optional<Problem> unknown_parameter(const RouteEntry& entry, const http::HttpRequest& request)
{
    for (const auto& [name, value] : request.query)
        if (std::find(entry.parameters.begin(), entry.parameters.end(), name) == entry.parameters.end()) {
            std::string known;
            for (const std::string_view parameter : entry.parameters)
                known += (known.empty() ? "" : ", ") + std::string(parameter);
            return Problem{"parameter.unknown", "this resource has no such parameter", "query", name, known.empty() ? "none" : known};
        }
    return std::nullopt;
}

http::HttpResponse other_method_response(std::string_view asked, std::string_view method)
{
    http::HttpResponse refusal = problem_response(405, Problem{"http.method", "this resource is not asked that way", {}, std::string(asked), std::string(method)});
    refusal.headers.emplace_back("Allow", std::string(method));
    return refusal;
}

}  // namespace

std::span<const RouteEntry> route_table()
{
    return table();
}

bool is_own_path(std::string_view path)
{
    return path.starts_with("/v1/") || path.starts_with("/log/") ||
           std::any_of(table().begin(), table().end(), [&](const RouteEntry& entry) { return match(entry.path, path).has_value(); });
}

std::string Api::reference()
{
    std::string out;
    constexpr std::array audiences = {"anyone", "near", "pull", "push", "operate"};
    for (const RouteEntry& entry : table())
        out += std::string(entry.method) + " " + std::string(entry.path) + "  [" +
               audiences.at(static_cast<std::size_t>(entry.audience)) + "]  " + std::string(entry.purpose) + "\n";
    return out;
}

Api::Api(boost::asio::any_io_executor executor, ApiParts parts)
    : parts_(std::move(parts)), metrics_(std::make_unique<Metrics>()), waiting_(std::make_unique<SealedWait>(std::move(executor))),
      boards_(std::make_unique<ComplianceBoards>(parts_.catalogue, parts_.events, parts_.store))
{
}

Api::~Api()
{
    stop();
}

void Api::stop_waiting()
{
    waiting_->stop();
}

void Api::stop()
{
    stop_waiting();
    readers_.join();
}

void Routes::on_reader(Api& api, std::function<void()> work)
{
    boost::asio::post(api.readers_, std::move(work));
}

void Api::count_refused(std::string_view reason)
{
    metrics_->count_refused(reason);
}

void Api::sealed(std::uint64_t size)
{
    waiting_->sealed(size);
}

void Api::handle(http::HttpRequest request, http::Respond respond)
{
    if (const CalledPath* at = called_path(parts_.called, request)) {
        if (at->method != request.method)
            return respond(other_method_response(request.method, at->method));
        boost::asio::post(readers_, [this, at, request = std::move(request), respond = std::move(respond)]() mutable {
            call_flow(*at, *parts_.gatekeeper, *metrics_, std::move(request), std::move(respond));
        });
        return;
    }
    const RouteEntry* other_method = nullptr;
    for (const RouteEntry& entry : table()) {
        auto captures = match(entry.path, request.path);
        if (!captures)
            continue;
        if (entry.method != request.method && !(entry.method == "GET" && request.method == "HEAD")) {
            other_method = &entry;
            continue;
        }
        if (const auto problem = unknown_parameter(entry, request)) {
            respond(problem_response(400, *problem));
            return;
        }
        // The token is looked up on a reader thread: it may ask the store.
        auto call = std::make_shared<Call>(Call{std::move(request), std::move(*captures), {}, std::move(respond)});
        boost::asio::post(readers_, [this, &entry, call] {
            auto identity = admit(parts_, entry.audience, call->request);
            if (!identity.ok()) {
                http::HttpResponse refusal = problem_response(status_of(identity.problem()), identity.problem());
                if (refusal.status == 401)
                    refusal.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"lienthong\"");
                call->respond(std::move(refusal));
                return;
            }
            call->identity = std::move(identity).value();
            entry.answer(*this, std::move(*call));
        });
        return;
    }
    if (other_method != nullptr) {
        respond(other_method_response(request.method, other_method->method));
        return;
    }
    respond(problem_response(404, Problem{"resource.unknown", "there is no such resource", {}, shortened(request.path), "GET / or GET /v1/indicators"}));
}

http::HttpResponse json_response(int status, std::string body)
{
    http::HttpResponse response;
    response.status = status;
    response.content_type = "application/json; charset=utf-8";
    response.body = std::move(body);
    return response;
}

http::HttpResponse problem_response(int status, const Problem& problem)
{
    http::HttpResponse response;
    response.status = status;
    response.content_type = http::problem_content_type;
    response.body = http::problem_document(status, problem);
    return response;
}

int status_of(const Problem& problem)
{
    static const std::map<std::string_view, int> statuses = {
        {"access.missing", 401},     {"access.refused", 401},   {"access.role", 403},     {"called.caller", 403},   {"flow.busy", 503},
        {"flow.paused", 503},        {"flow.no_list", 404},     {"flow.listing", 502},    {"reconciliation.running", 503},
        {"reconciliation.day", 422}, {"reconciliation.reason", 422}, {"reconciliation.item", 409}, {"reconciliation.action", 409},
        {"push.key_missing", 400},   {"push.key_reused", 422},  {"push.kept", 503}, {"push.flow_unknown", 404}, {"push.content_type", 415},
        {"parameter.unknown", 400},  {"parameter.bad", 400},    {"cursor.unknown", 400},  {"resource.unknown", 404},
        {"compliance.set", 404},     {"form.unknown", 404},     {"compliance.no_obligation", 422}, {"agency.not_allowed", 403},
        {"set.unknown", 404},        {"set.not_valid", 404},
        {"store.no_submission", 404}, {"seal.not_sealed", 409}, {"journal.full", 507},    {"store.full", 507},
        {"journal.broken", 503},     {"store.broken", 503},
    };
    const auto it = statuses.find(problem.code);
    return it == statuses.end() ? 500 : it->second;
}

}  // namespace lienthong::api
