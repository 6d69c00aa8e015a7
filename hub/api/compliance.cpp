// Obligations one by one, and the scoreboard of a month.
#include "hub/api/compliance_boards.hpp"
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

/// By `format`, for links, else by what the caller accepts.
Result<bool> wants_csv(const http::HttpRequest& request)
{
    if (const std::string* format = request.parameter("format")) {
        if (*format != "csv" && *format != "json")
            return bad_parameter("format", *format, "csv or json");
        return *format == "csv";
    }
    return request.header("Accept").find("text/csv") != std::string_view::npos;
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
    bool csv = false;
    std::string set;
    Span span{};
    std::string agency;
    std::optional<Status> status;
};

Result<Question> question_of(const http::HttpRequest& request, const ApiParts& parts)
{
    const auto csv = wants_csv(request);
    const auto set = set_of(request, parts);
    const Period this_year{.kind = PeriodKind::year, .year = static_cast<int>(local_day(parts.clock->now()).year())};
    const auto from = period_of(request, "period_from", this_year);
    const auto to = period_of(request, "period_to", from.ok() && request.parameter("period_from") != nullptr ? *from : this_year);
    for (const Problem* problem : {csv.ok() ? nullptr : &csv.problem(), set.ok() ? nullptr : &set.problem(),
                                   from.ok() ? nullptr : &from.problem(), to.ok() ? nullptr : &to.problem()})
        if (problem != nullptr)
            return *problem;
    Question out{.csv = *csv, .set = *set, .span = {text::first_day(*from), next(text::last_day(*to))}, .agency = {},
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
    if (question->csv)
        return call.respond(csv_response(obligations_csv(*board, boards.names()), "obligations.csv"));
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
    const Day today = local_day(parts.clock->now());
    const auto csv = wants_csv(call.request);
    const auto set = set_of(call.request, parts);
    auto month = period_of(call.request, "month", text::period_from(month_text(today)).value());
    if (month.ok() && month->kind != PeriodKind::month)
        month = bad_parameter("month", text::to_text(*month), "a month such as 2026-03");
    for (const Problem* problem :
         {csv.ok() ? nullptr : &csv.problem(), set.ok() ? nullptr : &set.problem(), month.ok() ? nullptr : &month.problem()})
        if (problem != nullptr)
            return call.respond(problem_response(status_of(*problem), *problem));
    const Day first = text::first_day(*month);
    const Report report = monthly_report({first.year(), first.month()});
    const auto board = boards.board(*set, report.span, parts.clock->now());
    if (!board.ok())
        return call.respond(problem_response(status_of(board.problem()), board.problem()));
    if (*csv)
        return call.respond(csv_response(scoreboard_csv(*board, boards.names()), "compliance-" + text::to_text(*month) + ".csv"));
    JsonWriter out;
    out.begin_object().member("set", *set).member("month", text::to_text(*month)).member("title", report.title);
    write_scoreboard(out, *board, boards.names());
    call.respond(json_response(200, out.end_object().take()));
}

}  // namespace lienthong::api
