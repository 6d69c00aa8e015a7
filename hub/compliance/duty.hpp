/// Duties: which report an agency owes again and again, and from which date rule. Plain values, filled from the catalogue.
///
/// Two sources give the date: the tiers of a regime (regime.hpp), or the line of the report itself, as the appendix of
/// QĐ 228/QĐ-UBND does for the Statistics Office (Article 8, clause 1).
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/text/period.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::compliance {

using Day = catalogue::Day;
using text::Period;
using text::PeriodKind;

/// Always: what a row without dates holds for.
[[nodiscard]] inline catalogue::Validity always()
{
    using namespace std::chrono;
    return {.from = Day{year{1900}, January, std::chrono::day{1}}, .to = Day{year{9999}, December, std::chrono::day{31}}};
}

/// A date rule: counted from the period, never from the day of asking.
struct Due
{
    enum class From : std::uint8_t {
        last_month,  ///< Day of the period's last month ("ngày 25 của tháng cuối kỳ báo cáo", "ngày 30 hàng tháng").
        month_after,  ///< Day of the month after it ("ngày 02/tháng sau tháng báo cáo").
        report_year,  ///< Day and month of the period's year ("ngày 06/6/năm báo cáo"); may lie before the period ends.
        year_after,   ///< Day and month of the year after ("ngày 10/2/năm sau năm báo cáo").
        period_end,   ///< So many days after the period's last day; 0 is that day itself.
        date,         ///< One date, as a request or a plan names it ("Tháng 12/2025").
    };
    From from = From::last_month;
    unsigned day = 0;           ///< 1–31, and the month's last day where it has fewer; for period_end days, 0–366.
    unsigned month = 0;         ///< 1–12 for report_year and year_after.
    bool inclusive = true;      ///< "chậm nhất vào ngày 18" holds the 18th; "trước ngày 18" ends with the 17th.
    bool shifts = true;         ///< A day off gives way to the next working day; QĐ 228/QĐ-UBND says so in 8.1b only.
    std::optional<Day> date{};  ///< For From::date.
    std::string words{};        ///< The rule as the act has it: "trước ngày 18 của tháng cuối kỳ báo cáo".
    std::string act{};          ///< "Quyết định 228/QĐ-UBND, Điều 8.1b"
};

/// How often: a kind of period, perhaps only some of a year, perhaps with a date rule of its own.
struct Recurrence
{
    PeriodKind kind = PeriodKind::month;
    std::vector<unsigned> parts{};  ///< Months, quarters or halves it is owed for ("Tháng 7, 11"); empty: see `due`.
    std::optional<int> year{};      ///< Only that year ("Tháng 12/2025").
    /// Before the regime's. With one date a year (report_year, year_after) and no `parts`, it is owed once a year: for
    /// the latest part that ended before that date, or the first where none has ("Quý (ngày 06/4)" is quarter I).
    std::optional<Due> due{};
};

enum class ReportClass : std::uint8_t {
    periodic,        ///< Báo cáo định kỳ.
    socio_economic,  ///< Báo cáo tình hình kinh tế - xã hội, with tiers of its own.
    on_request,  ///< Chuyên đề, đột xuất: the date comes with the request (QĐ 228/QĐ-UBND, Article 8, clauses 2 and 3).
};

struct Duty
{
    std::string subject;   ///< Code of an indicator or a report form. No '|'.
    std::string name;      ///< Official name.
    std::string agency;    ///< Canonical code of who owes it. No '|'.
    std::string receiver;  ///< Canonical code of who receives it.
    std::string role;      ///< The agency's place in the regime: a name of Tier::from ("commune", "department", "lead").
    std::string regime;    ///< Regime::code.
    ReportClass report_class = ReportClass::periodic;
    std::vector<Recurrence> recurrences{};    ///< A crop season is owed once a year: kind year.
    bool continuous = false;                  ///< Fed by a system as things happen: nothing falls due on a day.
    catalogue::Validity validity = always();  ///< Holds for periods whose last day lies in it.
};

}  // namespace lienthong::compliance
