// Titles and spans of the published reports.
#include "hub/compliance/report.hpp"

#include <algorithm>
#include <array>

namespace lienthong::compliance {
namespace {

using std::chrono::months;
using std::chrono::year_month;

constexpr const char* subject = "Tình hình cập nhật số liệu báo cáo ";

Span whole_months(year_month from, unsigned count)
{
    return {.from = Day{from / 1}, .to = Day{(from + months{count}) / 1}};
}

}  // namespace

Report daily_report(Day day)
{
    return {.title = subject + ("ngày " + day_text(day)),
            .span = whole_months({day.year(), day.month()}, 1),
            .act = "Quyết định 228/QĐ-UBND, Điều 12"};
}

Report monthly_report(year_month month)
{
    return {.title = subject + ("tháng " + day_text(Day{month / 1}).substr(3)),
            .span = whole_months(month, 1),
            .act = "Quyết định 17/2022/QĐ-UBND, Điều 18.1"};
}

Report quarterly_report(std::chrono::year year, unsigned quarter)
{
    static constexpr const char* roman[] = {"I", "II", "III", "IV"};
    const unsigned part = std::clamp(quarter, 1U, 4U);
    return {.title = subject + ("quý " + std::string(roman[part - 1]) + '/' + std::to_string(static_cast<int>(year))),
            .span = whole_months(year / std::chrono::month{part * 3 - 2}, 3),
            .act = "Quyết định 17/2022/QĐ-UBND, Điều 18.1"};
}

Report yearly_report(std::chrono::year year)
{
    return {.title = subject + ("năm " + std::to_string(static_cast<int>(year))),
            .span = whole_months(year / std::chrono::January, 12),
            .act = "Quy chế của tỉnh Sóc Trăng, Điều 17.4"};
}

Report periods_report(Span ending)
{
    return {.title = "Nghĩa vụ báo cáo của các kỳ kết thúc từ ngày " + day_text(ending.from) + " đến trước ngày " +
                     day_text(ending.to),
            .span = ending,
            .act = {}};
}

Result<Report> report_of(std::string_view kind, std::string_view period, std::string_view place)
{
    constexpr std::array<std::string_view, 4> kinds = {"day", "month", "quarter", "year"};
    const auto read = text::period_from(period);
    if (!read.ok() || to_text(read->kind) != kind || std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
        return Problem{"parameter.bad", "this takes another kind of period", std::string(place), shortened(period, 80),
                       "such as 2026-03-31, 2026-03, 2026-Q1 or 2026, as its name says"};
    const Day first = text::first_day(*read);
    switch (read->kind) {
        case PeriodKind::month:
            return monthly_report({first.year(), first.month()});
        case PeriodKind::quarter:
            return quarterly_report(first.year(), read->part);
        case PeriodKind::year:
            return yearly_report(first.year());
        default:
            return daily_report(first);
    }
}

}  // namespace lienthong::compliance
