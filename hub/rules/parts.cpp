// From a subject to its parts, and from a figure back to the subjects it may be a part of.
#include "hub/rules/parts.hpp"

#include "hub/rules/neighbours.hpp"
#include "hub/text/period.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

namespace lienthong::rules {
namespace {

using catalogue::Catalogue;
using catalogue::Day;
using catalogue::Rule;
using catalogue::RuleKind;
using catalogue::RuleTerm;
using text::Period;

constexpr std::string_view total = "_T";

bool holds(const std::vector<std::string>& list, std::string_view one)
{
    return std::find(list.begin(), list.end(), one) != list.end();
}

FigureKey at(FigureKey figure, const std::optional<Period>& period)
{
    figure.period = period ? text::to_text(*period) : std::string();
    return figure;
}

void add_at(std::vector<FigureKey>& out, const FigureKey& figure, const std::optional<Period>& period)
{
    if (period)
        out.push_back(at(figure, period));
}

using Dimensions = std::map<std::string, std::string, std::less<>>;

Dimensions dimensions_of(std::string_view breakdown)
{
    Dimensions out;
    if (breakdown == total)
        return out;
    while (!breakdown.empty()) {
        const std::string_view one = breakdown.substr(0, breakdown.find(';'));
        const std::size_t equals = std::min(one.find('='), one.size() - 1);
        out.emplace(one.substr(0, equals), one.substr(equals + 1));
        breakdown.remove_prefix(std::min(one.size() + 1, breakdown.size()));
    }
    return out;
}

std::string breakdown_of(const Dimensions& dimensions)
{
    std::string out;
    for (const auto& [dimension, code] : dimensions)
        out.append(out.empty() ? "" : ";").append(dimension).append("=").append(code);
    return out.empty() ? std::string(total) : out;
}

/// Whether the rule looks at figures of earlier periods of the same year only.
bool stays_in_the_year(RuleKind kind)
{
    return kind == RuleKind::not_falling || kind == RuleKind::difference || kind == RuleKind::chained;
}

int looks_back(const Rule& rule, text::PeriodKind kind)
{
    switch (rule.kind) {
        case RuleKind::not_falling:
            return kind == text::PeriodKind::day ? most_looked_back : periods_a_year(kind) - 1;
        case RuleKind::difference:
        case RuleKind::chained:
            return 1;
        case RuleKind::jump:
            return static_cast<int>(rule.back.periods);
        default:
            return 0;
    }
}

std::vector<FigureKey> figures_of_term(const Catalogue& catalogue, const RuleTerm& term, const FigureKey& subject,
                                       const Period& period)
{
    using Of = RuleTerm::Of;
    std::vector<FigureKey> out;
    const Day day = text::last_day(period);
    FigureKey part = subject;
    switch (term.of) {
        case Of::figure:
            part.indicator = term.indicator.empty() ? subject.indicator : term.indicator;
            part.measure = term.measure.empty() ? subject.measure : term.measure;
            out.push_back(std::move(part));
            break;
        case Of::breakdown: {
            Dimensions dimensions = dimensions_of(subject.breakdown);
            if (dimensions.contains(term.dimension))
                break;
            for (const catalogue::BreakdownCode& one : catalogue.breakdowns())
                if (one.dimension == term.dimension && one.code != total && (term.code.empty() || term.code == one.code)) {
                    dimensions[term.dimension] = one.code;
                    part.breakdown = breakdown_of(dimensions);
                    out.push_back(part);
                }
            break;
        }
        case Of::children:
            for (const catalogue::Indicator& line : catalogue.indicators())
                if (line.parent == subject.indicator && !line.heading && line.validity.holds(day)) {
                    part.indicator = line.code;
                    out.push_back(part);
                }
            break;
        case Of::areas:
            for (const catalogue::Area& area : catalogue.areas())
                if (area.parent == subject.area && area.validity.holds(day)) {
                    part.area = area.code;
                    out.push_back(part);
                }
            break;
        case Of::periods:
            for (const Period& one : within(period, term.period))
                out.push_back(at(subject, one));
            break;
    }
    return out;
}

/// Collects the subjects whose parts a figure may be.
class Subjects
{
public:
    Subjects(const Catalogue& catalogue, const FigureKey& figure, const Period& period)
        : catalogue_(catalogue), figure_(figure), period_(period)
    {
    }

    void look_at(const Rule& rule)
    {
        rule_ = &rule;
        add(figure_);
        const int back = looks_back(rule, period_.kind);
        for (int by = 1; by <= back; ++by) {
            const auto later = moved(period_, by);
            if (!later || (stays_in_the_year(rule.kind) && later->year != period_.year))
                break;
            add(at(figure_, later));
        }
        for (const RuleTerm& term : rule.terms)
            look_at(term);
    }

    [[nodiscard]] std::vector<Instance> take() { return std::move(found_); }

private:
    void add(const FigureKey& subject)
    {
        if (is_subject(*rule_, subject))
            found_.push_back({rule_, subject});
    }

