// One function a kind of rule. Everything is worked out in the base unit of its dimension, which multiplying gives exactly.
#include "hub/rules/judge.hpp"

#include "hub/rules/amount.hpp"
#include "hub/text/number.hpp"

#include <algorithm>

namespace lienthong::rules {
namespace {

using catalogue::Catalogue;
using catalogue::Rule;
using catalogue::RuleKind;
using catalogue::Tolerance;

/// A figure as a rule sees it.
struct Figure
{
    FigureKey key;
    const Observation* told = nullptr;
    std::string dimension;     ///< Of its unit; the unit itself where the catalogue does not know it.
    std::string factor = "1";  ///< Of its unit in the base unit.
    Span span;                 ///< In the base unit, as far as the rule trusts the printed digits.
    std::string point;         ///< In the base unit, as printed.
};

/// How many of the base unit one of the unit is; 1 of a unit the catalogue does not know.
std::string_view unit_factor(const Catalogue& catalogue, std::string_view unit)
{
    const catalogue::Unit* known = catalogue.find_unit(unit);
    return known == nullptr ? std::string_view("1") : std::string_view(known->factor);
}

/// What a figure ought to be, with and without what the printed digits leave open.
struct Right
{
    Span span;
    std::string point;
};

Right operator+(const Right& a, const Right& b)
{
    return {a.span + b.span, plus(a.point, b.point)};
}

Right right_of(const Figure& figure)
{
    return {figure.span, figure.point};
}

class Judging
{
public:
    Judging(const Catalogue& catalogue, const Instance& instance, const Look& look)
        : catalogue_(catalogue), instance_(instance), rule_(*instance.rule), look_(look)
    {
    }

    std::optional<Broken> run()
    {
        const Observation* told = look_(instance_.subject);
        if (!may_break(rule_, catalogue_, told) || !is_subject(rule_, instance_.subject) || !see(instance_.subject))
            return std::nullopt;
        parts_ = parts_of(catalogue_, instance_);
        switch (rule_.kind) {
            case RuleKind::sum:
            case RuleKind::equal:
                return held_equal(summed());
            case RuleKind::at_least:
            case RuleKind::at_most:
                return bounded();
            case RuleKind::whole:
                return whole();
            case RuleKind::not_falling:
                return not_falling();
            case RuleKind::difference:
                return held_equal(grown_by());
            case RuleKind::ratio:
                return held_equal(ratio());
            case RuleKind::growth:
                return held_equal(growth());
            case RuleKind::chained:
                return held_equal(chained());
            case RuleKind::jump:
                return jump();
        }
        return std::nullopt;
    }

private:
    /// Takes a figure in; false where it is not there or has no value.
    bool see(const FigureKey& key)
    {
        const Observation* told = look_(key);
        if (told == nullptr || told->availability != Availability::value)
            return false;
        Figure figure;
        figure.key = key;
        figure.told = told;
        figure.dimension = told->unit;
        if (const catalogue::Unit* unit = catalogue_.find_unit(told->unit)) {
            figure.dimension = unit->dimension;
            figure.factor = unit->factor;
        }
        figure.point = text::multiply(told->value, figure.factor);
        figure.span = (rule_.tolerance == Tolerance::printed ? Span::printed(told->value) : Span::just(told->value)) *
                      Span::just(figure.factor);
        seen_.push_back(std::move(figure));
        return true;
    }

    /// The same; false as well where it counts in another dimension.
    bool see_like(const FigureKey& key, std::string dimension) { return see(key) && seen_.back().dimension == dimension; }

    [[nodiscard]] const Figure& subject() const { return seen_.front(); }

    /// All figures of all terms together.
    std::optional<Right> summed()
    {
        std::optional<Right> out;
        for (const std::vector<FigureKey>& term : parts_.terms) {
            if (term.empty())
                return std::nullopt;
            for (const FigureKey& part : term) {
                if (!see_like(part, subject().dimension))
                    return std::nullopt;
                out = out ? *out + right_of(seen_.back()) : right_of(seen_.back());
            }
        }
        return out;
    }

    std::optional<Right> grown_by()
    {
        if (!see_like(parts_.terms.front().front(), subject().dimension))
            return std::nullopt;
        const Right growth = right_of(seen_.back());
        if (parts_.earlier.empty())
            return growth;
        if (!see_like(parts_.earlier.front(), subject().dimension))
            return std::nullopt;
        return growth + right_of(seen_.back());
    }

