#include "hub/compute/term.hpp"

namespace lienthong::compute {
namespace {

std::chrono::sys_days next(std::chrono::sys_days day)
{
    return day + std::chrono::days(1);
}

}  // namespace

Result<Day> last_day(const catalogue::WorkingCalendar& calendar, Day from, std::int64_t working_days)
{
    if (working_days < 0 || working_days > most_days)
        return Problem{.code = "compute.span",
                       .detail = "this is no length of a term",
                       .found = std::to_string(working_days),
                       .expected = "0 to " + std::to_string(most_days) + " working days"};
    Day day = from;
    for (std::int64_t i = 0; i < working_days; ++i) {
        const auto worked = calendar.next_working(Day(next(day)));
        if (!worked)
            return worked.problem();
        day = *worked;
    }
    return day;
}

Result<std::int64_t> days_between(Day from, Day until)
{
    const std::int64_t days = (std::chrono::sys_days(until) - std::chrono::sys_days(from)).count();
    if (days < 0 || days > most_days)
        return Problem{.code = "compute.span",
                       .detail = days < 0 ? "it ends before it begins" : "it takes longer than anything should",
                       .found = std::to_string(days) + " days",
                       .expected = "0 to " + std::to_string(most_days) + " days"};
    return days;
}

Result<std::int64_t> working_days_between(const catalogue::WorkingCalendar& calendar, Day from, Day until)
{
    if (const auto days = days_between(from, until); !days)
        return days.problem();
    std::int64_t count = 0;
    for (std::chrono::sys_days day = next(from); day <= std::chrono::sys_days(until); day = next(day)) {
        const auto worked = calendar.is_working(Day(day));
        if (!worked)
            return worked.problem();
        count += *worked ? 1 : 0;
    }
    return count;
}

}  // namespace lienthong::compute
