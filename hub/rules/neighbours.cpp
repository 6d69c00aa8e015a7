// Arithmetic of periods, by counting them from year 0.
#include "hub/rules/neighbours.hpp"

#include <array>

namespace lienthong::rules {
namespace {

using text::Period;
using text::PeriodKind;

std::optional<Period> if_it_exists(const Period& period)
{
    return text::exists(period) ? std::optional(period) : std::nullopt;
}

/// The last month and the number of months of a period that is no day.
unsigned last_month(const Period& period)
{
    switch (period.kind) {
        case PeriodKind::month:
            return period.part;
        case PeriodKind::quarter:
            return period.part * 3;
        case PeriodKind::half:
            return period.part * 6;
        case PeriodKind::nine_months:
            return 9;
        case PeriodKind::day:
        case PeriodKind::year:
            break;
    }
    return 12;
}

unsigned months_in(PeriodKind kind)
{
    switch (kind) {
        case PeriodKind::month:
            return 1;
        case PeriodKind::quarter:
            return 3;
        case PeriodKind::half:
            return 6;
        case PeriodKind::nine_months:
            return 9;
        case PeriodKind::day:
        case PeriodKind::year:
            break;
    }
    return 12;
}

}  // namespace

int periods_a_year(PeriodKind kind)
{
    switch (kind) {
        case PeriodKind::month:
            return 12;
        case PeriodKind::quarter:
            return 4;
        case PeriodKind::half:
            return 2;
        case PeriodKind::nine_months:
        case PeriodKind::year:
            return 1;
        case PeriodKind::day:
            break;
    }
    return 0;
}

std::optional<Period> moved(const Period& period, int by)
{
    Period out = period;
    if (period.kind == PeriodKind::day) {
        const std::chrono::year_month_day day = std::chrono::sys_days(text::first_day(period)) + std::chrono::days(by);
        out.year = static_cast<int>(day.year());
        out.part = static_cast<unsigned>(day.month());
        out.day = static_cast<unsigned>(day.day());
        return if_it_exists(out);
    }
    const int a_year = periods_a_year(period.kind);
    const int first = period.part == 0 ? 0 : static_cast<int>(period.part) - 1;
    const int count = period.year * a_year + first + by;
    out.year = count / a_year;
    out.part = period.part == 0 ? 0 : static_cast<unsigned>(count % a_year) + 1;
    return count < 0 ? std::nullopt : if_it_exists(out);
}

std::optional<Period> years_later(const Period& period, int years)
{
    Period out = period;
    out.year += years;
    return if_it_exists(out);
}

std::vector<Period> within(const Period& period, PeriodKind kind)
{
    std::vector<Period> out;
    const bool finer = period.kind != PeriodKind::day && months_in(kind) < months_in(period.kind);
    if (!finer || (kind != PeriodKind::month && kind != PeriodKind::quarter))
        return out;
    const unsigned last = last_month(period);
    const unsigned step = months_in(kind);
    for (unsigned month = last - months_in(period.kind) + step; month <= last; month += step)
        out.push_back({kind, period.year, month / step, 0});
    return out;
}

std::vector<Period> around(const Period& period)
{
    std::vector<Period> out;
    if (period.kind != PeriodKind::month && period.kind != PeriodKind::quarter)
        return out;
    const unsigned month = last_month(period);
    const std::array<Period, 4> wider = {{{PeriodKind::quarter, period.year, (month + 2) / 3, 0},
                                          {PeriodKind::half, period.year, (month + 5) / 6, 0},
                                          {PeriodKind::nine_months, period.year, 0, 0},
                                          {PeriodKind::year, period.year, 0, 0}}};
    for (const Period& one : wider)
        if (one.kind != period.kind && (one.kind != PeriodKind::nine_months || month <= 9))
            out.push_back(one);
    return out;
}

}  // namespace lienthong::rules
