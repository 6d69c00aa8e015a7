/// Neighbours of a period: those before it, after it, within it and around it. Pure functions, thread-safe.
#pragma once

#include "hub/text/period.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lienthong::rules {

/// So many periods of its kind later, or with a negative number earlier; nothing outside the years a period may have. Nine
/// months are followed by the nine months of the next year.
[[nodiscard]] std::optional<text::Period> moved(const text::Period& period, int by);
/// How many periods of this kind make a year; 0 for days, which have no fixed number of them.
[[nodiscard]] int periods_a_year(text::PeriodKind kind);
/// The same period of another year.
[[nodiscard]] std::optional<text::Period> years_later(const text::Period& period, int years);
/// The months or quarters a period consists of; empty where it does not consist of such, as a month of quarters.
[[nodiscard]] std::vector<text::Period> within(const text::Period& period, text::PeriodKind kind);
/// The periods that consist of this one among others.
[[nodiscard]] std::vector<text::Period> around(const text::Period& period);

}  // namespace lienthong::rules
