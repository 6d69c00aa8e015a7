// The list of figures that agencies tell differently, for their joint review.
#include "hub/api/names.hpp"
#include "hub/api/routes.hpp"
#include "hub/api/serving.hpp"

namespace lienthong::api {
namespace {

constexpr std::int64_t most_disagreements = 1'000;

Problem bad_parameter(const std::string& name, const std::string& found, const std::string& expected)
{
    return {"parameter.bad", "this parameter cannot be that", "query/" + name, shortened(found, 80), expected};
}

Result<DisagreementFilter> filter_of(const http::HttpRequest& request)
{
    DisagreementFilter filter;
    filter.limit = most_disagreements;
    for (const auto& [name, value] : request.query) {
        if (name == "indicator")
            filter.indicator = value;
        else if (name == "area")
            filter.area = value;
        else if (name == "agency")
            filter.agency = value;
        else if (name == "state") {
            if (value != "open" && value != "settled" && value != "all")
                return bad_parameter(name, value, "open, settled or all");
            filter.open = value != "settled";
            filter.settled = value != "open";
        } else if (name == "after") {
            filter.after = figure_from(value);
            if (!filter.after)
                return bad_parameter(name, value, "the `after` of the last answer");
        } else if (name == "limit") {
            const auto number = number_from(value, most_disagreements);
            if (!number || *number == 0)
                return bad_parameter(name, value, "1 to " + std::to_string(most_disagreements));
            filter.limit = static_cast<std::size_t>(*number);
        }
    }
    return filter;
}

}  // namespace

void Routes::disagreements(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    const auto filter = filter_of(call.request);
    if (!filter.ok())
        return call.respond(problem_response(status_of(filter.problem()), filter.problem()));
    const auto found = parts.store->disagreements(*filter, same_by(*parts.catalogue));
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
    call.respond(evidence.ok() ? json_response(200, *evidence) : problem_response(status_of(evidence.problem()), evidence.problem()));
}

}  // namespace lienthong::api
