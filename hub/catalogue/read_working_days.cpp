// Days off and days worked in their place, each one that its weekday would not say.
#include "hub/catalogue/readers.hpp"

#include <array>

namespace lienthong::catalogue {

void read_working_days(const Table& table, Catalogue::Tables& tables)
{
    static constexpr std::array<std::pair<std::string_view, bool>, 2> kinds = {{{"off", false}, {"worked", true}}};
    std::vector<DayException> exceptions;
    for (std::size_t row = 0; row < table.size(); ++row) {
        DayException exception;
        exception.day = table.day(row, "day");
        exception.worked = table.choice(row, "kind", kinds);
        exception.name_vi = table.required(row, "name_vi");
        exception.mark = table.mark(row);
        exception.act = table.required(row, "act");
        const std::chrono::weekday weekday{std::chrono::sys_days(exception.day)};
        const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
        // 1 January says that its year is known, also where it is a Sunday.
        const bool new_year = exception.day.month() == std::chrono::January && exception.day.day() == std::chrono::day{1};
        if (exception.worked ? !weekend : weekend && !new_year)
            table.report(row, "day", "catalogue.value", "the weekday says so already",
                         "a day off from Monday to Friday, or a Saturday or Sunday worked");
        exceptions.push_back(std::move(exception));
    }
    check_once(
        table, "day", [&](std::size_t row) { return table.text(row, "day"); }, [](std::size_t) { return Validity{}; });
    tables.working_days = WorkingCalendar(exceptions);
}

}  // namespace lienthong::catalogue
