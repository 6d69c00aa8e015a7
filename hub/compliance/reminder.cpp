// Which stage an obligation has come to, and whether its mail is out.
#include "hub/compliance/reminder.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

namespace lienthong::compliance {
namespace {

/// The nearest stage that `left` working days have come to.
std::optional<unsigned> stage_at(unsigned left, std::span<const unsigned> days_before)
{
    std::optional<unsigned> out;
    for (const unsigned stage : days_before)
        if (left <= stage && (!out || stage < *out))
            out = stage;
    return out;
}

}  // namespace

unsigned working_days_between(Day from, Day to, const NextWorking& next_working)
{
    unsigned count = 0;
    const auto working = [&](Day day) { return next_working(day).value_or(day); };
    for (Day day = working(next(from)); !(to < day); day = working(next(day)))
        ++count;
    return count;
}

std::vector<NearDeadline> near_deadlines(std::span<const Obligation> obligations, const Ledger& ledger, Time now,
                                         unsigned most_working_days, const NextWorking& next_working)
{
    std::vector<NearDeadline> out;
    const Day today = local_day(now);
    for (const Obligation& obligation : obligations) {
        Outcome outcome = ledger.status(obligation, now);
        const bool wanting =
            outcome.status == Status::open || outcome.status == Status::incomplete || outcome.status == Status::refused;
        if (!wanting || now >= outcome.deadline)
            continue;
        const Day due = local_day(outcome.deadline - std::chrono::microseconds{1});
        const unsigned left = working_days_between(today, due, next_working);
        if (left <= most_working_days)
            out.push_back({.obligation = obligation, .outcome = std::move(outcome), .working_days = left});
    }
    std::sort(out.begin(), out.end(), [](const NearDeadline& a, const NearDeadline& b) {
        return std::tie(a.outcome.deadline, a.obligation.tier, a.obligation.id) <
               std::tie(b.outcome.deadline, b.obligation.tier, b.obligation.id);
    });
    return out;
}

std::vector<Reminder> reminders(std::span<const Obligation> obligations, std::span<const Event> events, Time now,
                                std::span<const unsigned> days_before, const NextWorking& next_working)
{
    std::vector<Reminder> out;
    if (days_before.empty())
        return out;
    const Ledger ledger(events);
    const unsigned farthest = *std::max_element(days_before.begin(), days_before.end());
    for (NearDeadline& near : near_deadlines(obligations, ledger, now, farthest, next_working)) {
        const auto stage = stage_at(near.working_days, days_before);
        const auto sent = ledger.reminded(near.obligation, now);
        if (!stage || std::any_of(sent.begin(), sent.end(), [&](unsigned earlier) { return earlier <= *stage; }))
            continue;
        out.push_back({.obligation = std::move(near.obligation),
                       .outcome = std::move(near.outcome),
                       .stage = *stage,
                       .working_days = near.working_days});
    }
    return out;
}

}  // namespace lienthong::compliance
