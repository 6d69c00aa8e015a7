// From changes of what is served to instances of rules, and from what is served now to what is broken.
#include "hub/flow/rule_check.hpp"

#include "hub/catalogue/rules.hpp"
#include "hub/rules/judge.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

namespace lienthong::flow {
namespace {

constexpr std::size_t figures_at_once = 2'000;
constexpr std::size_t breaks_at_once = 1'000;
/// Leaves that changed nothing served are passed over many at a time: each move of the reach is written to disk.
constexpr LeafId idle_leaves = 256;

RuleSubject subject_of(const rules::Instance& instance)
{
    return {instance.rule->code, instance.subject};
}

template <class T>
std::vector<T> once_each(std::vector<T> all)
{
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

/// What is served of the figures that were asked for, each read once.
class ServedNow
{
public:
    explicit ServedNow(const RuleBreaks& breaks) : breaks_(breaks) {}

    Result<void> take_in(std::vector<FigureKey> figures)
    {
        figures = once_each(std::move(figures));
        std::erase_if(figures, [this](const FigureKey& figure) { return read_.contains(figure); });
        auto rows = breaks_.served(figures);
        if (!rows.ok())
            return rows.problem();
        for (std::size_t i = 0; i < figures.size(); ++i)
            read_.emplace(std::move(figures[i]), std::move((*rows)[i]));
        return {};
    }

    /// Null where nobody tells it.
    [[nodiscard]] const ServedFigure* find(const FigureKey& figure) const
    {
        const auto it = read_.find(figure);
        return it == read_.end() || !it->second ? nullptr : &*it->second;
    }
    [[nodiscard]] const Observation* observation(const FigureKey& figure) const
    {
        const ServedFigure* found = find(figure);
        return found == nullptr ? nullptr : &found->observation;
    }

private:
    const RuleBreaks& breaks_;
    std::map<FigureKey, std::optional<ServedFigure>> read_;
};

}  // namespace

Result<bool> RuleCheck::step()
{
    const auto reach = parts_.breaks->reach();
    if (!reach.ok())
        return reach.problem();
    if (reach->digest != parts_.catalogue->digest())
        return begin_anew(*reach);
    const auto last = parts_.breaks->last_leaf();
    if (!last.ok())
        return last.problem();
    if (*last < reach->leaf)
        return false;
    const auto changes = parts_.breaks->served_beyond(*reach, *last, parts_.changes_at_once);
    if (!changes.ok())
        return changes.problem();
    if (changes->empty() && *last - reach->leaf < idle_leaves)
        return false;

    std::vector<FigureKey> figures;
    for (const FigureServed& change : *changes)
        figures.push_back(change.figure);
    std::vector<rules::Instance> instances;
    for (const FigureKey& figure : once_each(std::move(figures))) {
        std::vector<rules::Instance> of_figure = rules::about(*parts_.catalogue, figure);
        instances.insert(instances.end(), std::make_move_iterator(of_figure.begin()), std::make_move_iterator(of_figure.end()));
    }
    auto findings = judged(once_each(std::move(instances)));
    if (!findings.ok())
        return findings.problem();
    if (const auto narrowed = narrow(*findings); !narrowed.ok())
        return narrowed.problem();
    RuleReach to{*last + 1, 0, reach->digest};
    if (changes->size() == parts_.changes_at_once)
        to = {changes->back().leaf, changes->back().cause, reach->digest};
    // Where another process was faster, the next step begins where that one ended.
    const auto kept = parts_.breaks->keep(*reach, to, *findings);
    if (!kept.ok())
        return kept.problem();
    return true;
}

Result<void> RuleCheck::catch_up()
{
    for (;;) {
        const auto more = step();
        if (!more.ok())
            return more.problem();
        if (!*more)
            return {};
    }
}

Result<bool> RuleCheck::begin_anew(const RuleReach& reach)
{
    RuleFindings findings;
    findings.at = parts_.clock->now();
    findings.mended_by = "rules";
    RuleBreakFilter filter;
    filter.limit = breaks_at_once;
    for (;;) {
        const auto open = parts_.breaks->list(filter);
        if (!open.ok())
            return open.problem();
        std::vector<rules::Instance> instances;
        for (const RuleBreakRow& row : *open) {
            const RuleSubject& subject = row.content.subject;
            bool is_rule = false;
            for (const catalogue::Rule& rule : parts_.catalogue->rules())
                if (rule.code == subject.rule && rules::is_subject(rule, subject.figure)) {
                    instances.push_back({&rule, subject.figure});
                    is_rule = true;
                }
            if (!is_rule)
                findings.kept.push_back(subject);
        }
        const auto now = judged(instances);
        if (!now.ok())
            return now.problem();
        findings.kept.insert(findings.kept.end(), now->kept.begin(), now->kept.end());
        if (open->size() < filter.limit)
            break;
        filter.after = open->back().id;
    }
    const auto kept = parts_.breaks->keep(reach, {1, 0, parts_.catalogue->digest()}, findings);
    if (!kept.ok())
        return kept.problem();
    return true;
}

Result<RuleFindings> RuleCheck::judged(const std::vector<rules::Instance>& instances) const
{
    ServedNow served(*parts_.breaks);
    std::vector<FigureKey> subjects;
    for (const rules::Instance& instance : instances)
        subjects.push_back(instance.subject);
    if (const auto done = served.take_in(std::move(subjects)); !done.ok())
        return done.problem();
    // Most subjects keep their rule at one look, and nothing else need be read for them.
    std::vector<FigureKey> others;
    for (const rules::Instance& instance : instances) {
        if (!rules::may_break(*instance.rule, *parts_.catalogue, served.observation(instance.subject)))
            continue;
        std::vector<FigureKey> of_instance = rules::figures_of(*parts_.catalogue, instance);
        others.insert(others.end(), std::make_move_iterator(of_instance.begin() + 1), std::make_move_iterator(of_instance.end()));
    }
    if (const auto done = served.take_in(std::move(others)); !done.ok())
        return done.problem();
    const rules::Look look = [&served](const FigureKey& figure) { return served.observation(figure); };

    RuleFindings out;
    out.at = parts_.clock->now();
    for (const rules::Instance& instance : instances) {
        const auto broken = rules::judge(*parts_.catalogue, instance, look);
        if (!broken) {
            out.kept.push_back(subject_of(instance));
            continue;
        }
        RuleBreak& one = out.broken.emplace_back();
        one.subject = subject_of(instance);
        one.severity = to_text(instance.rule->severity);
        one.right = broken->right;
        for (const FigureKey& figure : broken->figures) {
            const ServedFigure& row = *served.find(figure);
            one.revisions.push_back(row.revision);
            one.since = std::max(one.since, row.received_at);
        }
    }
    return out;
}

Result<void> RuleCheck::narrow(RuleFindings& findings) const
{
    auto open = parts_.breaks->open_among(findings.kept);
    if (!open.ok())
        return open.problem();
    findings.kept = std::move(*open);
    return {};
}

Result<std::vector<RuleBreak>> RuleCheck::all_breaks() const
{
    std::vector<RuleBreak> out;
    std::optional<FigureKey> after;
    for (;;) {
        const auto figures = parts_.breaks->figures(after, figures_at_once);
        if (!figures.ok())
            return figures.problem();
        std::vector<rules::Instance> instances;
        for (const FigureKey& figure : *figures)
            for (const catalogue::Rule* rule : parts_.catalogue->rules_about(figure.indicator))
                if (rules::is_subject(*rule, figure))
                    instances.push_back({rule, figure});
        const auto found = judged(instances);
        if (!found.ok())
            return found.problem();
        out.insert(out.end(), found->broken.begin(), found->broken.end());
        if (figures->size() < figures_at_once)
            break;
        after = figures->back();
    }
    std::sort(out.begin(), out.end(), [](const RuleBreak& a, const RuleBreak& b) { return a.subject < b.subject; });
    return out;
}

}  // namespace lienthong::flow
