/// The calendar of state bodies: Monday to Friday, but for the days working_days.csv names.
///
/// Which days are off is decided year by year (Labour Code 45/2019/QH14, Articles 111 and 112; swaps by notice), so it is
/// data and never worked out; a year nobody has entered is not guessed. Thread-safe; never changed once loaded.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace lienthong::catalogue {

/// A weekday off, or a Saturday or Sunday worked in its place.
struct DayException
{
    Day day{};
    bool worked = false;
    std::string name_vi;  ///< "Giỗ Tổ Hùng Vương"
    Mark mark = Mark::unverified;
    std::string act;
};

class WorkingCalendar
{
public:
    WorkingCalendar() = default;
    /// Knows the years that have an exception on 1 January, a holiday every year. Of two for one day the first counts.
    explicit WorkingCalendar(const std::vector<DayException>& exceptions);

    /// Fails with: calendar.not_known.
    [[nodiscard]] Result<bool> is_working(Day day) const;
    /// The day itself where it is worked, else the first one after it that is. Fails with: calendar.not_known, also
    /// where the search leaves the years it knows.
    [[nodiscard]] Result<Day> next_working(Day day) const;
    /// What makes the day other than its weekday, and how sure that is; null for an ordinary day.
    [[nodiscard]] const DayException* exception(Day day) const;
    [[nodiscard]] bool knows(std::chrono::year year) const { return years_.contains(year); }

private:
    std::map<Day, DayException> exceptions_;
    std::set<std::chrono::year> years_;
};

}  // namespace lienthong::catalogue
