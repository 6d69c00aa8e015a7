/// Judge: whether figures keep a rule, and what would be right where they do not.
///
/// A rule is silent where a figure it needs is not there or carries no value, where units measure different things, and
/// where a quotient has no meaning (a base that is not above zero). Pure functions, thread-safe.
#pragma once

#include "hub/model/observation.hpp"
#include "hub/model/problem.hpp"
#include "hub/rules/parts.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::rules {

/// What is told of a figure, or null. What it points to must stay while a rule is judged.
using Look = std::function<const Observation*(const FigureKey&)>;

/// Of the last periods a jump is measured by, at least so many must be there.
inline constexpr std::size_t least_for_a_median = 3;

struct Broken
{
    Instance instance;
    std::vector<FigureKey> figures;  ///< Those that break it together, the subject first.
    std::string right;               ///< In the subject's unit: "40492", "at most 100", "from 1.2 to 120".
};

/// Whether the rule speaks of figures in this unit.
[[nodiscard]] bool speaks_of_unit(const catalogue::Rule& rule, const catalogue::Catalogue& catalogue, std::string_view unit);

/// Whether the subject by itself, at one look, shows that it keeps the rule: a bound that is a number, a count. False says
/// nothing. Nearly all figures keep such rules, and most messages have no others.
[[nodiscard]] bool plainly_keeps(const catalogue::Rule& rule, const catalogue::Catalogue& catalogue, const Observation& subject);

/// Whether the subject, null where nobody tells it, can break the rule at all; false at one look, without the other figures.
[[nodiscard]] bool may_break(const catalogue::Rule& rule, const catalogue::Catalogue& catalogue, const Observation* subject);

/// Nothing where the rule is kept or silent.
[[nodiscard]] std::optional<Broken> judge(const catalogue::Catalogue& catalogue, const Instance& instance, const Look& look);

/// The break as a problem without a place: the rule by its row and act, every figure with its value, what would be right.
/// `where` says where a figure stands: a record's place, or its key and who told it. Code: rule.broken, or rule.hint.
[[nodiscard]] Problem problem_of(const Broken& broken, const Look& look,
                                 const std::function<std::string(const FigureKey&)>& where);

/// "rules.csv A_II_2_PARTS (arithmetic)"
[[nodiscard]] std::string row_of(const catalogue::Rule& rule);

}  // namespace lienthong::rules
