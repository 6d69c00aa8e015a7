// Deadlines as the acts set them, tier by tier.
#include "hub/catalogue/readers.hpp"

#include "hub/text/reporting_days.hpp"

#include <algorithm>
#include <array>

namespace lienthong::catalogue {
namespace {

/// A day of a month, or 0 for an empty cell.
unsigned day_of_month(const Table& table, std::size_t row, std::string_view column)
{
    if (table.text(row, column).empty())
        return 0;
    const unsigned day = table.number(row, column);
    if (day < 1 || day > 31)
        table.report(row, column, "catalogue.value", "not a day of a month", "1 to 31, or nothing");
    return day;
}

std::vector<std::string> roles_of(const Table& table, std::size_t row)
{
    std::vector<std::string> roles = table.list(row, "from_roles");
    const bool fit = std::all_of(roles.begin(), roles.end(), [](const std::string& role) {
        return role.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string::npos;
    });
    if (roles.empty() || !fit)
        table.report(row, "from_roles", "catalogue.code", "not a list of roles", "roles as in DEPARTMENT;DISTRICT_COMMITTEE");
    return roles;
}

void read_due(const Table& table, std::size_t row, DeadlineRule& rule)
{
    static constexpr std::array<std::pair<std::string_view, DueBy>, 4> ways = {
        {{"day", DueBy::day}, {"form", DueBy::form}, {"list", DueBy::list}, {"request", DueBy::request}}};
    static constexpr std::array<std::pair<std::string_view, DueMonth>, 2> months = {
        {{"last", DueMonth::last}, {"next", DueMonth::next}}};
    rule.due_by = table.choice(row, "due_by", ways);
    rule.day = day_of_month(table, row, "day");
    if ((rule.due_by == DueBy::day) != (rule.day != 0))
        table.report(row, "day", "catalogue.value", "a day is given exactly where due_by is day",
                     rule.due_by == DueBy::day ? "1 to 31" : "nothing");
    if (rule.due_by == DueBy::day)
        rule.month = table.choice(row, "month", months);
    else if (!table.text(row, "month").empty())
        table.report(row, "month", "catalogue.value", "a month is given exactly where due_by is day", "nothing");
    rule.inclusive = table.flag(row, "inclusive");
    rule.shifts = table.flag(row, "shifts");
    rule.cutoff_from_day = day_of_month(table, row, "cutoff_from_day");
    rule.cutoff_to_day = day_of_month(table, row, "cutoff_to_day");
    if ((rule.cutoff_from_day == 0) != (rule.cutoff_to_day == 0))
        table.report(row, "cutoff_to_day", "catalogue.value", "a window has both its ends or none", "both days, or neither");
    else if (rule.cutoff_from_day > text::latest_cutoff_day || (rule.cutoff_from_day != 0 && rule.cutoff_to_day + 1 != rule.cutoff_from_day))
        // Windows that follow each other count nothing twice and lose nothing.
        table.report(row, "cutoff_to_day", "catalogue.value", "a window ends on the day before the next one begins",
                     "2 to 28, and the day before it");
}

}  // namespace

bool DeadlineRule::holds_for(text::PeriodKind kind) const
{
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

void read_regimes(const Table& table, Catalogue::Tables& tables)
{
    const auto read = [&](std::size_t row, DeadlineRule& rule) {
        rule.regime = table.code(row, "regime", plain_code);
        rule.report_class = report_class_of(table, row, "class");
        rule.kinds = period_kinds_of(table, row, "periods");
        rule.tier = table.number(row, "tier");
        rule.from_roles = roles_of(table, row);
        rule.to_role = table.code(row, "to_role", plain_code);
        read_due(table, row, rule);
    };
    read_rows(table, "regime", tables.deadline_rules, read, [](const DeadlineRule& rule) {
        std::string key = rule.regime;
        for (const text::PeriodKind kind : rule.kinds)
            key.append(1, ' ').append(text::to_text(kind));
        return key + ' ' + std::to_string(static_cast<int>(rule.report_class)) + ' ' + std::to_string(rule.tier);
    });
}

}  // namespace lienthong::catalogue
