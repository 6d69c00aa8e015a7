/// Store: the provincial store of observations. Applies a submission once, never overwrites, keeps the log's
/// leaves beside the revisions they cover.
#pragma once

#include "hub/model/compliance_event.hpp"
#include "hub/model/figure.hpp"
#include "hub/model/message.hpp"
#include "hub/model/report_claim.hpp"
#include "hub/model/result.hpp"
#include "hub/model/said.hpp"
#include "hub/model/verdict.hpp"
#include "hub/ports/signer.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong {

/// Leaves of the log count up in the order of their commits, whatever they are of. A submission and a settlement have the
/// id of their leaf.
using LeafId = std::int64_t;
using SubmissionId = LeafId;
using SettlementId = LeafId;
using RevisionId = std::int64_t;

/// An entry of the log: its canonical bytes and their leaf hash.
struct Leaf
{
    std::string text;
    Hash hash;
};

struct LeafRow
{
    Leaf leaf;
    std::optional<std::uint64_t> log_index{};  ///< Absent until numbered.
};

enum class Mode : std::uint8_t { partial, atomic };

/// What one submission asks of the store.
struct Application
{
    MessageId message = 0;       ///< Applied at most once per message, unless replay is set.
    bool replay = false;         ///< Only records in quarantine are looked at; never puts old over newer.
    Mode mode = Mode::partial;
    std::string flow;
    std::string connector;
    std::string sender;
    std::string catalogue_digest;
    std::string mapping_digest;
    Time received_at{};
    Time applied_at{};
    std::vector<Verdict> verdicts;  ///< One per record, in order. A message that cannot be read has one.
    std::optional<ReportClaim> report{};  ///< The report it delivers, if it says so.
    Leaf leaf;
};

struct Applied
{
    SubmissionId submission = 0;
    bool earlier = false;               ///< The message had been applied before; states are those of then.
    std::vector<RecordState> states;    ///< One per verdict.
    Tally counts;                       ///< Of this submission alone.
    std::string answer;                 ///< What the sender is told: Told::answer of when it was first applied.
};

/// What is kept beside the records of a submission, once its outcome is known.
struct Told
{
    std::string answer;                       ///< What the sender gets.
    std::vector<ComplianceEvent> events{};    ///< That a report came in, or was refused; their ids are for the store to give.
};

/// A revision as readers see it.
struct RevisionRow
{
    RevisionId id = 0;
    std::uint32_t number = 0;            ///< From 1 within its series.
    Observation observation;
    SubmissionId submission = 0;
    std::uint32_t record = 0;
    std::string flow;
    std::string sender;
    std::string connector;
    std::string catalogue_digest;
    std::string mapping_digest;
    Time received_at{};
    std::optional<std::uint64_t> log_index;  ///< Absent until numbered.
    bool served = false;                     ///< The one served of its figure now.
    bool served_when_told = false;           ///< It became the one served by being told. Never changes.
};

/// Why another revision of a figure is served.
enum class ServedBecause : std::uint8_t {
    told,       ///< Something was told: the revision itself, or one that ended a settlement.
    settled,    ///< The agencies settled on it.
    ownership,  ///< The catalogue names another owner.
};
[[nodiscard]] std::string_view to_text(ServedBecause because);

/// From this leaf on another revision is the one served of its figure.
struct ServedChange
{
    LeafId leaf = 0;
    std::uint64_t log_index = 0;  ///< Of that leaf.
    RevisionId cause = 0;         ///< The revision of that leaf that brought it; where it holds none, counted from 1.
    ServedBecause because = ServedBecause::told;
    RevisionRow row;              ///< The one served.
};

struct ObservationFilter
{
    std::string indicator, period_from, period_to, area, agency;  ///< Empty: any.
    bool history = false;                                          ///< All revisions, oldest first.
    RevisionId after = 0;
    std::size_t limit = 1000;
};

struct QuarantineEntry
{
    std::int64_t id = 0;
    MessageId message = 0;
    std::uint32_t record = 0;
    std::string flow, sender, place, excerpt;
    RecordState state = RecordState::refused;
    std::vector<Problem> problems;
    std::string reason;  ///< Why it was closed, and by whom.
    Time since{};
};

struct SubmissionRow
{
    SubmissionId id = 0;
    MessageId message = 0;
    std::string flow, sender, connector, catalogue_digest, mapping_digest, answer;
    LeafRow entry;
    Tally counts;
    Time received_at{}, applied_at{};
};

