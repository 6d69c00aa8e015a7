/// The duties of one set of report forms or of indicators, taken from the catalogue: what is owed, the owners day by day,
/// regimes, days off.
///
/// All functions are pure; what they return points into nothing but where said. Thread-safe.
#pragma once

#include "hub/compliance/event.hpp"
#include "hub/compliance/obligation.hpp"
#include "hub/compliance/scoreboard.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::compliance {

struct Duties
{
    /// One for each form and owner, with the days that owner answers. A form with a date of its own has it in its recurrence,
    /// shifted past days off as its tier is. Duty::receiver stays empty: regimes name roles, not bodies.
    std::vector<Duty> duties;
    /// compliance.no_owner at "form|first day nobody answers"; compliance.no_period and compliance.ambiguous (the reading
    /// applied stands in `expected`) at the form's line.
    std::vector<Problem> findings;
};

/// Forms and figures of one set, for every day the catalogue knows. A figure is owed as often as its line says, by the dates of
/// the regime its set names; a line that may have any kind of period is a finding.
[[nodiscard]] Duties duties_of(const catalogue::Catalogue& catalogue, std::string_view set);

/// Every regime; its tiers are the rules that name a day. The dates of forms stand in the duties, those of lists and of
/// requests come with them.
[[nodiscard]] std::vector<Regime> regimes_of(const catalogue::Catalogue& catalogue);

/// Points into the catalogue, which must outlive it.
[[nodiscard]] NextWorking next_working_of(const catalogue::Catalogue& catalogue);

/// Sets of forms and of indicators, sorted.
[[nodiscard]] std::vector<std::string> sets_of(const catalogue::Catalogue& catalogue);

/// What falls due in the span, whatever its period, with the findings of duties_of and of obligations(); of those about a
/// year's days off only the years of the span. Fails with: compliance.set.
[[nodiscard]] Result<Plan> plan_of(const catalogue::Catalogue& catalogue, std::string_view set, Span span);

/// The obligation `scope` names, all three of its fields, whenever it falls due.
/// Fails with: compliance.set, period.*, compliance.no_obligation.
[[nodiscard]] Result<Obligation> obligation_of(const catalogue::Catalogue& catalogue, std::string_view set, const Scope& scope);

/// The name of an agency's latest row, else its code.
[[nodiscard]] std::string agency_name(const catalogue::Catalogue& catalogue, std::string_view code);

}  // namespace lienthong::compliance
