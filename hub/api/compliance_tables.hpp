/// Forms an answer about compliance can take, and the report it is asked for.
#pragma once

#include "hub/api/api.hpp"
#include "hub/compliance/report.hpp"
#include "hub/compliance/scoreboard_csv.hpp"

#include <string>

namespace lienthong::api {

enum class TableForm : std::uint8_t { json, csv, xlsx };

/// By `format`, for links, else by what the caller accepts. Fails with: parameter.bad.
[[nodiscard]] Result<TableForm> table_form(const http::HttpRequest& request, const ApiParts& parts);

struct AskedReport
{
    compliance::Report report;
    std::string kind;    ///< "day", "month", "quarter" or "year"
    std::string period;  ///< Canonical.
    Time as_of{};        ///< Now; for a day of the past its end, so that what was published then can be read again.
};

/// Of the one parameter of day, month, quarter and year that is given; this month's without any. Fails with: parameter.bad.
[[nodiscard]] Result<AskedReport> asked_report(const http::HttpRequest& request, Time now);

/// The board's two sheets as a file of that name, or the problem that kept it from being written.
[[nodiscard]] http::HttpResponse xlsx_response(const ApiParts& parts, const compliance::Scoreboard& board,
                                               const compliance::Report& report, const compliance::AgencyName& name,
                                               const std::string& file);

}  // namespace lienthong::api