    /// A hundred times the quotient, in percent, the base unit of shares.
    static std::optional<Right> percent(const Figure& above, const Figure& below, std::size_t scale)
    {
        const auto span = above.span / below.span;
        if (!span)
            return std::nullopt;
        return Right{*span * Span::just("100"), quotient(text::multiply(above.point, "100"), below.point, scale, Round::half)};
    }

    std::optional<Right> ratio()
    {
        if (parts_.terms.size() != 2 || parts_.terms[0].empty() || parts_.terms[1].empty() || !see(parts_.terms[0].front()))
            return std::nullopt;
        if (const std::string dimension = seen_.back().dimension; !see_like(parts_.terms[1].front(), dimension))
            return std::nullopt;
        return percent(seen_[1], seen_[2], scale());
    }

    std::optional<Right> growth()
    {
        if (parts_.terms.front().empty() || parts_.earlier.empty() || !see(parts_.terms.front().front()))
            return std::nullopt;
        if (const std::string dimension = seen_.back().dimension; !see_like(parts_.earlier.front(), dimension))
            return std::nullopt;
        auto out = percent(seen_[1], seen_[2], scale());
        if (out)
            out = *out + Right{Span::just("-100"), "-100"};
        return out;
    }

    std::optional<Right> chained()
    {
        if (!see_like(parts_.terms.front().front(), subject().dimension))
            return std::nullopt;
        const Right growth = right_of(seen_.back());
        if (parts_.earlier.empty())
            return growth;
        if (!see_like(parts_.earlier.front(), subject().dimension))
            return std::nullopt;
        const Right before = right_of(seen_.back());
        const Span hundred = Span::just("100");
        return Right{(before.span + hundred) * (growth.span + hundred) * Span::just("0.01") - hundred,
                     minus(text::multiply(text::multiply(plus(before.point, "100"), plus(growth.point, "100")), "0.01"), "100")};
    }

    [[nodiscard]] Span allowed(const Right& right) const
    {
        switch (rule_.tolerance) {
            case Tolerance::printed:
                break;
            case Tolerance::absolute:
                return right.span.widened(text::multiply(rule_.allowance, subject().factor));
            case Tolerance::relative: {
                const std::string size = right.point.starts_with('-') ? negated(right.point) : right.point;
                return right.span.widened(text::multiply(text::multiply(size, rule_.allowance), "0.01"));
            }
        }
        return right.span;
    }

    std::optional<Broken> held_equal(const std::optional<Right>& right)
    {
        if (!right)
            return std::nullopt;
        const Span span = allowed(*right);
        if (!subject().span.is_above(span) && !span.is_above(subject().span))
            return std::nullopt;
        return broken(shown(right->point));
    }

    std::optional<Broken> bounded()
    {
        const std::optional<Right> limit = rule_.terms.empty() ? Right{Span::just(rule_.limit), rule_.limit} : summed();
        if (!limit)
            return std::nullopt;
        const Span span = allowed(*limit);
        const bool least = rule_.kind == RuleKind::at_least;
        if (least ? !span.is_above(subject().span) : !subject().span.is_above(span))
            return std::nullopt;
        return broken((least ? "at least " : "at most ") + shown(limit->point));
    }

    std::optional<Broken> whole()
    {
        if (text::compare(rounded(subject().point, 0), subject().point) == 0)
            return std::nullopt;
        return broken("a whole number");
    }

    std::optional<Broken> not_falling()
    {
        for (const FigureKey& before : parts_.earlier) {
            if (!see(before))
                continue;
            const Figure& last = seen_.back();
            const Right least = right_of(last);
            if (last.dimension != subject().dimension || !allowed(least).is_above(subject().span))
                return std::nullopt;
            return broken("at least " + shown(least.point));
        }
        return std::nullopt;
    }

