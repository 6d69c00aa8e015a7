// Whether a day is worked, and which one is next.
#include "hub/catalogue/refusals.hpp"
#include "hub/catalogue/working_days.hpp"

#include "hub/catalogue/tables.hpp"

namespace lienthong::catalogue {
namespace {

bool is_weekend(Day day)
{
    const std::chrono::weekday weekday{std::chrono::sys_days(day)};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

}  // namespace

WorkingCalendar::WorkingCalendar(const std::vector<DayException>& exceptions)
{
    for (const DayException& exception : exceptions) {
        exceptions_.emplace(exception.day, exception);
        if (exception.day.month() == std::chrono::January && exception.day.day() == std::chrono::day{1})
            years_.insert(exception.day.year());
    }
}

Result<bool> WorkingCalendar::is_working(Day day) const
{
    if (!knows(day.year())) {
        std::vector<std::string> known;
        for (const std::chrono::year year : years_)
            known.push_back(std::to_string(static_cast<int>(year)));
        return Problem{.code = "calendar.not_known",
                       .detail = "the days off of " + std::to_string(static_cast<int>(day.year())) + " are not in the catalogue",
                       .found = day_text(day),
                       .expected = known.empty() ? "rows in working_days.csv" : "a day of " + listed(known)};
    }
    const DayException* named = exception(day);
    return named == nullptr ? !is_weekend(day) : named->worked;
}

Result<Day> WorkingCalendar::next_working(Day day) const
{
    for (std::chrono::sys_days at = day;; at += std::chrono::days(1)) {
        const auto working = is_working(at);
        if (!working)
            return working.problem();
        if (*working)
            return Day(at);
    }
}

const DayException* WorkingCalendar::exception(Day day) const
{
    const auto it = exceptions_.find(day);
    return it == exceptions_.end() ? nullptr : &it->second;
}

}  // namespace lienthong::catalogue
