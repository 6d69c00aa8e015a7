// From a date rule and a period to a day, a moment and the words that explain them.
#include "hub/compliance/deadline.hpp"

#include <algorithm>
#include <cstdio>

namespace lienthong::compliance {
namespace {

using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month;
using std::chrono::years;

constexpr std::chrono::hours local_offset{7};

Day clamped(year_month in, unsigned day)
{
    const Day last{in / std::chrono::last};
    return Day{in / std::chrono::day{std::min(day, static_cast<unsigned>(last.day()))}};
}

bool possible(const Due& due)
{
    switch (due.from) {
        case Due::From::last_month:
        case Due::From::month_after:
            return due.day >= 1 && due.day <= 31;
        case Due::From::report_year:
        case Due::From::year_after:
            return due.day >= 1 && due.day <= 31 && due.month >= 1 && due.month <= 12;
        case Due::From::period_end:
            return due.day <= 366;
        case Due::From::date:
            return due.date && due.date->ok();
    }
    return false;
}

Day named_day(const Due& due, const Period& period)
{
    const Day end = last_day(period);
    const year_month last{end.year(), end.month()};
    const std::chrono::year year{period.year};
    switch (due.from) {
        case Due::From::last_month:
            return clamped(last, due.day);
        case Due::From::month_after:
            return clamped(last + months{1}, due.day);
        case Due::From::report_year:
            return clamped(year / month{due.month}, due.day);
        case Due::From::year_after:
            return clamped((year + years{1}) / month{due.month}, due.day);
        case Due::From::period_end:
            return Day{sys_days{end} + days{due.day}};
        case Due::From::date:
            break;
    }
    return *due.date;
}

Squeeze between(Day lower, Day upper)
{
    if (lower < upper)
        return Squeeze::none;
    return lower == upper ? Squeeze::same_day : Squeeze::inverted;
}

}  // namespace

Time start_of(Day day)
{
    return Time{sys_days{day}} - local_offset;
}

std::string day_text(Day day)
{
    char buffer[48];
    const int size = std::snprintf(buffer, sizeof buffer, "%02u/%02u/%04d", static_cast<unsigned>(day.day()),
                                   static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
    return {buffer, static_cast<std::size_t>(size)};
}

Day next(Day day)
{
    return Day{sys_days{day} + days{1}};
}

Result<Deadline> deadline_of(const Due& due, const Period& period, const NextWorking& next_working)
{
    if (!possible(due))
        return Problem{.code = "compliance.due",
                       .detail = "the date rule names no day that can be",
                       .found = due.words,
                       .expected = "a day 1–31 and, for a day of the year, a month 1–12",
                       .rule = due.act};
    Deadline out;
    out.named = named_day(due, period);
    const Day last = due.inclusive ? out.named : Day{sys_days{out.named} - days{1}};
    const auto moved = due.shifts ? next_working(last) : last;
    out.due = moved.value_or(last);
    out.provisional = !moved;
    out.closes = start_of(next(out.due));
    out.reckoning = due.inclusive ? "chậm nhất ngày " + day_text(out.named)
                                  : "trước ngày " + day_text(out.named) + ", tức hết ngày " + day_text(last);
    if (out.provisional)
        out.reckoning += "; lịch nghỉ chưa được công bố nên chưa tính ngày nghỉ";
    if (out.due != last)
        out.reckoning += "; trùng ngày nghỉ nên tính vào ngày làm việc tiếp theo là ngày " + day_text(out.due);
    return out;
}

std::vector<TierDate> tier_dates(const Regime& regime, ReportClass report_class, const Period& period,
                                 const NextWorking& next_working)
{
    std::vector<TierDate> out;
    for (const Tier& tier : regime.tiers) {
        if (tier.from.empty() || !tier.covers(tier.from.front(), report_class, period))
            continue;
        if (auto found = deadline_of(tier.due, period, next_working); found.ok())
            out.push_back({.tier = &tier, .deadline = std::move(found).value()});
    }
    for (TierDate& lower : out)
        for (TierDate& upper : out) {
            const auto& senders = upper.tier->from;
            if (&lower == &upper || std::find(senders.begin(), senders.end(), lower.tier->to) == senders.end())
                continue;
            const Squeeze squeeze = between(lower.deadline.due, upper.deadline.due);
            lower.above = std::max(lower.above, squeeze);
            upper.below = std::max(upper.below, squeeze);
        }
    return out;
}

}  // namespace lienthong::compliance
