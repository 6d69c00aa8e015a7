/// Parts: which figures a rule holds against each other, and which rules a figure has to do with. All of them can be named
/// from the catalogue and the calendar alone, so nothing is ever searched for. Pure functions, thread-safe.
#pragma once

#include "hub/catalogue/rules.hpp"
#include "hub/model/figure.hpp"

#include <compare>
#include <vector>

namespace lienthong::rules {

/// A rule about one subject. The rule is the catalogue's, which must outlive it.
struct Instance
{
    const catalogue::Rule* rule = nullptr;
    FigureKey subject;

    friend bool operator==(const Instance& a, const Instance& b) { return a.rule == b.rule && a.subject == b.subject; }
    friend std::strong_ordering operator<=>(const Instance& a, const Instance& b)
    {
        const auto order = a.rule->code <=> b.rule->code;
        return order == 0 ? a.subject <=> b.subject : order;
    }
};

/// How far back a rule that looks at the whole year so far does look: all months, and of days those of a month.
inline constexpr int most_looked_back = 31;

/// What the subject is held against.
struct Parts
{
    std::vector<std::vector<FigureKey>> terms;  ///< One list for each term of the rule; empty where it has no figures here.
    std::vector<FigureKey> earlier;             ///< Of periods before the subject's, the nearest first.
};
[[nodiscard]] Parts parts_of(const catalogue::Catalogue& catalogue, const Instance& instance);

/// The subject and all its parts, the subject first.
[[nodiscard]] std::vector<FigureKey> figures_of(const catalogue::Catalogue& catalogue, const Instance& instance);

/// Whether the rule speaks of this figure on the last day of its period; its unit aside, which the figure's key does not have.
[[nodiscard]] bool is_subject(const catalogue::Rule& rule, const FigureKey& figure);

/// The instances the figure can have to do with, as subject or as part. Every one that names it is among them.
[[nodiscard]] std::vector<Instance> about(const catalogue::Catalogue& catalogue, const FigureKey& figure);

}  // namespace lienthong::rules
