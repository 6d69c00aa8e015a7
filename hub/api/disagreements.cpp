// The list of figures that agencies tell differently, for their joint review.
#include "hub/api/names.hpp"
#include "hub/api/query.hpp"
#include "hub/api/routes.hpp"
#include "hub/api/serving.hpp"

namespace lienthong::api {
namespace {

constexpr std::int64_t most_disagreements = 1'000;

Result<DisagreementFilter> filter_of(const http::HttpRequest& request)
{
    Query query(request);
    DisagreementFilter filter;
    filter.indicator = query.text("indicator");
    filter.area = query.text("area");
    filter.agency = query.text("agency");
    const std::string_view state = query.choice("state", {"open", "settled", "all"});
    filter.open = state != "settled";
    filter.settled = state != "open";
    if (const std::string* after = query.find("after"); after != nullptr && !(filter.after = figure_from(*after)))
        query.refuse("after", "the `after` of the last answer");
    filter.limit = query.limit(most_disagreements);
    if (query.problem())
        return *query.problem();
    return filter;
}

}  // namespace

void Routes::disagreements(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    const auto filter = filter_of(call.request);
    if (!filter.ok())
        return call.respond(problem_response(status_of(filter.problem()), filter.problem()));
    const auto found = parts.store->disagreements(*filter);
    if (!found.ok())
        return call.respond(problem_response(status_of(found.problem()), found.problem()));
    JsonWriter out;
    out.begin_object().key("disagreements").begin_array();
    for (const Disagreement& disagreement : *found) {
        out.begin_object();
        write_disagreement(out, disagreement, *parts.catalogue);
        out.end_object();
    }
    out.end_array().member("more", found->size() == filter->limit);
    if (!found->empty())
        out.member("after", to_text(found->back().claims.figure));
    call.respond(json_response(200, out.end_object().take()));
}

void Routes::settlement_proof(Api& api, Call call)
{
    const auto id = number_from(call.captures.at(0), INT64_MAX);
    if (!id)
        return call.respond(problem_response(400, bad_parameter("settlement", call.captures.at(0), "a settlement's number")));
    const auto evidence = settlement_evidence(Routes::parts(api), *id);
    if (!evidence.ok())
        return call.respond(problem_response(status_of(evidence.problem()), evidence.problem()));
    call.respond(json_response(200, *evidence));
}

}  // namespace lienthong::api
