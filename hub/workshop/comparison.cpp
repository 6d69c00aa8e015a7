#include "hub/workshop/comparison.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace lienthong::workshop {
namespace {

std::string key_of(const Observation& observation)
{
    return to_text(observation.key);
}

std::string key_of(const Fact& fact)
{
    return fact.kind + "|" + fact.key;
}

/// Pairs of what differs: by key first, then what is left in order.
template <class Made>
std::vector<BeforeAfter<Made>> differing(const std::vector<Made>& before, const std::vector<Made>& after)
{
    std::vector<BeforeAfter<Made>> out;
    std::vector<bool> taken(after.size());
    std::vector<const Made*> left;
    for (const Made& one : before) {
        std::size_t at = 0;
        while (at < after.size() && (taken[at] || key_of(after[at]) != key_of(one)))
            ++at;
        if (at == after.size()) {
            left.push_back(&one);
            continue;
        }
        taken[at] = true;
        if (!(after[at] == one))
            out.emplace_back(one, after[at]);
    }
    std::size_t next = 0;
    for (std::size_t at = 0; at < after.size(); ++at) {
        if (taken[at])
            continue;
        if (next < left.size())
            out.emplace_back(*left[next++], after[at]);
        else
            out.emplace_back(std::nullopt, after[at]);
    }
    for (; next < left.size(); ++next)
        out.emplace_back(*left[next], std::nullopt);
    return out;
}

bool same_problems(const std::vector<Problem>& a, const std::vector<Problem>& b)
{
    // The rule names a line of the mapping, which moves with every edit.
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Problem& x, const Problem& y) {
        return x.code == y.code && x.place == y.place && x.found == y.found;
    });
}

std::optional<RecordChange> change_of(const Verdict* before, const Verdict* after)
{
    const Verdict none;
    const Verdict& a = before == nullptr ? none : *before;
    const Verdict& b = after == nullptr ? none : *after;
    RecordChange out{
        .place = before == nullptr ? b.place : a.place, .before = a.problems, .after = b.problems, .figures = {}, .facts = {}};
    out.figures = differing(a.observations, b.observations);
    out.facts = differing(a.facts, b.facts);
    const bool took = before != nullptr && a.accepted(), takes = after != nullptr && b.accepted();
    if (after == nullptr)
        out.kind = ChangeKind::passed_over;
    else if (took && takes)
        out.kind = ChangeKind::figures;
    else if (takes)
        out.kind = ChangeKind::newly_accepted;
    else if (before == nullptr || took)
        out.kind = ChangeKind::newly_refused;
    else
        out.kind = ChangeKind::refused_otherwise;
    const bool same = (out.kind == ChangeKind::figures && out.figures.empty() && out.facts.empty()) ||
                      (out.kind == ChangeKind::refused_otherwise && same_problems(out.before, out.after));
    return same ? std::nullopt : std::optional(std::move(out));
}

}  // namespace

std::string_view to_text(ChangeKind kind)
{
    constexpr std::array<std::string_view, 5> names = {"figures", "newly_refused", "newly_accepted", "refused_otherwise",
                                                       "passed_over"};
    return names.at(static_cast<std::size_t>(kind));
}

Comparison compare(const std::vector<Verdict>& before, const std::vector<Verdict>& after)
{
    std::map<std::string, std::pair<const Verdict*, const Verdict*>> by_place;
    std::vector<std::string> order;
    const auto add = [&](const Verdict& verdict, auto side) {
        const auto [it, fresh] = by_place.try_emplace(verdict.place, nullptr, nullptr);
        if (fresh)
            order.push_back(verdict.place);
        it->second.*side = &verdict;
    };
    using Sides = std::pair<const Verdict*, const Verdict*>;
    for (const Verdict& verdict : before)
        add(verdict, &Sides::first);
    for (const Verdict& verdict : after)
        add(verdict, &Sides::second);
    Comparison out{.changes = {}, .records = order.size()};
    for (const std::string& place : order) {
        const auto& [one, other] = by_place.at(place);
        if (auto change = change_of(one, other))
            out.changes.push_back(std::move(*change));
    }
    out.unchanged = out.records - out.changes.size();
    return out;
}

}  // namespace lienthong::workshop