/// Which agency's figure stands where several differ, and who said so. Never changed; a later one takes its place.
struct Settlement
{
    FigureKey figure;
    std::string agency;             ///< Whose figure stands.
    std::string reason;             ///< What the agencies agreed on, and why.
    std::string by;                 ///< Who entered it.
    Time at{};
    std::vector<RevisionId> over;   ///< The current revision of every agency when it was settled, ascending.
    SettlementId id = 0;            ///< 0 until it is kept.
};

/// One agency's telling of a figure.
struct Claim
{
    std::string agency;
    RevisionId revision = 0;  ///< The current one.
    bool served = false;      ///< Of each figure, one.
};

/// Who tells a figure, and the last settlement between them, if any.
struct Claims
{
    FigureKey figure;
    std::vector<Claim> claims;  ///< By agency; empty for a figure nobody tells.
    std::optional<Settlement> settlement;

    /// Their current revisions, ascending.
    [[nodiscard]] std::vector<RevisionId> revisions() const;
    /// Whether the settlement was over just these revisions. A new revision or another agency opens the matter again.
    [[nodiscard]] bool is_settled() const { return settlement && settlement->over == revisions(); }
};

/// A figure agencies tell differently.
struct Disagreement
{
    Claims claims;
    std::vector<RevisionRow> rows;  ///< One per claim, in the same order.
};

/// When an agency first told any figure of an indicator for a period, whatever its measure, area and breakdown.
struct FirstTold
{
    std::string period;
    std::string agency;
    SubmissionId submission = 0;
    Time received_at{};
    std::string flow{};              ///< The one that brought it.
    Said said = Said::unstated;      ///< What its figures say now.
};

/// That a flow brought something, without what.
struct Brought
{
    SubmissionId submission = 0;
    std::string flow;
    Time received_at{};
    bool is_news = false;  ///< Some record of it was not just what the store had; what was refused is news too.
};

/// Whether two agencies' observations of one figure say the same.
using SameFigure = std::function<bool(const Observation&, const Observation&)>;

/// How figures that several agencies tell are judged. The catalogue knows who owns a figure and what units mean; the store
/// does not. Pure functions, called on the store's writer thread.
struct FigureRules
{
    std::string digest;                                ///< Of what they were made from: other rules, another digest.
    std::function<std::string(const Claims&)> served;  ///< Whose telling is served; at least two tell it.
    SameFigure same;
};

struct DisagreementFilter
{
    std::string indicator{}, area{}, agency{};  ///< Empty: any. `agency`: told by it, among others.
    bool open = true, settled = false;          ///< Which of the two are wanted.
    std::optional<FigureKey> after{};           ///< Figures greater than this one.
    std::size_t limit = 1000;
};

/// Every call is thread-safe. Reads see committed state only.
class Store
{
public:
    /// Turns the outcome into what is told of it; called inside the transaction, kept with it.
    using Render = std::function<Told(const Application&, const Applied&)>;
    using ApplyDone = std::function<void(Result<Applied>)>;

    virtual ~Store() = default;

    /// Revisions, quarantine entries, tally and one unnumbered leaf, in one durable transaction; many
    /// applications may share one fsync. `done` runs on a thread of the store and must not block.
    /// Fails with: store.full, store.broken.
    virtual void apply(Application application, Render render, ApplyDone done) = 0;

    [[nodiscard]] virtual Result<Tally> tally() const = 0;  ///< Applied messages only; the journal knows the rest.
    /// The same counted anew from the records themselves; reads every submission. What differs is a defect of ours.
    [[nodiscard]] virtual Result<Tally> recount() const = 0;
    [[nodiscard]] virtual Result<std::vector<RevisionRow>> observations(const ObservationFilter& filter) const = 0;
    /// Sealed revisions with log index in [from, below), ordered by (log index, revision id), at most `limit`,
    /// starting after revision `after` of leaf `from`.
    [[nodiscard]] virtual Result<std::vector<RevisionRow>> changes(std::uint64_t from, RevisionId after, std::uint64_t below,
                                                                   std::size_t limit) const = 0;
    [[nodiscard]] virtual Result<std::vector<QuarantineEntry>> quarantine(std::optional<RecordState> state,
                                                                          const std::string& flow, std::int64_t after,
                                                                          std::size_t limit) const = 0;
    /// Newest versions of facts, ordered by key, keys greater than `after`.
    [[nodiscard]] virtual Result<std::vector<Fact>> facts(const std::string& kind, const std::string& after,
                                                          std::size_t limit) const = 0;
    /// Newest first.
    [[nodiscard]] virtual Result<std::vector<RevisionRow>> newest_revisions(std::size_t limit) const = 0;
    /// Newest first.
    [[nodiscard]] virtual Result<std::vector<QuarantineEntry>> newest_refusals(std::size_t limit) const = 0;
    [[nodiscard]] virtual Result<void> close_quarantined(std::int64_t id, const std::string& reason, Time at) = 0;
    [[nodiscard]] virtual Result<std::optional<SubmissionRow>> submission(SubmissionId id) const = 0;
    [[nodiscard]] virtual Result<std::optional<SubmissionRow>> submission_of(MessageId message) const = 0;
    /// Every submission of a message: the first, then its replays, in order.
    [[nodiscard]] virtual Result<std::vector<SubmissionId>> submissions_of(MessageId message) const = 0;
    /// The observations a submission's accepted-records root was made of, in order, unchanged ones included: those of
    /// every accepted verdict, or none where an atomic submission had a refused record. A row's own submission tells
    /// whether it came into being here; it is 0, as is the id, for an observation a replay found superseded.
    [[nodiscard]] virtual Result<std::vector<RevisionRow>> accepted_of(SubmissionId id) const = 0;

