// The list of figures that do not agree with each other by a declared rule.
#include "hub/api/rule_breaks.hpp"

#include "hub/api/names.hpp"
#include "hub/api/query.hpp"
#include "hub/api/routes.hpp"
#include "hub/catalogue/rules.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/rules/judge.hpp"

#include <algorithm>
#include <array>

namespace lienthong::api {
namespace {

constexpr std::int64_t most_rule_breaks = 1'000;

const RevisionRow* row_of(const RuleBreakRow& row, const FigureKey& figure)
{
    const auto it = std::find_if(row.rows.begin(), row.rows.end(),
                                 [&](const RevisionRow& one) { return figure_of(one.observation.key) == figure; });
    return it == row.rows.end() ? nullptr : &*it;
}

Result<RuleBreakFilter> filter_of(const http::HttpRequest& request)
{
    Query query(request);
    RuleBreakFilter filter;
    filter.indicator = query.text("indicator");
    filter.area = query.text("area");
    filter.rule = query.text("rule");
    const std::string_view severity = query.choice("severity", {"all", "refuse", "finding", "hint"});
    filter.severity = severity == "all" ? "" : severity;
    const std::string_view state = query.choice("state", {"open", "mended", "all"});
    filter.open = state != "mended";
    filter.mended = state != "open";
    filter.after = query.number("after", 0, INT64_MAX, 0);
    filter.limit = query.limit(most_rule_breaks);
    if (query.problem())
        return *query.problem();
    return filter;
}

}  // namespace

Problem problem_of(const RuleBreakRow& row, const catalogue::Catalogue& catalogue)
{
    const RuleSubject& subject = row.content.subject;
    const catalogue::Rule* rule = catalogue.find_rule(subject.rule);
    // The catalogue may have lost the rule since; what it found stays readable.
    catalogue::Rule gone;
    gone.code = subject.rule;
    rules::Broken broken{{rule == nullptr ? &gone : rule, subject.figure}, {}, row.content.right};
    for (const RevisionRow& one : row.rows)
        broken.figures.push_back(figure_of(one.observation.key));
    const rules::Look look = [&row](const FigureKey& figure) {
        const RevisionRow* found = row_of(row, figure);
        return found == nullptr ? nullptr : &found->observation;
    };
    const auto where = [&row](const FigureKey& figure) {
        const RevisionRow* found = row_of(row, figure);
        const std::string source = found == nullptr || found->observation.source.empty() ? "" : ", " + found->observation.source;
        return to_text(figure) +
               (found == nullptr ? "" : " (" + found->observation.key.agency + ", " + found->sender + source + ")");
    };
    Problem problem = rules::problem_of(broken, look, where);
    problem.place = to_text(subject.figure);
    return problem;
}

void write_rule_break(JsonWriter& out, const RuleBreakRow& row, const catalogue::Catalogue& catalogue)
{
    const RuleBreak& content = row.content;
    const FigureKey& figure = content.subject.figure;
    out.member("id", row.id).member("severity", content.severity).member("state", row.mended ? "mended" : "open");
    out.key("rule").begin_object().member("code", content.subject.rule);
    if (const catalogue::Rule* rule = catalogue.find_rule(content.subject.rule)) {
        out.member("kind", to_text(rule->kind)).member("name_vi", rule->name_vi).member("name_en", rule->name_en);
        out.member("act", rule->act).member("note", rule->note);
    }
    out.end_object();
    out.member("key", to_text(figure)).member("indicator", figure.indicator).member("measure", figure.measure);
    out.member("period", figure.period).member("area", figure.area).member("breakdown", figure.breakdown);
    out.member("right", content.right).member("since", to_text(content.since));
    if (row.mended)
        out.member("mended", to_text(*row.mended)).member("mended_by", row.mended_by);
    out.key("figures").begin_array();
    for (const RevisionRow& one : row.rows) {
        out.begin_object();
        write_revision(out, one, &catalogue);
        out.end_object();
    }
    out.end_array();
    if (!row.mended)
        write_problems(out, "problems", std::array{problem_of(row, catalogue)});
}

void Routes::rule_breaks(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    const auto filter = filter_of(call.request);
    if (!filter.ok())
        return call.respond(problem_response(status_of(filter.problem()), filter.problem()));
    const auto found = parts.rule_breaks->list(*filter);
    if (!found.ok())
        return call.respond(problem_response(status_of(found.problem()), found.problem()));
    JsonWriter out;
    out.begin_object().key("rule_breaks").begin_array();
    for (const RuleBreakRow& row : *found) {
        out.begin_object();
        write_rule_break(out, row, *parts.catalogue);
        out.end_object();
    }
    out.end_array().member("more", found->size() == filter->limit);
    if (!found->empty())
        out.member("after", found->back().id);
    call.respond(json_response(200, out.end_object().take()));
}

}  // namespace lienthong::api
