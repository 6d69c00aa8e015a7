// Reading observations, and the evidence for one revision.
#include "hub/api/names.hpp"
#include "hub/api/routes.hpp"
#include "hub/api/serving.hpp"
#include "hub/seal/digest.hpp"

namespace lienthong::api {
namespace {

constexpr std::int64_t most_rows = 10'000;

Problem bad_parameter(const std::string& name, const std::string& found, const std::string& expected)
{
    return {"parameter.bad", "this parameter cannot be that", "query/" + name, shortened(found, 80), expected};
}

struct Asked
{
    ObservationFilter filter;
    bool served_only = false;
};

Result<Asked> asked_of(const http::HttpRequest& request)
{
    Asked asked;
    ObservationFilter& filter = asked.filter;
    for (const auto& [name, value] : request.query) {
        if (name == "indicator")
            filter.indicator = value;
        else if (name == "area")
            filter.area = value;
        else if (name == "agency")
            filter.agency = value;
        else if (name == "period_from" || name == "period_to") {
            if (const auto period = text::period_from(value); !period.ok())
                return bad_parameter(name, value, "a period such as 2025-03, 2025-Q1 or 2025");
            (name == "period_from" ? filter.period_from : filter.period_to) = value;
        } else if (name == "served") {
            if (value != "true")
                return bad_parameter(name, value, "true, or nothing for all");
            asked.served_only = true;
        } else if (name == "history") {
            if (value != "true" && value != "false")
                return bad_parameter(name, value, "true or false");
            filter.history = value == "true";
        } else if (name == "after" || name == "limit") {
            const auto number = number_from(value, name == "limit" ? most_rows : INT64_MAX);
            if (!number || (name == "limit" && *number == 0))
                return bad_parameter(name, value, name == "limit" ? "1 to " + std::to_string(most_rows) : "a revision number");
            if (name == "limit")
                filter.limit = static_cast<std::size_t>(*number);
            else
                filter.after = *number;
        }
    }
    return asked;
}

/// A revision that is no longer its agency's current one is served to nobody, whoever owns the figure.
bool is_served(const RevisionRow& row, const ServedRevision& served, bool history)
{
    return row.observation.key.agency == served.agency && (!history || row.id == served.revision);
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
    const auto figures = served_revisions(*parts.store, *parts.catalogue, *rows);
    if (!figures.ok())
        return call.respond(problem_response(status_of(figures.problem()), figures.problem()));

    JsonWriter out;
    out.begin_object().key("observations").begin_array();
    for (const RevisionRow& row : *rows) {
        const auto figure = figures->find(figure_of(row.observation.key));
        const bool served = figure != figures->end() && is_served(row, figure->second, asked->filter.history);
        if (asked->served_only && !served)
            continue;
        out.begin_object();
        write_revision(out, row, parts.catalogue.get());
        out.member("served", served);
        if (served && figure->second.owner_absent)
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
