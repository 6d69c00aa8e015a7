// Titles and spans of the published reports.
#include "hub/compliance/report.hpp"

#include <algorithm>

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

}  // namespace lienthong::compliance
