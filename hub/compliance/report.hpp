/// Reports on compliance: spans over the one scoreboard, with the titles they are published under.
#pragma once

#include "hub/compliance/scoreboard.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace lienthong::compliance {

struct Report
{
    std::string title;  ///< In Vietnamese.
    Span span{};
    std::string act;  ///< Who asks for it.
};

/// Published every day (QĐ 228/QĐ-UBND Article 12): what falls due in the day's month, as it stands that day, so that what
/// was missed yesterday is still seen today.
[[nodiscard]] Report daily_report(Day day);
/// Monthly, to the People's Committee (Quyết định 17/2022/QĐ-UBND 18.1).
[[nodiscard]] Report monthly_report(std::chrono::year_month month);
/// Quarterly, by the same clause. `quarter` is 1–4; anything else is taken to the nearest of them.
[[nodiscard]] Report quarterly_report(std::chrono::year year, unsigned quarter);
/// What counts in the year's emulation review (Sóc Trăng's regulation 17.4).
[[nodiscard]] Report yearly_report(std::chrono::year year);

/// What is owed for the periods that end in the span; no act asks for it by itself.
[[nodiscard]] Report periods_report(Span ending);
/// The report of "day", "month", "quarter" or "year" as of a period in canonical text: ("quarter", "2026-Q1").
/// Fails with: parameter.bad, at `place`.
[[nodiscard]] Result<Report> report_of(std::string_view kind, std::string_view period, std::string_view place);

}  // namespace lienthong::compliance
