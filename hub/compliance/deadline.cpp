// From a date rule and a period to a day, a moment and the words that explain them.
#include "hub/compliance/deadline.hpp"

#include "hub/text/reporting_days.hpp"

#include <algorithm>
#include <cstdio>

namespace lienthong::compliance {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::chrono::hours local_offset{7};

/// The rule as hub/text reads it; nothing where the day is not one of a month or a year.
std::optional<text::DueRule> rule_of(const Due& due)
{
    switch (due.from) {
        case Due::From::last_month:
            return text::DueRule{.day = due.day};
        case Due::From::month_after:
            return text::DueRule{.day = due.day, .following = true};
        case Due::From::report_year:
            return text::DueRule{.day = due.day, .month = due.month};
        case Due::From::year_after:
            return text::DueRule{.day = due.day, .month = due.month, .following = true};
        case Due::From::period_end:
        case Due::From::date:
            break;
    }
    return std::nullopt;
}

bool of_a_year(const Due& due)
{
    return due.from == Due::From::report_year || due.from == Due::From::year_after;
}

/// Nothing where the rule names no day that can be.
std::optional<Day> named_day(const Due& due, const Period& period)
{
    if (due.from == Due::From::date)
        return due.date && due.date->ok() ? due.date : std::nullopt;
    if (due.from == Due::From::period_end)
        return due.day <= 366 ? std::optional(Day{sys_days{last_day(period)} + days{due.day}}) : std::nullopt;
    const auto rule = rule_of(due);
    if (!rule || !exists(*rule) || of_a_year(due) != (rule->month != 0))
        return std::nullopt;
    return text::due_day_or_last(*rule, period);
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
    const auto named = named_day(due, period);
    if (!named)
        return Problem{.code = "compliance.due",
                       .detail = "the date rule names no day that can be",
                       .found = due.words,
                       .expected = "a day that some month or year has",
                       .rule = due.act};
    Deadline out;
    out.named = *named;
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
