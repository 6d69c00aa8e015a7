#include "hub/flow/holdings.hpp"

#include "hub/compute/decimal.hpp"
#include "hub/flow/each_quarantined.hpp"
#include "hub/flow/reconciled_message.hpp"
#include "hub/text/number.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

namespace lienthong::flow {
namespace {

constexpr std::size_t page = 10'000;

Result<std::set<MessageId>> unapplied_of(const Journal& journal)
{
    std::set<MessageId> out;
    for (MessageId after = 0;;) {
        const auto ids = journal.unapplied(after, page);
        if (!ids.ok())
            return ids.problem();
        if (ids->empty())
            return out;
        out.insert(ids->begin(), ids->end());
        after = ids->back();
    }
}

/// Records of the flow that were refused or wait, by message.
Result<void> add_quarantined(const Store& store, const std::string& flow, Holdings& out)
{
    std::map<MessageId, std::pair<std::int64_t, std::int64_t>> open;
    const auto all = each_quarantined(store, {RecordState::refused, RecordState::returned, RecordState::waiting}, flow, [&](const QuarantineEntry& entry) {
        ++(entry.state == RecordState::waiting ? open[entry.message].second : open[entry.message].first);
    });
    if (!all.ok())
        return all;
    for (auto& [id, held] : out.messages)
        for (Holding& one : held)
            if (const auto found = open.find(one.message); found != open.end()) {
                one.refused = found->second.first;
                one.waiting = found->second.second;
            }
    return {};
}

/// Adds the value of a field, where it is a number, to each sum that is asked for.
void add_to_sums(const Fact& fact, const std::vector<sdk::CountedItem>& counted, Holdings& out)
{
    for (const sdk::CountedItem& item : counted) {
        if (item.fact != fact.kind || item.field.empty() || !fact.key.starts_with(item.prefix))
            continue;
        const auto is_wanted = [&](const auto& one) { return one.first == item.field; };
        const auto field = std::find_if(fact.fields.begin(), fact.fields.end(), is_wanted);
        const auto value = field == fact.fields.end() ? Result<std::string>(std::string("0"))
                                                      : text::decimal_from(field->second, text::NumberLocale::plain);
        std::string& sum = out.sums.try_emplace({item.fact, item.prefix, item.field}, "0").first->second;
        if (value.ok())
            sum = compute::add(sum, *value);
    }
}

/// The figures of a flow that stand and are values, each as a fact with its key's text and the field "value".
Result<void> add_observations(const Store& store, const std::string& flow, const sdk::Inventory& inventory, Holdings& out)
{
    ObservationFilter filter;
    filter.limit = page;
    for (;;) {
        const auto rows = store.observations(filter);
        if (!rows.ok())
            return rows.problem();
        if (rows->empty())
            return {};
        for (const RevisionRow& row : *rows) {
            if (row.flow != flow || row.observation.availability != Availability::value)
                continue;
            const Fact fact{std::string(sdk::counted_observations),
                            to_text(row.observation.key),
                            {{"value", row.observation.value}}};
            out.facts[fact.kind].insert(fact.key);
            add_to_sums(fact, inventory.counted, out);
        }
        filter.after = rows->back().id;
    }
}

Result<void> add_facts(const Store& store, const std::string& flow, const sdk::Inventory& inventory, Holdings& out)
{
    std::set<std::string> kinds;
    for (const sdk::ListedItem& item : inventory.listed)
        kinds.insert(item.fact);
    for (const sdk::CountedItem& item : inventory.counted)
        kinds.insert(item.fact);
    kinds.erase(std::string());
    if (kinds.erase(std::string(sdk::counted_observations)) > 0)
        if (const auto added = add_observations(store, flow, inventory, out); !added.ok())
            return added;
    for (const std::string& kind : kinds)
        for (std::string after;;) {
            const auto facts = store.facts(kind, after, page);
            if (!facts.ok())
                return facts.problem();
            if (facts->empty())
                break;
            for (const Fact& fact : *facts) {
                out.facts[kind].insert(fact.key);
                add_to_sums(fact, inventory.counted, out);
            }
            after = facts->back().key;
        }
    return {};
}

bool is_own(const HeldMessage& message)
{
    return message.source == reconciled_source;
}

/// The revision a series has now.
Result<std::optional<RevisionRow>> current_of(const Store& store, const SeriesKey& key)
{
    ObservationFilter filter;
    filter.indicator = key.indicator;
    filter.period_from = filter.period_to = key.period;
    filter.area = key.area;
    filter.agency = key.agency;
    filter.limit = std::numeric_limits<std::size_t>::max();
    const auto rows = store.observations(filter);
    if (!rows.ok())
        return rows.problem();
    for (const RevisionRow& row : *rows)
        if (row.observation.key == key)
            return std::optional(row);
    return std::optional<RevisionRow>();
}

/// What a message's records told, those a replay mended among them; nothing where it has not reached the store.
Result<std::vector<RevisionRow>> told_by(const Store& store, MessageId message)
{
    const auto submissions = store.submissions_of(message);
    if (!submissions.ok())
        return submissions.problem();
    std::vector<RevisionRow> out;
    for (const SubmissionId submission : *submissions) {
        auto rows = store.accepted_of(submission);
        if (!rows.ok())
            return rows.problem();
        std::move(rows->begin(), rows->end(), std::back_inserter(out));
    }
    return out;
}

}  // namespace

Result<std::vector<HeldMessage>> messages_of(const Journal& journal, const std::string& flow)
{
    std::vector<HeldMessage> out;
    for (MessageId after = 0;;) {
        auto held = journal.held(flow, after, page);
        if (!held.ok())
            return held.problem();
        if (held->empty())
            return out;
        after = held->back().id;
        std::move(held->begin(), held->end(), std::back_inserter(out));
    }
}

Result<Holdings> holdings_of(const Journal& journal, const Store& store, const std::string& flow, const sdk::Inventory& inventory)
{
    const auto unapplied = unapplied_of(journal);
    if (!unapplied.ok())
        return unapplied.problem();
    const auto all = messages_of(journal, flow);
    if (!all.ok())
        return all.problem();
    Holdings out;
    for (const HeldMessage& message : *all) {
        if (is_own(message)) {
            const auto about = reconciled_item(message.source_id);
            const auto held = about ? out.messages.find(about->item) : out.messages.end();
            if (held != out.messages.end())
                held->second.back().withdrawn = about->what == Reconciled::withdrawn;
            continue;
        }
        bool applied = !unapplied->contains(message.id);
        if (!applied) {
            // Marks may be lost in a crash; the store decides.
            const auto submission = store.submission_of(message.id);
            if (!submission.ok())
                return submission.problem();
            applied = submission->has_value();
        }
        out.messages[message.source_id].push_back({message.id, message.digest, applied, 0, 0});
    }
    if (const auto added = add_quarantined(store, flow, out); !added.ok())
        return added.problem();
    if (const auto added = add_facts(store, flow, inventory, out); !added.ok())
        return added.problem();
    return out;
}

Result<std::vector<RevisionRow>> standing_figures(const Journal& journal, const Store& store, const std::string& flow,
                                                  const std::string& item,
                                                  const std::function<bool(const std::string& item)>& is_gone)
{
    const auto all = messages_of(journal, flow);
    if (!all.ok())
        return all.problem();
    std::map<SeriesKey, RevisionRow> told;
    for (const HeldMessage& message : *all) {
        if (is_own(message) || message.source_id != item)
            continue;
        auto rows = told_by(store, message.id);
        if (!rows.ok())
            return rows.problem();
        for (RevisionRow& row : *rows)
            if (row.id != 0)
                told.insert_or_assign(row.observation.key, std::move(row));
    }
    std::map<SeriesKey, RevisionRow> standing;
    for (const auto& [key, row] : told) {
        auto current = current_of(store, key);
        if (!current.ok())
            return current.problem();
        if (*current && (*current)->id == row.id && row.observation.availability == Availability::value)
            standing.emplace(key, std::move(**current));
    }
    for (const HeldMessage& message : *all) {
        if (standing.empty())
            break;
        if (is_own(message) || message.source_id == item || is_gone(message.source_id))
            continue;
        const auto rows = told_by(store, message.id);
        if (!rows.ok())
            return rows.problem();
        for (const RevisionRow& row : *rows)
            if (const auto found = standing.find(row.observation.key); found != standing.end() && found->second.id == row.id)
                standing.erase(found);
    }
    std::vector<RevisionRow> out;
    for (auto& [key, row] : standing)
        out.push_back(std::move(row));
    return out;
}

Result<std::vector<RevisionRow>> withdrawn_figures(const Journal& journal, const Store& store,
                                                   const std::string& flow, const std::string& item)
{
    const auto all = messages_of(journal, flow);
    if (!all.ok())
        return all.problem();
    MessageId withdrawal = 0;
    for (const HeldMessage& message : *all)
        if (const auto about = is_own(message) ? reconciled_item(message.source_id) : std::nullopt; about && about->item == item)
            withdrawal = about->what == Reconciled::withdrawn ? message.id : 0;
    std::vector<RevisionRow> out;
    if (withdrawal == 0)
        return out;
    const auto taken = told_by(store, withdrawal);
    if (!taken.ok())
        return taken.problem();
    for (const RevisionRow& row : *taken) {
        const auto current = current_of(store, row.observation.key);
        if (!current.ok())
            return current.problem();
        if (!*current || (*current)->id != row.id || row.number < 2)
            continue;
        ObservationFilter filter;
        filter.indicator = row.observation.key.indicator;
        filter.period_from = filter.period_to = row.observation.key.period;
        filter.area = row.observation.key.area;
        filter.agency = row.observation.key.agency;
        filter.history = true;
        filter.limit = std::numeric_limits<std::size_t>::max();
        const auto history = store.observations(filter);
        if (!history.ok())
            return history.problem();
        for (const RevisionRow& before : *history)
            if (before.observation.key == row.observation.key && before.number == row.number - 1)
                out.push_back(before);
    }
    return out;
}

}  // namespace lienthong::flow
