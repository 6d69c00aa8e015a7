/// ModelStore: the store's rules told as plainly as possible over maps, for comparing with the real one.
#pragma once

#include "hub/ports/store.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace lienthong::testing {

class ModelStore
{
public:
    struct Series
    {
        std::vector<Observation> revisions;
        Time told_at{};
    };

    /// The states the real store should answer; nothing for a replay of a message never applied.
    std::optional<std::vector<RecordState>> apply(const Application& asked)
    {
        const bool known = first_.contains(asked.message);
        if (!asked.replay && known)
            return first_[asked.message];
        if (asked.replay && !known)
            return std::nullopt;
        const bool held = asked.mode == Mode::atomic && std::any_of(asked.verdicts.begin(), asked.verdicts.end(),
                                                                    [](const Verdict& v) { return !v.accepted(); });
        std::vector<RecordState>& records = records_[asked.message];
        std::vector<RecordState> states;
        sealed.clear();
        for (const Verdict& verdict : asked.verdicts) {
            if (verdict.accepted() && !held)
                sealed.insert(sealed.end(), verdict.observations.begin(), verdict.observations.end());
            const bool is_new = verdict.record >= records.size();
            if (is_new)
                records.push_back(RecordState::waiting);
            RecordState& state = records[verdict.record];
            if (state == RecordState::waiting || state == RecordState::refused) {
                if (!verdict.accepted())
                    state = RecordState::refused;
                else if (held)
                    state = RecordState::waiting;
                else if (!is_new && is_superseded(verdict, asked.received_at))
                    state = RecordState::closed;
                else
                    state = put(verdict, asked.received_at) ? RecordState::stored : RecordState::unchanged;
            }
            states.push_back(state);
        }
        if (!asked.replay)
            first_[asked.message] = states;
        return states;
    }

    void close(MessageId message, std::uint32_t record) { records_[message][record] = RecordState::closed; }

    [[nodiscard]] Tally tally() const
    {
        Tally tally;
        tally.messages = static_cast<std::int64_t>(records_.size());
        for (const auto& [message, records] : records_)
            for (const RecordState state : records) {
                ++tally.received;
                ++tally[state];
            }
        return tally;
    }

    std::map<SeriesKey, Series> series;
    std::vector<Observation> sealed;  ///< What the last application's leaf covers.

private:
    bool is_superseded(const Verdict& verdict, Time received_at) const
    {
        return std::any_of(verdict.observations.begin(), verdict.observations.end(), [&](const Observation& observation) {
            const auto it = series.find(observation.key);
            return it != series.end() && it->second.told_at > received_at;
        });
    }
    bool put(const Verdict& verdict, Time received_at)
    {
        bool fresh = false;
        for (const Observation& observation : verdict.observations) {
            Series& held = series[observation.key];
            if (held.revisions.empty() || held.revisions.back() != observation) {
                held.revisions.push_back(observation);
                fresh = true;
            }
            held.told_at = std::max(held.told_at, received_at);
        }
        return fresh;
    }

    std::map<MessageId, std::vector<RecordState>> records_;
    std::map<MessageId, std::vector<RecordState>> first_;
};

}  // namespace lienthong::testing
