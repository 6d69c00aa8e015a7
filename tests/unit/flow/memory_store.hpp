/// MemoryStore: a store in memory for tests of a message's way in.
#pragma once

#include "hub/ports/store.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::flow {

/// A store that remembers what it was given, in order. Only what the intake asks of a store is there.
class MemoryStore final : public Store
{
public:
    void apply(Application application, Render render, ApplyDone done) override
    {
        Applied out;
        {
            std::lock_guard lock(mutex);
            out.submission = static_cast<SubmissionId>(applications.size()) + 1;
            for (const Verdict& verdict : application.verdicts) {
                out.states.push_back(verdict.accepted() ? RecordState::stored : RecordState::refused);
                ++out.counts.received;
                ++out.counts[out.states.back()];
            }
            out.answer = render(application, out).answer;
            applications.push_back(application);
            answers[application.message] = out.answer;
        }
        done(out);
    }
    Result<std::optional<SubmissionRow>> submission_of(MessageId message) const override
    {
        std::lock_guard lock(mutex);
        const auto it = answers.find(message);
        if (it == answers.end())
            return std::optional<SubmissionRow>();
        SubmissionRow row;
        row.id = 1;
        row.answer = it->second;
        return std::optional(row);
    }
    Result<std::vector<SubmissionId>> submissions_of(MessageId) const override { return std::vector<SubmissionId>(); }
    Result<Tally> tally() const override { return Tally{}; }
    Result<Tally> recount() const override { return Tally{}; }
    Result<std::vector<RevisionRow>> observations(const ObservationFilter&) const override { return std::vector<RevisionRow>(); }
    Result<std::vector<RevisionRow>> changes(std::uint64_t, RevisionId, std::uint64_t, std::size_t) const override { return std::vector<RevisionRow>(); }
    Result<std::vector<QuarantineEntry>> quarantine(std::optional<RecordState>, const std::string&, std::int64_t, std::size_t) const override
    {
        return std::vector<QuarantineEntry>();
    }
    Result<std::vector<Fact>> facts(const std::string&, const std::string&, std::size_t) const override { return std::vector<Fact>(); }
    Result<std::vector<RevisionRow>> newest_revisions(std::size_t) const override { return std::vector<RevisionRow>(); }
    Result<std::vector<QuarantineEntry>> newest_refusals(std::size_t) const override { return std::vector<QuarantineEntry>(); }
    Result<void> close_quarantined(std::int64_t, const std::string&, Time) override { return {}; }
    Result<std::optional<SubmissionRow>> submission(SubmissionId) const override { return std::optional<SubmissionRow>(); }
    Result<std::vector<RevisionRow>> accepted_of(SubmissionId) const override { return std::vector<RevisionRow>(); }
    Result<std::vector<FirstTold>> first_told(const std::string&, const std::string&, const std::string&) const override
    {
        return std::vector<FirstTold>();
    }
    Result<std::vector<Brought>> brought(SubmissionId, std::size_t) const override { return std::vector<Brought>(); }
    Result<std::vector<Claims>> claims(const std::vector<FigureKey>&) const override { return std::vector<Claims>(); }
    void judge_by(FigureRules) override {}
    Result<void> judge_anew(const Leaf&) override { return {}; }
    Result<std::vector<ServedChange>> served_changes(std::uint64_t, RevisionId, std::uint64_t, std::size_t) const override { return std::vector<ServedChange>(); }
    Result<std::vector<Disagreement>> disagreements(const DisagreementFilter&) const override { return std::vector<Disagreement>(); }
    Result<std::int64_t> open_disagreements() const override { return std::int64_t{0}; }
    Result<SettlementId> settle(const Settlement&, const Leaf&) override { return SettlementId{0}; }
    Result<std::optional<Settlement>> settlement(SettlementId) const override { return std::optional<Settlement>(); }
    Result<std::optional<LeafRow>> leaf(LeafId) const override { return std::optional<LeafRow>(); }
    Result<std::vector<Hash>> number_leaves(std::uint64_t, std::size_t) override { return std::vector<Hash>(); }
    Result<std::vector<Hash>> leaf_hashes(std::uint64_t, std::size_t) const override { return std::vector<Hash>(); }
    Result<std::uint64_t> numbered() const override { return std::uint64_t{0}; }
    Result<void> save_checkpoint(const SealedCheckpoint&) override { return {}; }
    Result<std::optional<SealedCheckpoint>> last_checkpoint() const override { return std::optional<SealedCheckpoint>(); }
    Result<std::optional<SealedCheckpoint>> checkpoint_covering(std::uint64_t) const override { return std::optional<SealedCheckpoint>(); }

    mutable std::mutex mutex;
    std::vector<Application> applications;
    std::map<MessageId, std::string> answers;
};

}  // namespace lienthong::flow
