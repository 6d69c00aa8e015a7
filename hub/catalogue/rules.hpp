/// Rules between figures: what must hold of one figure, or of several together, whoever tells them.
///
/// "The whole is the sum of its parts", "a share is no more than 100 %", "what is counted from January on does not fall".
/// A rule is a row of rules.csv with the act behind it, or "arithmetic" where it follows from what the figures mean. Judging
/// is hub/rules' affair. Plain values.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

enum class RuleKind : std::uint8_t {
    sum,          ///< The subject is the sum of its terms.
    equal,        ///< The subject and its term are one figure.
    at_least,     ///< The subject is not below the limit, or below the sum of its terms.
    at_most,      ///< The subject is not above the limit, or above the sum of its terms.
    whole,        ///< The subject is counted: no part of one.
    not_falling,  ///< Counted from the year's beginning, the subject is not below its last value of the same year.
    difference,   ///< Counted from the year's beginning, the subject grew by its term since the period before.
    ratio,        ///< The subject, a percentage, is the first term of the second.
    growth,       ///< The subject, a percentage, is by how much the term grew since `back` periods.
    chained,      ///< Growth since the year's beginning is that of the period before, grown on by the term.
    jump,         ///< Within a factor (`limit`) of the median of the last `back` periods. Never more than a hint.
};

enum class Severity : std::uint8_t {
    refuse,   ///< Within one message its records are refused; against stored figures it stands in the list.
    finding,  ///< Somebody has to look at it.
    hint,     ///< Worth a look.
};

enum class Tolerance : std::uint8_t {
    printed,   ///< Half a unit of the last digit of every figure as it was sent.
    absolute,  ///< In the unit of the subject.
    relative,  ///< In percent of what would be right.
};

[[nodiscard]] std::string_view to_text(RuleKind kind);
[[nodiscard]] std::string_view to_text(Severity severity);

/// Figures a rule holds its subject against; what is empty is as in the subject.
struct RuleTerm
{
    enum class Of : std::uint8_t {
        figure,     ///< One figure: another indicator, another measure.
        breakdown,  ///< The subject broken down: one code of a dimension, or each of its codes.
        children,   ///< The lines below the subject's that carry figures.
        areas,      ///< The areas below the subject's.
        periods,    ///< The months or quarters within the subject's period.
    };
    Of of = Of::figure;
    std::string indicator, measure;
    std::string dimension, code;  ///< An empty code: each one.
    text::PeriodKind period = text::PeriodKind::month;
};

/// Periods back, or as many as make a year.
struct RuleSpan
{
    unsigned periods = 0;
    bool year = false;
};

struct Rule
{
    std::string code;  ///< "A_II_2_PARTS"
    RuleKind kind = RuleKind::sum;
    Severity severity = Severity::finding;
    std::vector<std::string> indicators;  ///< Whose figures are subjects; empty: all.
    std::vector<std::string> measures;    ///< Empty: all.
    bool any_breakdown = false;           ///< Else the total alone is a subject.
    std::vector<std::string> dimensions;  ///< Of the subject's unit; empty: any.
    std::vector<text::PeriodKind> kinds;  ///< Of the subject's period; empty: any.
    std::vector<RuleTerm> terms;
    std::string limit;  ///< Canonical decimal, or empty.
    RuleSpan back;
    Tolerance tolerance = Tolerance::printed;
    std::string allowance;  ///< Canonical decimal; empty where the tolerance is `printed`.
    std::string name_vi;
    std::string name_en;
    Validity validity;  ///< By the last day of the subject's period.
    std::string act;
    std::string note;
    std::string place;  ///< "rules.csv:12", for messages.
};

}  // namespace lienthong::catalogue
