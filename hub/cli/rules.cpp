// lienthong rules: figures that do not agree with each other, and checking them again, also from nothing.
#include "hub/catalogue/rules.hpp"
#include "hub/api/rule_breaks.hpp"
#include "hub/cli/loaded_catalogue.hpp"
#include "hub/cli/opened.hpp"
#include "hub/flow/rule_check.hpp"
#include "hub/model/problem_text.hpp"
#include "hub/ports/clock.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::cli {
namespace {

struct Ready
{
    Opened opened;
    std::shared_ptr<const catalogue::Catalogue> catalogue;
};

std::optional<Ready> ready_or_print(const Common& common)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return std::nullopt;
    auto catalogue = catalogue_or_print(common, opened->settings.catalogue);
    if (catalogue == nullptr)
        return std::nullopt;
    return Ready{std::move(*opened), std::move(catalogue)};
}

void print_break(const RuleBreakRow& row, const catalogue::Catalogue& catalogue)
{
    const RuleBreak& content = row.content;
    const catalogue::Rule* rule = catalogue.find_rule(content.subject.rule);
    std::printf("%s  %s  %s%s\n", to_text(content.subject.figure).c_str(), content.severity.c_str(), content.subject.rule.c_str(),
                row.mended ? "  mended" : "");
    if (rule != nullptr)
        std::printf("    %s / %s (%s)\n", rule->name_vi.c_str(), rule->name_en.c_str(), rule->act.c_str());
    for (const RevisionRow& one : row.rows) {
        const Observation& told = one.observation;
        std::printf("    %-52s %s %s  revision %lld  agency %s  sender %s  received %s%s%s\n",
                    to_text(figure_of(told.key)).c_str(), told.value.c_str(), told.unit.c_str(), static_cast<long long>(one.id),
                    told.key.agency.c_str(), one.sender.c_str(), to_text(one.received_at).c_str(),
                    told.source.empty() ? "" : "  source ", told.source.c_str());
    }
    std::printf("    right would be: %s   since %s\n", content.right.c_str(), to_text(content.since).c_str());
}

/// Prints the breaks the options ask for; whether one of them is open, or nothing when the store failed.
std::optional<bool> print_breaks(const Common& common, const RuleOptions& options, const Ready& ready)
{
    RuleBreakFilter filter;
    filter.indicator = options.indicator;
    filter.rule = options.rule;
    filter.severity = options.severity;
    filter.open = options.state != "mended";
    filter.mended = options.state != "open";
    filter.limit = options.limit;
    const auto found = ready.opened.data.rule_breaks->list(filter);
    if (!found.ok()) {
        print_problems({found.problem()}, common.json);
        return std::nullopt;
    }
    bool any_open = false;
    for (const RuleBreakRow& row : *found) {
        any_open |= !row.mended;
        if (!common.json) {
            print_break(row, *ready.catalogue);
            continue;
        }
        JsonWriter out;
        out.begin_object();
        api::write_rule_break(out, row, *ready.catalogue);
        std::printf("%s\n", out.end_object().take().c_str());
    }
    if (!common.json)
        std::printf("%zu shown\n", found->size());
    if (any_open && !common.json)
        std::printf("cách khắc phục: %s\n", std::string(problem_text("rule.broken").remedy_vi).c_str());
    return any_open;
}

int print_done(const Common& common, const RuleOptions& options, const Ready& ready)
{
    const auto any_open = print_breaks(common, options, ready);
    return !any_open ? not_done : *any_open ? found_wrong : done;
}

/// Whether looking at everything anew finds just what is kept as open.
Result<bool> agrees(const flow::RuleCheck& check, const RuleBreaks& kept)
{
    const auto all = check.all_breaks();
    if (!all.ok())
        return all.problem();
    RuleBreakFilter filter;
    filter.limit = std::numeric_limits<std::int32_t>::max();
    const auto open = kept.list(filter);
    if (!open.ok())
        return open.problem();
    std::vector<RuleBreak> listed;
    for (const RuleBreakRow& row : *open)
        listed.push_back(row.content);
    std::sort(listed.begin(), listed.end(), [](const RuleBreak& a, const RuleBreak& b) { return a.subject < b.subject; });
    // Since when is remembered of the first time; the rest is of now.
    return std::equal(listed.begin(), listed.end(), all->begin(), all->end(), [](const RuleBreak& a, const RuleBreak& b) {
        return a.subject == b.subject && a.severity == b.severity && a.revisions == b.revisions && a.right == b.right;
    });
}

}  // namespace

int rules_list(const Common& common, const RuleOptions& options)
{
    if (options.state != "open" && options.state != "mended" && options.state != "all") {
        print_problems({{"parameter.bad", "there is no such state", "--state", options.state, "open, mended or all", {}}},
                       common.json);
        return not_done;
    }
    const auto ready = ready_or_print(common);
    return ready ? print_done(common, options, *ready) : not_done;
}

int rules_check(const Common& common, const RuleOptions& options)
{
    const auto ready = ready_or_print(common);
    if (!ready)
        return not_done;
    const Data& data = ready->opened.data;
    flow::RuleCheck check({data.rule_breaks, ready->catalogue, std::make_shared<SystemClock>()});
    if (const auto caught_up = check.catch_up(); !caught_up.ok()) {
        print_problems({caught_up.problem()}, common.json);
        return not_done;
    }
    if (options.all) {
        const auto same = agrees(check, *data.rule_breaks);
        if (!same.ok() || !*same) {
            print_problems(
                {same.ok()
                     ? Problem{"rule.list_differs", "checking everything anew finds other breaks than are kept", {}, {}, {}, {}}
                     : same.problem()},
                common.json);
            return not_done;
        }
        if (!common.json)
            std::printf("%zu rules, every figure looked at anew: the list agrees\n", ready->catalogue->rules().size());
    }
    return print_done(common, options, *ready);
}

}  // namespace lienthong::cli
