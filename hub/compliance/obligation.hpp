/// Obligations (nghĩa vụ báo cáo): who owes which report for which period, from when and until when, and by which rule.
#pragma once

#include "hub/compliance/deadline.hpp"

#include <span>
#include <string>
#include <vector>

namespace lienthong::compliance {

/// Why the deadline is what it is.
struct Rule
{
    std::string words;       ///< As the act has it.
    std::string act;         ///< Number, article and clause.
    std::string reckoning;   ///< What that made of this period.
    std::string window_act;  ///< The act behind the cut-off window; empty where it is the period itself.
};

struct Obligation
{
    std::string id;       ///< "subject|period|agency": stable, so that events can name it.
    std::string subject;  ///< Indicator or form.
    std::string name;
    std::string agency;
    std::string receiver;
    Period period{};
    std::string period_text;  ///< Canonical.
    Day window_from{};        ///< First and last day the figures are taken from, both held: the cut-off window of Decree
    Day window_to{};          ///< 09/2019/NĐ-CP Article 12, or the period itself.
    Time opens{};             ///< From when it is expected. An earlier report is welcome.
    Deadline deadline{};      ///< Before any extension.
    Rule rule{};
    std::size_t tier = 0;           ///< Position of its tier in the regime, from the bottom; 0 with a date of its own.
    Squeeze above = Squeeze::none;  ///< Its deadline against that of the tier it hands to,
    Squeeze below = Squeeze::none;  ///< and of those it receives from against its own.
};

struct Plan
{
    std::vector<Obligation> obligations;  ///< By deadline, tier from the bottom, then id.
    /// What could not be planned, each once: compliance.no_frequency, compliance.no_regime, compliance.no_deadline,
    /// compliance.due, compliance.duplicate, each at "subject|agency"; and compliance.calendar, at a year whose days off
    /// are not known: its obligations are planned, their deadlines provisional. compliance.no_gap, once a tier with a
    /// cut-off window and naming the first period: Decree 09/2019/NĐ-CP Article 8(5) wants at least one working day between
    /// the end of taking figures and the deadline. The deadline's own day is one, since a report is in time until its end.
    std::vector<Problem> findings;
};

/// Every obligation whose period ends in [from, to). A report due the year after its period is planned with its period:
/// who wants all deadlines of a month plans from a year and a half before it to a year after.
/// Pure and thread-safe. Nothing here throws for odd duties: they become findings.
[[nodiscard]] Plan obligations(std::span<const Duty> duties, std::span<const Regime> regimes, Day from, Day to,
                               const NextWorking& next_working);

/// Periods of a kind whose last day lies in [from, to), in order. Years outside 1900–2999 are left out.
[[nodiscard]] std::vector<Period> periods_ending(PeriodKind kind, Day from, Day to);

}  // namespace lienthong::compliance