    void look_at(const RuleTerm& term)
    {
        using Of = RuleTerm::Of;
        FigureKey subject = figure_;
        const Day day = text::last_day(period_);
        switch (term.of) {
            case Of::figure:
                look_at_figure(term);
                return;
            case Of::breakdown: {
                Dimensions dimensions = dimensions_of(figure_.breakdown);
                const auto it = dimensions.find(term.dimension);
                if (it == dimensions.end() || (!term.code.empty() && it->second != term.code))
                    return;
                dimensions.erase(it);
                subject.breakdown = breakdown_of(dimensions);
                break;
            }
            case Of::children: {
                const auto line = catalogue_.indicator(figure_.indicator, day);
                if (!line.ok() || (*line)->parent.empty())
                    return;
                subject.indicator = (*line)->parent;
                break;
            }
            case Of::areas: {
                const catalogue::Area* area = catalogue_.find_area(figure_.area, day);
                if (area == nullptr || area->parent.empty())
                    return;
                subject.area = area->parent;
                break;
            }
            case Of::periods:
                if (period_.kind == term.period)
                    for (const Period& wider : around(period_))
                        add(at(figure_, wider));
                return;
        }
        add(subject);
    }

    void look_at_figure(const RuleTerm& term)
    {
        if ((!term.indicator.empty() && term.indicator != figure_.indicator) ||
            (!term.measure.empty() && term.measure != figure_.measure))
            return;
        // Loading sees to it that a rule whose term names an indicator or a measure names its own.
        const std::vector<std::string> indicators =
            term.indicator.empty() ? std::vector<std::string>{figure_.indicator} : rule_->indicators;
        const std::vector<std::string> measures =
            term.measure.empty() ? std::vector<std::string>{figure_.measure} : rule_->measures;
        for (const std::string& indicator : indicators)
            for (const std::string& measure : measures) {
                FigureKey subject = figure_;
                subject.indicator = indicator;
                subject.measure = measure;
                add(subject);
                if (rule_->kind != RuleKind::growth)
                    continue;
                if (const auto later =
                        rule_->back.year ? years_later(period_, 1) : moved(period_, static_cast<int>(rule_->back.periods)))
                    add(at(subject, later));
            }
    }

    const Catalogue& catalogue_;
    const FigureKey& figure_;
    const Period& period_;
    const Rule* rule_ = nullptr;
    std::vector<Instance> found_;
};

}  // namespace

bool is_subject(const Rule& rule, const FigureKey& figure)
{
    // What is cheap to see comes first: most figures are no subject of most rules.
    if ((!rule.indicators.empty() && !holds(rule.indicators, figure.indicator)) ||
        (!rule.measures.empty() && !holds(rule.measures, figure.measure)) || (!rule.any_breakdown && figure.breakdown != total))
        return false;
    const auto period = text::period_from(figure.period);
    return period.ok() && rule.validity.holds(text::last_day(*period)) &&
           (rule.kinds.empty() || std::find(rule.kinds.begin(), rule.kinds.end(), period->kind) != rule.kinds.end());
}

Parts parts_of(const Catalogue& catalogue, const Instance& instance)
{
    Parts out;
    const Rule& rule = *instance.rule;
    const auto period = text::period_from(instance.subject.period);
    if (!period.ok())
        return out;
    for (const RuleTerm& term : rule.terms)
        out.terms.push_back(figures_of_term(catalogue, term, instance.subject, *period));
    const int back = looks_back(rule, period->kind);
    for (int by = 1; by <= back; ++by) {
        const auto before = moved(*period, -by);
        if (!before || (stays_in_the_year(rule.kind) && before->year != period->year))
            break;
        out.earlier.push_back(at(instance.subject, before));
    }
    if (rule.kind == RuleKind::growth)
        for (const FigureKey& level : out.terms.front())
            add_at(out.earlier, level,
                   rule.back.year ? years_later(*period, -1) : moved(*period, -static_cast<int>(rule.back.periods)));
    return out;
}

std::vector<FigureKey> figures_of(const Catalogue& catalogue, const Instance& instance)
{
    std::vector<FigureKey> out = {instance.subject};
    const Parts parts = parts_of(catalogue, instance);
    for (const std::vector<FigureKey>& term : parts.terms)
        out.insert(out.end(), term.begin(), term.end());
    out.insert(out.end(), parts.earlier.begin(), parts.earlier.end());
    return out;
}

std::vector<Instance> about(const Catalogue& catalogue, const FigureKey& figure)
{
    const auto period = text::period_from(figure.period);
    if (!period.ok())
        return {};
    Subjects subjects(catalogue, figure, *period);
    for (const Rule* rule : catalogue.rules_about(figure.indicator))
        subjects.look_at(*rule);
    std::vector<Instance> out = subjects.take();
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace lienthong::rules
