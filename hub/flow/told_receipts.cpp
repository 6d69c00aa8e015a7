#include "hub/flow/told_receipts.hpp"

#include "hub/compliance/event_text.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>
#include <utility>

namespace lienthong::flow {
namespace {

/// The texts between which the periods of one indicator lie, and what is owed of it by obligation.
struct Owed
{
    std::string from;
    std::string to;
    std::unordered_map<std::string, const compliance::Obligation*> by_id;
};

std::string id_of(const std::string& indicator, const FirstTold& told)
{
    return indicator + '|' + told.period + '|' + told.agency;
}

}  // namespace

Result<std::vector<compliance::Event>> told_receipts(const Store& store, std::span<const compliance::Obligation> owed)
{
    std::map<std::string, Owed> indicators;
    for (const compliance::Obligation& one : owed) {
        Owed& of = indicators[one.subject];
        of.from = of.from.empty() ? one.period_text : std::min(of.from, one.period_text);
        of.to = std::max(of.to, one.period_text);
        of.by_id.emplace(one.id, &one);
    }
    std::vector<compliance::Event> out;
    for (const auto& [indicator, of] : indicators) {
        const auto told = store.first_told(indicator, of.from, of.to);
        if (!told.ok())
            return told.problem();
        for (const FirstTold& first : *told)
            if (const auto found = of.by_id.find(id_of(indicator, first)); found != of.by_id.end()) {
                const std::string submission = "S-" + std::to_string(first.submission);
                compliance::Event event{.id = submission, .at = first.received_at, .scope = compliance::scope_of(*found->second)};
                event.what = compliance::Receipt{.submission = submission, .missing = {}, .received = std::nullopt, .said = first.said};
                out.push_back(std::move(event));
            }
    }
    return out;
}

Result<std::vector<compliance::Event>> known_events(const ComplianceEvents& recorded, const Store* store,
                                                    std::span<const compliance::Obligation> owed)
{
    const auto rows = recorded.after({});
    if (!rows.ok())
        return rows.problem();
    auto events = compliance::events_from(*rows);
    if (!events.ok() || store == nullptr)
        return events;
    auto told = told_receipts(*store, owed);
    if (!told.ok())
        return told.problem();
    events->insert(events->end(), std::make_move_iterator(told->begin()), std::make_move_iterator(told->end()));
    return events;
}

}  // namespace lienthong::flow
