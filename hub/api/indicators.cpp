// The indicators of the catalogue, with the sets they stand in.
#include "hub/api/routes.hpp"
#include "hub/catalogue/sets.hpp"
#include "hub/model/json_text.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace lienthong::api {
namespace {

using catalogue::Catalogue;
using catalogue::Indicator;
using catalogue::Membership;

struct Question
{
    const std::string* set = nullptr;   ///< Only its members.
    std::optional<catalogue::Day> day;  ///< Only what holds on it; without one, whatever ever held.
};

Result<Question> question_of(const http::HttpRequest& request)
{
    Question out{.set = request.parameter("set"), .day = {}};
    if (const std::string* written = request.parameter("asOf")) {
        const auto day = text::period_from(*written);
        if (!day.ok() || day->kind != text::PeriodKind::day)
            return Problem{"parameter.bad", "this parameter cannot be that", "query/asOf", shortened(*written, 80),
                           "a day such as 2025-03-31"};
        out.day = text::first_day(*day);
    }
    return out;
}

/// Codes of the set asked for.
Result<std::set<std::string>> members_of(const Catalogue& catalogue, const std::string& set, std::optional<catalogue::Day> day)
{
    std::set<std::string> out;
    if (day) {
        const auto members = catalogue.members(set, *day);
        if (!members.ok())
            return members.problem();
        for (const Membership* member : *members)
            out.insert(member->indicator);
        return out;
    }
    for (const Membership& member : catalogue.memberships())
        if (member.set == set)
            out.insert(member.indicator);
    const auto& versions = catalogue.indicator_sets();
    if (out.empty() && std::none_of(versions.begin(), versions.end(), [&](const auto& version) { return version.code == set; }))
        if (const auto nothing = catalogue.members(set, catalogue::Day{}); !nothing.ok())
            return nothing.problem();
    return out;
}

void write_sets(JsonWriter& out, const Catalogue& catalogue, const Indicator& indicator, std::optional<catalogue::Day> day)
{
    out.key("sets").begin_array();
    for (const Membership* member : catalogue.sets_of(indicator.code, day.value_or(indicator.validity.from)))
        out.begin_object()
            .member("set", member->set)
            .member("line", std::int64_t{member->line})
            .member("home", member->home)
            .member("act", member->act)
            .end_object();
    out.end_array();
}

void write_indicator(JsonWriter& out, const Catalogue& catalogue, const Indicator& indicator, std::optional<catalogue::Day> day)
{
    out.begin_object().member("code", indicator.code).member("set", indicator.set).member("name", indicator.name_vi);
    out.member("name_en", indicator.name_en).member("parent", indicator.parent).member("heading", indicator.heading);
    write_sets(out, catalogue, indicator, day);
    out.member("unit", indicator.unit).member("unit_as_written", indicator.unit_raw).member("scope_as_written", indicator.scope_raw);
    out.member("frequency_as_written", indicator.frequency_raw).member("disaggregation_as_written", indicator.disaggregation_raw);
    out.member("agency_as_written", indicator.agency_raw).member("method_as_written", indicator.method_raw);
    out.member("data_method", to_text(indicator.data_method)).member("calculation", indicator.calculation);
    out.key("period_kinds").begin_array();
    for (const text::PeriodKind kind : indicator.kinds)
        out.text(text::to_text(kind));
    out.end_array().key("measures").begin_array();
    for (const catalogue::Measure& measure : indicator.measures)
        out.begin_object()
            .member("code", measure.code)
            .member("name", measure.name_vi)
            .member("unit", measure.unit)
            .member("calculation", measure.calculation)
            .end_object();
    out.end_array().key("agencies").begin_array();
    for (const std::string& agency : indicator.agencies)
        out.text(agency);
    out.end_array().member("act", indicator.act).end_object();
}

}  // namespace

void Routes::indicators(Api& api, Call call)
{
    const auto& catalogue = *Routes::parts(api).catalogue;
    const auto question = question_of(call.request);
    if (!question.ok())
        return call.respond(problem_response(status_of(question.problem()), question.problem()));
    std::set<std::string> members;
    if (question->set != nullptr) {
        auto found = members_of(catalogue, *question->set, question->day);
        if (!found.ok())
            return call.respond(problem_response(status_of(found.problem()), found.problem()));
        members = std::move(found).value();
    }
    JsonWriter out;
    out.begin_object().member("catalogue", catalogue.digest()).key("indicators").begin_array();
    for (const Indicator& indicator : catalogue.indicators())
        if ((question->set == nullptr || members.contains(indicator.code)) &&
            (!question->day || indicator.validity.holds(*question->day)))
            write_indicator(out, catalogue, indicator, question->day);
    call.respond(json_response(200, out.end_array().end_object().take()));
}

}  // namespace lienthong::api
