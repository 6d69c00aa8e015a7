// Days a report is due, and the first and last day its figures are taken.
#include "hub/text/reporting_days.hpp"

#include <stdexcept>

namespace lienthong::text {
namespace {

using std::chrono::day;
using std::chrono::last;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::years;

year_month month_of(const Day& date)
{
    return {date.year(), date.month()};
}

void require(bool kept, const char* promise)
{
    if (!kept)
        throw std::invalid_argument(promise);
}

/// The day a rule names, which its month may not have.
Day named_day(const DueRule& rule, const Period& period)
{
    require(exists(rule), "due rule does not exist");
    require(exists(period), "period does not exist");
    if (rule.month != 0)
        return (year{period.year} + years{rule.following ? 1 : 0}) / month{rule.month} / day{rule.day};
    return (month_of(last_day(period)) + months{rule.following ? 1 : 0}) / day{rule.day};
}

}  // namespace

bool exists(const DueRule& rule)
{
    constexpr year leap{2024};
    const bool in_range = rule.day >= 1 && rule.day <= 31 && rule.month <= 12;  // chrono keeps one byte of each.
    return in_range && (rule.month == 0 || (leap / month{rule.month} / day{rule.day}).ok());
}

std::optional<Day> due_day(const DueRule& rule, const Period& period)
{
    const Day named = named_day(rule, period);
    return named.ok() ? std::optional(named) : std::nullopt;
}

Day due_day_or_last(const DueRule& rule, const Period& period)
{
    const Day named = named_day(rule, period);
    return named.ok() ? named : Day{month_of(named) / last};
}

Window cutoff_window(const Period& period, unsigned from_day)
{
    require(exists(period), "period does not exist");
    require(from_day >= 1 && from_day <= latest_cutoff_day, "a window begins on a day every month has");
    const Day first = first_day(period);
    const Day end = last_day(period);
    if (from_day == 1 || period.kind == PeriodKind::day)
        return {.first = first, .last = end};
    return {.first = (month_of(first) - months{1}) / day{from_day}, .last = month_of(end) / day{from_day - 1}};
}

}  // namespace lienthong::text
