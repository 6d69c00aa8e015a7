// What becomes of each record of one application, first or replayed.
#include "adapters/stores/sqlite/apply.hpp"

#include "adapters/stores/sqlite/accepted.hpp"
#include "adapters/stores/sqlite/compliance_events.hpp"
#include "adapters/stores/sqlite/encoding.hpp"
#include "adapters/stores/sqlite/fact_book.hpp"
#include "adapters/stores/sqlite/quarantine.hpp"
#include "adapters/stores/sqlite/series_book.hpp"
#include "adapters/stores/sqlite/serving_book.hpp"
#include "adapters/stores/sqlite/submissions.hpp"

#include <algorithm>

namespace lienthong::adapters::store {
namespace {

constexpr std::size_t observation_bytes = 400;  // A revision, its series and their index entries, on average.

/// Takes the verdicts of one application one after the other, with all its books open.
class Sorting
{
public:
    Sorting(sqlite::Connection& connection, const Application& application, SubmissionId submission, SeriesMemory& memory,
            const FigureRules& rules)
        : submission_(submission),
          held_(application.mode == Mode::atomic && !std::all_of(application.verdicts.begin(), application.verdicts.end(),
                                                                 [](const Verdict& verdict) { return verdict.accepted(); })),
          series_(connection, submission, application.received_at, memory),
          serving_(connection, rules),
          facts_(connection, submission, application.received_at),
          quarantine_(connection, submission, application.message, application.applied_at)
    {
        if (application.replay) {
            quarantine_.load();
            known_ = last_states(connection, application.message);
        }
    }

    StateMark take(const Verdict& verdict)
    {
        const auto row = quarantine_.row(verdict.record);
        StateMark mark;
        if (row && row->is_open()) {
            mark.state = take_again(verdict, *row);
            --change_[row->state];
        } else if (row || verdict.record < known_.size()) {
            mark.untouched = true;
            mark.state = row ? row->state : known_[verdict.record];
            note_untouched(verdict);
            return mark;
        } else {
            mark.first_seen = true;
            mark.state = take_first(verdict);
            ++change_.received;
        }
        ++change_[mark.state];
        return mark;
    }

    [[nodiscard]] const Tally& change() const { return change_; }
    [[nodiscard]] SubmissionEnd end() const
    {
        return {series_.first_revision(), series_.below_revision(), {}, accepted_.bytes(), {}};
    }

private:
    RecordState take_first(const Verdict& verdict)
    {
        if (verdict.accepted() && !held_)
            return put(verdict);
        const RecordState state = verdict.accepted() ? RecordState::waiting : RecordState::refused;
        quarantine_.add(verdict, state);
        return state;
    }

    RecordState take_again(const Verdict& verdict, const QuarantineBook::Row& row)
    {
        if (!verdict.accepted() || held_) {
            const RecordState state = verdict.accepted() ? RecordState::waiting : RecordState::refused;
            quarantine_.renew(row, verdict, state);
            return state;
        }
        if (const std::string newer = superseding(verdict); !newer.empty()) {
            note_untouched(verdict);
            quarantine_.close(row, "superseded by " + newer);
            return RecordState::closed;
        }
        const RecordState state = put(verdict);
        quarantine_.leave(row, state);
        return state;
    }

    RecordState put(const Verdict& verdict)
    {
        bool fresh = false;
        for (const Observation& observation : verdict.observations) {
            const auto placed = series_.place(observation, verdict.record);
            accepted_.add(placed.revision);
            fresh |= placed.fresh;
            if (placed.fresh)
                serving_.told(submission_, observation.key, placed.revision);
        }
        for (const Fact& fact : verdict.facts)
            fresh |= facts_.place(fact, verdict.record);
        return fresh ? RecordState::stored : RecordState::unchanged;
    }

    /// What stands in the way of putting this record of an older message in, or "".
    std::string superseding(const Verdict& verdict)
    {
        for (const Observation& observation : verdict.observations)
            if (const auto revision = series_.superseding(observation))
                return "revision " + std::to_string(*revision);
        for (const Fact& fact : verdict.facts)
            if (const auto version = facts_.superseding(fact))
                return "version " + std::to_string(*version) + " of " + fact.kind + " " + fact.key;
        return {};
    }

    /// The leaf covers every accepted observation, also of records this application leaves where they are.
    void note_untouched(const Verdict& verdict)
    {
        if (!verdict.accepted() || held_)
            return;
        for (const Observation& observation : verdict.observations) {
            if (const auto revision = series_.current_like(observation))
                accepted_.add(*revision);
            else
                accepted_.add(observation);
        }
    }

    const SubmissionId submission_;
    const bool held_;
    SeriesBook series_;
    ServingBook serving_;
    FactBook facts_;
    QuarantineBook quarantine_;
    std::vector<RecordState> known_;
    AcceptedList accepted_;
    Tally change_;
};

}  // namespace

Result<void> Apply::run(sqlite::Connection& connection)
{
    applied_ = {};
    auto earlier = earlier_application(connection, application_.message);
    if (!application_.replay && earlier) {
        applied_ = std::move(*earlier);
        return {};
    }
    if (application_.replay && !earlier) {
        Problem problem = standing_->problem("never_applied", "a replay of a message that was never applied");
        problem.found = std::to_string(application_.message);
        return problem;
    }
    applied_.submission = begin_submission(connection, application_);
    Sorting sorting(connection, application_, applied_.submission, *memory_, *rules_);
    std::string states;
    for (const Verdict& verdict : application_.verdicts) {
        const StateMark mark = sorting.take(verdict);
        states += encoded(mark);
        applied_.states.push_back(mark.state);
    }
    applied_.counts = counts_of(states);
    applied_.counts.messages = application_.replay ? 0 : 1;
    if (render_) {
        Told told = render_(application_, applied_);
        applied_.answer = std::move(told.answer);
        for (const ComplianceEvent& event : told.events)
            append_event(connection, event);
    }
    SubmissionEnd end = sorting.end();
    end.states = std::move(states);
    end.answer = applied_.answer;
    end_submission(connection, applied_.submission, end);
    Tally change = sorting.change();
    change.messages = applied_.counts.messages;
    add_to_tally(connection, change);
    return {};
}

std::size_t Apply::bytes() const
{
    std::size_t sum = application_.leaf.text.size() + 1024;
    for (const Verdict& verdict : application_.verdicts)
        sum += verdict.excerpt.size() + observation_bytes * (1 + verdict.observations.size() + verdict.facts.size());
    return sum;
}

}  // namespace lienthong::adapters::store
