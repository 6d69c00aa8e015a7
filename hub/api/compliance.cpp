// Obligations one by one, and the scoreboard of a month.
#include "hub/api/compliance_boards.hpp"
#include "hub/api/compliance_tables.hpp"
#include "hub/api/routes.hpp"
#include "hub/compliance/report.hpp"
#include "hub/compliance/scoreboard_json.hpp"

#include <algorithm>

namespace lienthong::api {
namespace {

using namespace lienthong::compliance;

/// More is asked for in parts.
constexpr std::chrono::years longest_span{5};

Problem bad_parameter(const std::string& name, const std::string& found, const std::string& expected)
{
    return {"parameter.bad", "this parameter cannot be that", "query/" + name, shortened(found, 80), expected};
}

Result<std::string> set_of(const http::HttpRequest& request, const ApiParts& parts)
{
    if (const std::string* set = request.parameter("set"))
        return *set;
    if (parts.compliance_set.empty())
        return bad_parameter("set", {}, "a set of report forms, since the configuration follows none");
    return parts.compliance_set;
}

Result<Period> period_of(const http::HttpRequest& request, const std::string& name, const Period& otherwise)
{
    const std::string* text = request.parameter(name);
    if (text == nullptr)
        return otherwise;
    if (auto period = text::period_from(*text); period.ok())
        return period;
    return bad_parameter(name, *text, "a period such as 2025-03, 2025-Q1 or 2025");
}

struct Question
{
    TableForm form = TableForm::json;
    std::string set;
    Span span{};
    std::string agency;
    std::optional<Status> status;
};

Result<Question> question_of(const http::HttpRequest& request, const ApiParts& parts)
{
    const auto form = table_form(request, parts);
    const auto set = set_of(request, parts);
    const Period this_year{.kind = PeriodKind::year, .year = static_cast<int>(local_day(parts.clock->now()).year())};
    const auto from = period_of(request, "period_from", this_year);
    const auto to = period_of(request, "period_to", from.ok() && request.parameter("period_from") != nullptr ? *from : this_year);
    for (const Problem* problem : {form.ok() ? nullptr : &form.problem(), set.ok() ? nullptr : &set.problem(),
                                   from.ok() ? nullptr : &from.problem(), to.ok() ? nullptr : &to.problem()})
        if (problem != nullptr)
            return *problem;
    Question out{.form = *form, .set = *set, .span = {text::first_day(*from), next(text::last_day(*to))}, .agency = {},
                 .status = {}};
    if (!(out.span.from < out.span.to) || out.span.from + longest_span < out.span.to)
        return bad_parameter("period_to", text::to_text(*to), "a period not before period_from, and at most five years in all");
    if (const std::string* agency = request.parameter("agency"))
        out.agency = *agency;
    if (const std::string* status = request.parameter("status")) {
        std::string known;
        for (const Status one : all_statuses) {
            known += (known.empty() ? "" : ", ") + std::string(compliance::to_text(one));
            if (compliance::to_text(one) == *status)
                out.status = one;
        }
        if (!out.status)
            return bad_parameter("status", *status, known);
    }
    return out;
}

/// Leaves only what was asked for, and counts it again.
void narrow(Scoreboard& board, const Question& question)
{
    std::erase_if(board.rows, [&](const ScoreRow& row) { return !question.agency.empty() && row.agency != question.agency; });
    for (ScoreRow& row : board.rows) {
        if (question.status)
            std::erase_if(row.entries, [&](const ScoreEntry& entry) { return entry.outcome.status != *question.status; });
        row.counts.fill(0);
        for (const ScoreEntry& entry : row.entries)
            ++row.counts[static_cast<std::size_t>(entry.outcome.status)];
    }
    std::erase_if(board.rows, [](const ScoreRow& row) { return row.entries.empty(); });
}

http::HttpResponse csv_response(std::string body, const std::string& file)
{
    http::HttpResponse response;
    response.content_type = "text/csv; charset=utf-8; header=present";
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + file + "\"");
    response.body = std::move(body);
    return response;
}

}  // namespace

void Routes::obligations(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    ComplianceBoards& boards = Routes::boards_of(api);
    const auto question = question_of(call.request, parts);
    if (!question.ok())
        return call.respond(problem_response(status_of(question.problem()), question.problem()));
    auto board = boards.of_periods(question->set, question->span, parts.clock->now());
    if (!board.ok())
        return call.respond(problem_response(status_of(board.problem()), board.problem()));
    narrow(*board, *question);
    if (question->form == TableForm::csv)
        return call.respond(csv_response(obligations_csv(*board, boards.names(), parts.base_url), "obligations.csv"));
    if (question->form == TableForm::xlsx)
        return call.respond(xlsx_response(parts, *board, periods_report(question->span), boards.names(), "obligations.xlsx"));
    JsonWriter out;
    out.begin_object().member("set", question->set).member("as_of", lienthong::to_text(board->as_of));
    out.key("obligations").begin_array();
    for (const ScoreRow& row : board->rows)
        for (const ScoreEntry& entry : row.entries)
            write_obligation(out, entry, boards.names());
    call.respond(json_response(200, out.end_array().end_object().take()));
}

void Routes::compliance(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    ComplianceBoards& boards = Routes::boards_of(api);
    const auto form = table_form(call.request, parts);
    const auto set = set_of(call.request, parts);
    const auto asked = asked_report(call.request, parts.clock->now());
    for (const Problem* problem :
         {form.ok() ? nullptr : &form.problem(), set.ok() ? nullptr : &set.problem(), asked.ok() ? nullptr : &asked.problem()})
        if (problem != nullptr)
            return call.respond(problem_response(status_of(*problem), *problem));
    const Report& report = asked->report;
    const auto board = boards.board(*set, report.span, asked->as_of);
    if (!board.ok())
        return call.respond(problem_response(status_of(board.problem()), board.problem()));
    const std::string file = "compliance-" + asked->period;
    if (*form == TableForm::csv)
        return call.respond(csv_response(scoreboard_csv(*board, boards.names()), file + ".csv"));
    if (*form == TableForm::xlsx)
        return call.respond(xlsx_response(parts, *board, report, boards.names(), file + ".xlsx"));
    JsonWriter out;
    out.begin_object().member("set", *set).member(asked->kind, asked->period).member("title", report.title);
    out.member("act", report.act);
    write_scoreboard(out, *board, boards.names());
    call.respond(json_response(200, out.end_object().take()));
}

}  // namespace lienthong::api
