// Days off and days worked in their place, each one that its weekday would not say.
#include "hub/catalogue/readers.hpp"
#include "hub/catalogue/refusals.hpp"

#include <array>

namespace lienthong::catalogue {

void read_working_days(const Table& table, Catalogue::Tables& tables)
{
    static constexpr std::array<std::pair<std::string_view, bool>, 2> kinds = {{{"off", false}, {"worked", true}}};
    std::vector<DayException> exceptions;
    const auto read = [&](std::size_t row, DayException& exception) {
        exception.day = table.day(row, "day");
        exception.worked = table.choice(row, "kind", kinds);
        exception.name_vi = table.required(row, "name_vi");
        const std::chrono::weekday weekday{std::chrono::sys_days(exception.day)};
        const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
        // 1 January says that its year is known, also where it is a Sunday.
        const bool new_year = exception.day.month() == std::chrono::January && exception.day.day() == std::chrono::day{1};
        if (exception.worked ? !weekend : weekend && !new_year)
            table.report(row, "day", "catalogue.value", "the weekday says so already",
                         "a day off from Monday to Friday, or a Saturday or Sunday worked");
    };
    read_rows(table, "day", exceptions, read, [](const DayException& exception) { return day_text(exception.day); });
    tables.working_days = WorkingCalendar(exceptions);
}

}  // namespace lienthong::catalogue
