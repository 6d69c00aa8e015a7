#include "hub/flow/reconciliation.hpp"

#include "hub/text/number.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace lienthong::flow {
namespace {

std::string numbered(std::int64_t number, const char* word)
{
    return std::to_string(number) + ' ' + word + (number == 1 ? "" : "s");
}

/// What is wrong with a listed message; nothing when the hub holds it and has taken all of it in.
std::optional<Mismatch> fault_of(const sdk::ListedItem& item, const Holdings& holdings)
{
    const auto same = [&](const Holding& held) { return held.digest == item.digest; };
    Mismatch out{Mismatch::Kind::absent, item.id, {}, item.standing, "not received", 0, item.digest};
    const auto found = holdings.messages.find(item.id);
    const bool nameless = item.id.empty();
    if (nameless)
        out.id = name_of_bytes(item.digest);
    if (found == holdings.messages.end() || (nameless && std::none_of(found->second.begin(), found->second.end(), same)))
        return out;
    const Holding& last = nameless ? *std::find_if(found->second.begin(), found->second.end(), same) : found->second.back();
    out.message = last.message;
    if (!item.digest.empty() && std::none_of(found->second.begin(), found->second.end(), same)) {
        out.kind = Mismatch::Kind::other;
        out.there = item.digest;
        out.here = last.digest;
        return out;
    }
    if (!last.applied || last.waiting > 0) {
        out.kind = Mismatch::Kind::waiting;
        out.here = last.applied ? numbered(last.waiting, "record") + " waiting" : "received, not in the store";
        return out;
    }
    if (last.withdrawn) {
        out.kind = Mismatch::Kind::withdrawn;
        out.here = "withdrawn";
        return out;
    }
    if (last.refused > 0) {
        out.kind = Mismatch::Kind::refused;
        out.here = numbered(last.refused, "record") + " refused";
        return out;
    }
    return std::nullopt;
}

std::optional<Mismatch> fault_of_fact(const sdk::ListedItem& item, const Holdings& holdings)
{
    const auto keys = holdings.facts.find(item.fact);
    if (keys != holdings.facts.end() && keys->second.contains(item.id))
        return std::nullopt;
    return Mismatch{Mismatch::Kind::absent, item.id, item.fact, item.standing, "no such " + item.fact, 0, {}};
}

std::uint64_t count_of(const sdk::CountedItem& item, const Holdings& holdings)
{
    const auto begins = [&](const std::string& text) { return text.starts_with(item.prefix); };
    if (item.fact.empty())
        return static_cast<std::uint64_t>(std::count_if(holdings.messages.begin(), holdings.messages.end(),
                                                        [&](const auto& entry) { return begins(entry.first); }));
    const auto keys = holdings.facts.find(item.fact);
    return keys == holdings.facts.end()
               ? 0U
               : static_cast<std::uint64_t>(std::count_if(keys->second.begin(), keys->second.end(), begins));
}

}  // namespace

std::string_view to_text(Mismatch::Kind kind)
{
    constexpr std::string_view words[] = {"absent", "other", "waiting", "refused", "unlisted", "count", "sum", "withdrawn"};
    return words[static_cast<std::size_t>(kind)];
}

std::string name_of_bytes(const std::string& digest)
{
    return "sha256:" + digest;
}

Reconciliation reconcile(const sdk::Inventory& inventory, const Holdings& holdings)
{
    Reconciliation out;
    std::set<std::pair<std::string, std::string>> seen;
    for (const sdk::ListedItem& item : inventory.listed) {
        if (!seen.emplace(item.fact, item.id.empty() ? name_of_bytes(item.digest) : item.id).second)
            continue;
        ++out.compared;
        if (auto fault = item.fact.empty() ? fault_of(item, holdings) : fault_of_fact(item, holdings))
            out.mismatches.push_back(std::move(*fault));
        else
            ++out.agreed;
    }
    const auto is_covered = [&](const std::string& id) {
        return std::any_of(inventory.covers.begin(), inventory.covers.end(),
                           [&](const std::string& prefix) { return id.starts_with(prefix); });
    };
    for (const auto& [id, held] : holdings.messages)
        if (!id.empty() && is_covered(id) && !seen.contains({std::string(), id}) && !held.back().withdrawn)
            out.mismatches.push_back({Mismatch::Kind::unlisted, id, {}, "not listed", "received", held.back().message, {}});
    for (const sdk::CountedItem& item : inventory.counted) {
        ++out.compared;
        const std::uint64_t here = count_of(item, holdings);
        if (here == item.count)
            ++out.agreed;
        else
            out.mismatches.push_back(
                {Mismatch::Kind::count, item.prefix, item.fact, std::to_string(item.count), std::to_string(here), 0, {}});
        if (item.field.empty())
            continue;
        ++out.compared;
        const auto sum = holdings.sums.find({item.fact, item.prefix, item.field});
        const std::string held = sum == holdings.sums.end() ? "0" : sum->second;
        if (text::compare(item.sum, held) == 0)
            ++out.agreed;
        else
            out.mismatches.push_back({Mismatch::Kind::sum, item.prefix, item.fact, item.field + ' ' + item.sum,
                                      item.field + ' ' + held, 0, {}});
    }
    return out;
}

}  // namespace lienthong::flow
