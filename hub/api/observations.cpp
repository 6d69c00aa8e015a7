// Reading observations, and the evidence for one revision.
#include "hub/api/names.hpp"
#include "hub/api/query.hpp"
#include "hub/api/routes.hpp"
#include "hub/api/serving.hpp"
#include "hub/seal/digest.hpp"

namespace lienthong::api {
namespace {

constexpr std::int64_t most_rows = 10'000;
constexpr std::int64_t rows_unasked = 1'000;

struct Asked
{
    ObservationFilter filter;
    bool served_only = false;
};

Result<Asked> asked_of(const http::HttpRequest& request)
{
    Query query(request);
    Asked asked;
    ObservationFilter& filter = asked.filter;
    filter.indicator = query.text("indicator");
    filter.area = query.text("area");
    filter.agency = query.text("agency");
    for (const char* name : {"period_from", "period_to"})
        if (const std::string* period = query.find(name); period != nullptr && !text::period_from(*period).ok())
            query.refuse(name, "a period such as 2025-03, 2025-Q1 or 2025");
    filter.period_from = query.text("period_from");
    filter.period_to = query.text("period_to");
    filter.history = query.flag("history");
    filter.after = query.number("after", 0, INT64_MAX, 0);
    filter.limit = query.limit(most_rows, rows_unasked);
    asked.served_only = query.flag("served");
    if (query.problem())
        return *query.problem();
    return asked;
}

}  // namespace

void Routes::observations(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    const auto asked = asked_of(call.request);
    if (!asked.ok())
        return call.respond(problem_response(status_of(asked.problem()), asked.problem()));
    const auto rows = parts.store->observations(asked->filter);
    if (!rows.ok())
        return call.respond(problem_response(status_of(rows.problem()), rows.problem()));
    const auto ownerless = without_owner(*parts.store, *parts.catalogue, *rows);
    if (!ownerless.ok())
        return call.respond(problem_response(status_of(ownerless.problem()), ownerless.problem()));

    JsonWriter out;
    out.begin_object().key("observations").begin_array();
    for (const RevisionRow& row : *rows) {
        if (asked->served_only && !row.served)
            continue;
        out.begin_object();
        write_revision(out, row, parts.catalogue.get());
        out.member("served", row.served);
        if (row.served && ownerless->contains(figure_of(row.observation.key)))
            out.member("owner_absent", true);
        out.end_object();
    }
    out.end_array();
    // Of the rows read, not of those shown: a page of served figures may hold fewer than its limit.
    out.member("more", rows->size() == asked->filter.limit);
    if (!rows->empty())
        out.member("after", rows->back().id);
    std::string body = out.end_object().take();

    // RFC 9110 §8.8.3: a strong validator, because equal tags mean equal bytes.
    const std::string tag = "\"" + seal::sha256_hex(body).substr(0, 32) + "\"";
    http::HttpResponse response = json_response(200, std::move(body));
    if (call.request.header("If-None-Match") == tag) {
        response.status = 304;
        response.body.clear();
    }
    response.headers.emplace_back("ETag", tag);
    call.respond(std::move(response));
}

void Routes::proof(Api& api, Call call)
{
    const auto revision = number_from(call.captures.at(0), INT64_MAX);
    if (!revision)
        return call.respond(problem_response(400, bad_parameter("revision", call.captures.at(0), "a revision number")));
    const auto evidence = revision_evidence(Routes::parts(api), *revision);
    call.respond(evidence.ok() ? json_response(200, *evidence) : problem_response(status_of(evidence.problem()), evidence.problem()));
}

}  // namespace lienthong::api