    std::optional<Broken> jump()
    {
        std::vector<std::string> points;
        for (const FigureKey& before : parts_.earlier)
            if (see(before)) {
                if (seen_.back().dimension != subject().dimension)
                    return std::nullopt;
                points.push_back(seen_.back().point);
            }
        if (points.size() < least_for_a_median)
            return std::nullopt;
        std::sort(points.begin(), points.end(),
                  [](const std::string& a, const std::string& b) { return text::compare(a, b) < 0; });
        const std::size_t middle = points.size() / 2;
        const std::string median =
            points.size() % 2 == 1 ? points[middle] : text::multiply(plus(points[middle - 1], points[middle]), "0.5");
        if (text::compare(median, "0") <= 0)
            return std::nullopt;
        const std::string most = text::multiply(median, rule_.limit);
        const bool above = text::compare(subject().point, most) > 0;
        const bool below = text::compare(text::multiply(subject().point, rule_.limit), median) < 0;
        if (!above && !below)
            return std::nullopt;
        return broken("from " + shown(quotient(median, rule_.limit, scale() + 2, Round::half)) + " to " + shown(most));
    }

    /// Digits behind the point of the subject in its base unit, and a few more for rounding once only.
    [[nodiscard]] std::size_t scale() const { return scale_of(subject().told->value) + scale_of(subject().factor) + 6; }

    /// An amount of the base unit in the subject's unit, with the digits the subject has.
    [[nodiscard]] std::string shown(const std::string& point) const
    {
        return quotient(point, subject().factor, scale_of(subject().told->value), Round::half);
    }

    std::optional<Broken> broken(std::string right) const
    {
        Broken out{instance_, {}, std::move(right)};
        for (const Figure& figure : seen_)
            out.figures.push_back(figure.key);
        return out;
    }

    const Catalogue& catalogue_;
    const Instance& instance_;
    const Rule& rule_;
    const Look& look_;
    Parts parts_;
    std::vector<Figure> seen_;  ///< The subject first.
};

}  // namespace

bool speaks_of_unit(const Rule& rule, const Catalogue& catalogue, std::string_view unit)
{
    if (rule.dimensions.empty())
        return true;
    const catalogue::Unit* known = catalogue.find_unit(unit);
    const std::string_view dimension = known == nullptr ? unit : known->dimension;
    return std::find(rule.dimensions.begin(), rule.dimensions.end(), dimension) != rule.dimensions.end();
}

bool plainly_keeps(const Rule& rule, const Catalogue& catalogue, const Observation& subject)
{
    if (subject.availability != Availability::value)
        return true;
    const bool least = rule.kind == RuleKind::at_least;
    if (rule.limit.empty() || (!least && rule.kind != RuleKind::at_most))
        return rule.kind == RuleKind::whole && subject.value.find('.') == std::string::npos &&
               unit_factor(catalogue, subject.unit).find('.') == std::string_view::npos;
    const std::string_view factor = rule.limit == "0" ? "1" : unit_factor(catalogue, subject.unit);  // no unit moves a value across 0
    const int order = factor == "1" ? text::compare(subject.value, rule.limit) : text::compare(text::multiply(subject.value, factor), rule.limit);
    return least ? order >= 0 : order <= 0;
}

bool may_break(const Rule& rule, const Catalogue& catalogue, const Observation* subject)
{
    return subject != nullptr && !plainly_keeps(rule, catalogue, *subject) && speaks_of_unit(rule, catalogue, subject->unit);
}

std::optional<Broken> judge(const Catalogue& catalogue, const Instance& instance, const Look& look)
{
    return Judging(catalogue, instance, look).run();
}

std::string row_of(const Rule& rule)
{
    return "rules.csv " + rule.code + " (" + rule.act + ")";
}

Problem problem_of(const Broken& broken, const Look& look, const std::function<std::string(const FigureKey&)>& where)
{
    const Rule& rule = *broken.instance.rule;
    Problem out;
    out.code = rule.severity == catalogue::Severity::hint ? "rule.hint" : "rule.broken";
    out.detail = rule.name_vi + " / " + rule.name_en + ": " + to_text(broken.instance.subject);
    for (const FigureKey& figure : broken.figures) {
        const Observation* told = look(figure);
        out.found.append(out.found.empty() ? "" : "; ").append(where(figure));
        if (told != nullptr)
            out.found.append(": ").append(told->value).append(" ").append(told->unit);
    }
    out.found = shortened(out.found, 1000);
    out.expected = broken.right;
    out.rule = row_of(rule);
    return out;
}

}  // namespace lienthong::rules
