/// Reminders (đôn đốc): which obligations need a mail now (Quyết định 17/2022/QĐ-UBND 16.3 and 18.2).
#pragma once

#include "hub/compliance/status.hpp"

#include <span>
#include <vector>

namespace lienthong::compliance {

/// What is owed and not met while its deadline is near.
struct NearDeadline
{
    Obligation obligation;
    Outcome outcome;
    unsigned working_days = 0;  ///< Left after today, the deadline's day among them; 0: today is the last.
};

/// Obligations that are open, incomplete or refused, whose deadline (extensions counted) is not over and at most
/// `most_working_days` away. By deadline, tier from the bottom, then id. Pure and thread-safe.
[[nodiscard]] std::vector<NearDeadline> near_deadlines(std::span<const Obligation> obligations, const Ledger& ledger, Time now,
                                                       unsigned most_working_days, const NextWorking& next_working);

struct Reminder
{
    Obligation obligation;
    Outcome outcome;
    unsigned stage = 0;         ///< To be recorded as ReminderSent once the mail is out.
    unsigned working_days = 0;  ///< Left after today, the deadline's day among them; 0: today is the last.
};

/// Near deadlines to remind of. `days_before` are the stages ({5, 2, 0}), in any order; each is due once, and a stage that a nearer one has
/// overtaken is not caught up. By deadline, tier from the bottom, then id. Pure and thread-safe.
[[nodiscard]] std::vector<Reminder> reminders(std::span<const Obligation> obligations, std::span<const Event> events, Time now,
                                              std::span<const unsigned> days_before, const NextWorking& next_working);

/// Working days after `from` up to `to`, that one held. Where the days off are not known every day counts.
[[nodiscard]] unsigned working_days_between(Day from, Day to, const NextWorking& next_working);

}  // namespace lienthong::compliance
