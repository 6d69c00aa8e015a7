// From changes of what is served to instances of rules, and from what is served now to what is broken.
#include "hub/flow/rule_check.hpp"

#include "hub/catalogue/rules.hpp"
#include "hub/rules/judge.hpp"

#include <algorithm>
#include <map>
#include <set>

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
    const auto changes = parts_.store->served_changes(static_cast<std::uint64_t>(reach->leaf - 1), reach->cause,
                                                      static_cast<std::uint64_t>(*last), parts_.changes_at_once);
    if (!changes.ok())
        return changes.problem();
    if (changes->empty() && *last - reach->leaf < idle_leaves)
        return false;

    std::set<FigureKey> figures;
    for (const ServedChange& change : *changes)
        figures.insert(figure_of(change.row.observation.key));
    std::vector<rules::Instance> instances;
    for (const FigureKey& figure : figures) {
        std::vector<rules::Instance> of_figure = rules::about(*parts_.catalogue, figure);
        instances.insert(instances.end(), std::make_move_iterator(of_figure.begin()), std::make_move_iterator(of_figure.end()));
    }
    std::sort(instances.begin(), instances.end());
    instances.erase(std::unique(instances.begin(), instances.end()), instances.end());
    auto findings = judged(instances);
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
    std::set<FigureKey> wanted;
    for (const rules::Instance& instance : instances)
        for (FigureKey& figure : rules::figures_of(*parts_.catalogue, instance))
            wanted.insert(std::move(figure));
    const std::vector<FigureKey> keys(wanted.begin(), wanted.end());
    const auto rows = parts_.breaks->served(keys);
    if (!rows.ok())
        return rows.problem();
    std::map<FigureKey, const RevisionRow*> served;
    for (std::size_t i = 0; i < keys.size(); ++i)
        if ((*rows)[i])
            served.emplace(keys[i], &*(*rows)[i]);
    const rules::Look look = [&served](const FigureKey& figure) {
        const auto it = served.find(figure);
        return it == served.end() ? nullptr : &it->second->observation;
    };

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
            const RevisionRow& row = *served.at(figure);
            one.revisions.push_back(row.id);
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
