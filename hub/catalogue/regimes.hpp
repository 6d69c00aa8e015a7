/// Reporting regimes: by which day who sends to whom, as each act sets it; read from regimes.csv.
///
/// A rule is what the act says, not a day worked out for a period: that needs the calendar (working_days.hpp), and is
/// the business of hub/compliance. Plain values, never changed once loaded; reading them is thread-safe.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lienthong::catalogue {

/// Decree 09/2019/NĐ-CP knows three classes of report.
enum class ReportClass : std::uint8_t { periodic, thematic, ad_hoc };

/// Where the day of a deadline comes from.
enum class DueBy : std::uint8_t {
    day,      ///< A day of a month the rule names.
    form,     ///< The due date in each form's own frequency.
    list,     ///< The list of indicators of the province, which the regime only points to.
    request,  ///< Whoever asks for the report sets it (thematic and ad hoc reports).
};

enum class DueMonth : std::uint8_t {
    last,  ///< The last month of the period.
    next,  ///< The month after the period.
};

/// One step of a regime. Steps of one regime follow each other by tier; their days may be the same, or out of order,
/// once days off have moved them.
struct DeadlineRule
{
    std::string regime;  ///< "SL228", "SL228_SE"
    ReportClass report_class = ReportClass::periodic;
    std::vector<text::PeriodKind> kinds;  ///< Period kinds it holds for; empty: any.
    unsigned tier = 0;                    ///< From 1, the lowest body first.
    std::vector<std::string> from_roles;  ///< "DEPARTMENT", "DISTRICT_COMMITTEE" …
    std::string to_role;                  ///< "LEAD", "IOC" …
    DueBy due_by = DueBy::day;
    unsigned day = 0;  ///< 1–31 where due_by is day, else 0. A day its month lacks is for hub/compliance to settle.
    DueMonth month = DueMonth::last;
    bool inclusive = false;  ///< The day itself is still in time ("chậm nhất vào ngày"); otherwise not ("trước ngày").
    bool shifts = false;     ///< A day off moves it to the next working day.
    /// What the figures of a period cover (Decree 09/2019/NĐ-CP, Article 12): from this day of the month before the
    /// period until the end of that day of its last month. Both 0 where the regime has no window of its own.
    unsigned cutoff_from_day = 0;
    unsigned cutoff_to_day = 0;
    Validity validity;
    std::string act;
    std::string note;   ///< Ours: the article, and where the act leaves room.
    std::string place;  ///< "regimes.csv:12", for messages.

    [[nodiscard]] bool holds_for(text::PeriodKind kind) const;
};

}  // namespace lienthong::catalogue
