#include "hub/flow/fact_parcel.hpp"

#include "hub/mapping/render_facts.hpp"
#include "hub/seal/leaf.hpp"

namespace lienthong::flow {

Result<std::optional<sdk::Parcel>> fact_parcel(const Store& store, const FactHistory& facts, const PartnerNames& names,
                                               const mapping::Mapping& mapping, const std::string& kind, const OutboxItem& item)
{
    const auto entry = store.leaf(item.leaf);
    if (!entry.ok())
        return entry.problem();
    if (!*entry)
        return Problem{"store.no_submission", "the outbox names an entry the log does not have", {}, std::to_string(item.leaf), {}};
    const auto leaf = seal::leaf_from_canonical((*entry)->leaf.text);
    if (!leaf.ok())
        return leaf.problem();
    const bool is_part = item.facts_from != 0;
    const auto told = is_part ? facts.still_told_of(kind, item.facts_from, item.facts_below) : facts.still_told_by(kind, item.leaf);
    if (!told.ok())
        return told.problem();
    if (told->empty())
        return std::optional<sdk::Parcel>();
    std::vector<std::string> keys;
    for (const FactVersion& fact : *told)
        keys.push_back(fact.key);
    const auto called = names.called(item.flow, kind, keys);
    if (!called.ok())
        return called.problem();
    sdk::Parcel parcel;
    parcel.id = item.flow + "-S" + std::to_string(item.leaf) + (is_part ? "-" + std::to_string(item.facts_from) : "");
    parcel.content_type = "application/json";
    const auto bytes = mapping::render_facts(mapping, kind, *told, *called, {{"id", parcel.id}, {"time", to_text(seal::time_of(*leaf))}});
    if (!bytes.ok())
        return bytes.problem();
    parcel.bytes = *bytes;
    return std::optional(std::move(parcel));
}

}  // namespace lienthong::flow
