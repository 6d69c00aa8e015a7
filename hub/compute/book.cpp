#include "hub/compute/book.hpp"

#include "hub/compute/decimal.hpp"

#include <algorithm>

namespace lienthong::compute {
namespace {

/// "1-4,7" of ascending numbers.
std::string ranges(const std::vector<FactVersionId>& versions)
{
    std::string out;
    for (std::size_t i = 0; i < versions.size();) {
        std::size_t last = i;
        while (last + 1 < versions.size() && versions[last + 1] == versions[last] + 1)
            ++last;
        out += (out.empty() ? "" : ",") + std::to_string(versions[i]);
        if (last > i)
            out += "-" + std::to_string(versions[last]);
        i = last + 1;
    }
    return out;
}

}  // namespace

Book::Book(std::shared_ptr<const Computation> computation, std::shared_ptr<const catalogue::Catalogue> catalogue,
           std::size_t most_facts)
    : computation_(std::move(computation)), catalogue_(std::move(catalogue)), most_facts_(most_facts)
{
}

void Book::touch(const GroupKey& key, Change change)
{
    Group& group = groups_[key];
    touched_.insert(key);
    ++group.changes;
    if (group.changed.size() < most_listed)
        group.changed.push_back(std::move(change));
}

Result<void> Book::put(const FactVersion& fact)
{
    const auto [place, is_new] = facts_.try_emplace(fact.key);
    if (is_new && facts_.size() > most_facts_) {
        facts_.erase(place);
        return Problem{.code = "compute.budget",
                       .detail = "there are more facts than " + computation_->name() + " may take",
                       .place = computation_->kind() + "/" + fact.key,
                       .found = std::to_string(facts_.size() + 1),
                       .expected = "at most " + std::to_string(most_facts_) + " (computing.most_facts)"};
    }
    Held& held = place->second;
    if (!is_new && held.version >= fact.id)
        return {};
    Contribution now = contribution(*computation_, fact, *catalogue_);
    const bool is_in = now.belongs && !now.set_aside;
    const FactVersionId was = held.group == nullptr ? 0 : held.version;
    if (held.group != nullptr && (!is_in || *held.group != now.group)) {
        groups_.find(*held.group)->second.members.erase(place->first);
        touch(*held.group, {fact.key, fact.id, was, true});
        held.group = nullptr;
    }
    if (now.set_aside)
        set_aside_.insert_or_assign(fact.key, std::move(*now.set_aside));
    else
        set_aside_.erase(fact.key);
    const bool stays = held.group != nullptr;
    held.version = fact.id;
    held.parts = std::move(now.parts);
    if (is_in) {
        touch(now.group, {fact.key, fact.id, stays ? was : 0, false});
        const auto group = groups_.find(now.group);
        held.group = &group->first;
        group->second.members.insert_or_assign(place->first, &held);
    }
    return {};
}

void Book::know(const GroupKey& key)
{
    const auto [group, is_new] = groups_.try_emplace(key);
    group->second.is_new = false;
    if (is_new)
        touched_.insert(key);
}

std::vector<Figure> Book::touched() const
{
    std::vector<Figure> out;
    for (const GroupKey& key : touched_)
        append_figures(key, groups_.find(key)->second, out);
    return out;
}

std::vector<Figure> Book::all() const
{
    std::vector<Figure> out;
    for (const auto& [key, group] : groups_)
        append_figures(key, group, out);
    return out;
}

void Book::told()
{
    for (const GroupKey& key : touched_) {
        Group& group = groups_.find(key)->second;
        group.is_new = false;
        group.changes = 0;
        group.changed.clear();
    }
    touched_.clear();
}

void Book::append_figures(const GroupKey& key, const Group& group, std::vector<Figure>& out) const
{
    std::vector<FactVersionId> versions;
    versions.reserve(group.members.size());
    for (const auto& [fact, held] : group.members)
        versions.push_back(held->version);
    std::sort(versions.begin(), versions.end());
    const std::string written = ranges(versions);
    for (std::size_t rule = 0; rule < computation_->declaration().figures.size(); ++rule) {
        out.push_back(figure(rule, key, group));
        out.back().versions = written;
    }
}

Figure Book::figure(std::size_t index, const GroupKey& key, const Group& group) const
{
    const FigureRule& rule = computation_->declaration().figures[index];
    Figure out;
    out.facts = static_cast<std::int64_t>(group.members.size());
    out.is_new = group.is_new;
    out.changes = group.changes;
    out.changed = group.changed;
    std::int64_t counted = 0, selected = 0;
    std::string sum = "0";
    for (const auto& [fact, held] : group.members) {
        const Part& part = held->parts[index];
        if (part.left_out) {
            ++out.left_out;
            if (out.why_left_out.size() < most_listed)
                out.why_left_out.push_back(*part.left_out);
        }
        if (!part.counts)
            continue;
        ++counted;
        selected += part.selected ? 1 : 0;
        if (!part.value.empty())
            sum = add(sum, part.value);
    }
    Observation& told = out.observation;
    told.key = {rule.indicator, rule.measure, key.period, key.area, key.breakdown, key.agency};
    told.unit = rule.unit;
    told.source = computation_->name();
    if (out.left_out > 0)
        told.source += " (không tính được / left out: " + std::to_string(out.left_out) + ")";
    const bool divides = rule.kind == FigureRule::Kind::share || rule.kind == FigureRule::Kind::average;
    if (counted == 0 && out.left_out > 0)
        told.availability = Availability::not_available;
    else if (counted == 0 && divides)
        told.availability = Availability::no_case;
    else if (rule.kind == FigureRule::Kind::share)
        told.value = quotient(std::to_string(selected * 100), counted, rule.places);
    else if (rule.kind == FigureRule::Kind::average)
        told.value = quotient(sum, counted, rule.places);
    else
        told.value = rule.kind == FigureRule::Kind::count ? std::to_string(counted) : sum;
    return out;
}

}  // namespace lienthong::compute
