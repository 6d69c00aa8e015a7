#include "hub/api/compliance_tables.hpp"

#include "hub/api/compliance_boards.hpp"
#include "hub/compliance/scoreboard_table.hpp"

#include <algorithm>
#include <array>

namespace lienthong::api {

using namespace lienthong::compliance;

Result<TableForm> table_form(const http::HttpRequest& request, const ApiParts& parts)
{
    if (const std::string* format = request.parameter("format")) {
        if (*format == "json")
            return TableForm::json;
        if (*format == "csv")
            return TableForm::csv;
        if (*format == "xlsx" && parts.tables != nullptr)
            return TableForm::xlsx;
        return Problem{"parameter.bad", "this parameter cannot be that", "query/format", shortened(*format, 80),
                       parts.tables == nullptr ? "csv or json" : "csv, json or xlsx"};
    }
    const auto accepted = request.header("Accept");
    if (parts.tables != nullptr && accepted.find(parts.tables->media_type()) != std::string_view::npos)
        return TableForm::xlsx;
    return accepted.find("text/csv") != std::string_view::npos ? TableForm::csv : TableForm::json;
}

Result<AskedReport> asked_report(const http::HttpRequest& request, Time now)
{
    AskedReport out{.report = {}, .kind = "month", .period = month_text(local_day(now)), .as_of = now};
    std::size_t given = 0;
    for (const char* kind : {"day", "month", "quarter", "year"})
        if (const std::string* text = request.parameter(kind)) {
            out.kind = kind;
            out.period = *text;
            ++given;
        }
    const std::string place = "query/" + out.kind;
    if (given > 1)
        return Problem{"parameter.bad", "several spans are asked for at once", place, shortened(out.period, 80),
                       "one of day, month, quarter and year"};
    auto report = report_of(out.kind, out.period, place);
    if (!report.ok())
        return report.problem();
    out.report = std::move(report).value();
    if (out.kind == "day")
        out.as_of = std::min(now, start_of(next(text::first_day(*text::period_from(out.period)))));
    return out;
}

http::HttpResponse xlsx_response(const ApiParts& parts, const Scoreboard& board, const Report& report, const AgencyName& name,
                                 const std::string& file)
{
    auto bytes = parts.tables->write(scoreboard_tables(board, report, name, parts.base_url));
    if (!bytes.ok())
        return problem_response(status_of(bytes.problem()), bytes.problem());
    http::HttpResponse response;
    response.content_type = std::string(parts.tables->media_type());
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + file + "\"");
    response.body = std::move(bytes).value();
    return response;
}

}  // namespace lienthong::api