    /// Of every agency and period; periods in [from, to] by their canonical text, as ObservationFilter has it.
    [[nodiscard]] virtual Result<std::vector<FirstTold>> first_told(const std::string& indicator, const std::string& period_from,
                                                                    const std::string& period_to) const = 0;

    /// What came first under submissions greater than `after`, in their order, at most `limit`; replays are passed over.
    [[nodiscard]] virtual Result<std::vector<Brought>> brought(SubmissionId after, std::size_t limit) const = 0;

    /// Who tells these figures, in the order asked.
    [[nodiscard]] virtual Result<std::vector<Claims>> claims(const std::vector<FigureKey>& figures) const = 0;
    /// Judges what is told and settled from now on by `rules`; without any, the one settled on or else the first by
    /// agency is served, and figures are the same when they are written alike.
    virtual void judge_by(FigureRules rules) = 0;
    /// Judges every figure that several agencies tell anew where other rules judged them last. Where another telling is
    /// served for it, `leaf` is committed with that. Reads all of them once for each change of the rules.
    [[nodiscard]] virtual Result<void> judge_anew(const Leaf& leaf) = 0;
    /// What became served under sealed leaves with log index in [from, below), ordered by (log index, cause), at most
    /// `limit`, starting after `after` of leaf `from`. Replayed from the start it gives what is served.
    [[nodiscard]] virtual Result<std::vector<ServedChange>> served_changes(std::uint64_t from, RevisionId after,
                                                                           std::uint64_t below, std::size_t limit) const = 0;
    /// Figures that agencies tell differently, ordered by key.
    [[nodiscard]] virtual Result<std::vector<Disagreement>> disagreements(const DisagreementFilter& filter) const = 0;
    /// How many of them nobody has settled. Reads no figure.
    [[nodiscard]] virtual Result<std::int64_t> open_disagreements() const = 0;
    /// Keeps a settlement and its unnumbered leaf, in one durable transaction. Whether the agencies differ at all is the caller's affair.
    /// Fails with: store.settlement_agency (it does not tell this figure), store.settlement_moved (the current revisions
    /// are not those in `over`).
    [[nodiscard]] virtual Result<SettlementId> settle(const Settlement& settlement, const Leaf& leaf) = 0;
    [[nodiscard]] virtual Result<std::optional<Settlement>> settlement(SettlementId id) const = 0;

    [[nodiscard]] virtual Result<std::optional<LeafRow>> leaf(LeafId id) const = 0;
    /// Numbers committed leaves in commit order and returns their hashes, at most `limit`. One sealer at a time.
    [[nodiscard]] virtual Result<std::vector<Hash>> number_leaves(std::uint64_t next_index, std::size_t limit) = 0;
    [[nodiscard]] virtual Result<std::vector<Hash>> leaf_hashes(std::uint64_t from, std::size_t limit) const = 0;
    [[nodiscard]] virtual Result<std::uint64_t> numbered() const = 0;  ///< How many leaves have a number.
    [[nodiscard]] virtual Result<void> save_checkpoint(const SealedCheckpoint& checkpoint) = 0;
    [[nodiscard]] virtual Result<std::optional<SealedCheckpoint>> last_checkpoint() const = 0;
    /// The smallest checkpoint that covers leaf `index`.
    [[nodiscard]] virtual Result<std::optional<SealedCheckpoint>> checkpoint_covering(std::uint64_t index) const = 0;
};

inline std::string_view to_text(ServedBecause because)
{
    constexpr std::array<std::string_view, 3> names = {"told", "settled", "ownership"};
    return names.at(static_cast<std::size_t>(because));
}

inline std::vector<RevisionId> Claims::revisions() const
{
    std::vector<RevisionId> out;
    for (const Claim& claim : claims)
        out.push_back(claim.revision);
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace lienthong
