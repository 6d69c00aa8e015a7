#include "hub/api/push_report.hpp"

#include "hub/catalogue/forms.hpp"

#include <algorithm>

namespace lienthong::api {
namespace {

Problem bad(const std::string& name, const std::string& found, const std::string& expected)
{
    return {"parameter.bad", "a report is named by form, period and agency", "query/" + name, shortened(found, 80), expected};
}

std::string text_of(const http::HttpRequest& request, const char* name)
{
    const std::string* text = request.parameter(name);
    return text == nullptr ? std::string() : *text;
}

bool speaks_for(const Identity& identity, const std::string& agency)
{
    return std::any_of(identity.agencies.begin(), identity.agencies.end(), [&](const std::string& one) { return one == "*" || one == agency; });
}

}  // namespace

Result<std::optional<ReportClaim>> report_of(const http::HttpRequest& request, const Identity& identity, ComplianceBoards& boards, Time now)
{
    ReportClaim report{.form = text_of(request, "form"), .period = text_of(request, "period"), .agency = text_of(request, "agency")};
    if (report.form.empty()) {
        for (const auto& [name, text] : {std::pair{"period", &report.period}, std::pair{"agency", &report.agency}})
            if (!text->empty())
                return bad(name, *text, "no such parameter without form");
        return std::optional<ReportClaim>();
    }
    const auto period = text::period_from(report.period);
    if (!period.ok())
        return bad("period", report.period, "a period such as 2026-02, 2026-Q1 or 2026");
    report.period = text::to_text(*period);
    if (report.agency.empty()) {
        if (identity.agencies.size() != 1 || identity.agencies.front() == "*")
            return bad("agency", {}, "the code of the agency that owes the report, since the token speaks for several");
        report.agency = identity.agencies.front();
    }
    if (!speaks_for(identity, report.agency))
        return Problem{"agency.not_allowed", "the token does not speak for this agency", "query/agency", shortened(report.agency),
                       "an agency of the token"};
    const auto entry = boards.standing({.subject = report.form, .agency = report.agency, .period = report.period}, now);
    if (!entry.ok())
        return entry.problem();
    report.closes = entry->outcome.deadline;
    return std::optional(std::move(report));
}

}  // namespace lienthong::api
