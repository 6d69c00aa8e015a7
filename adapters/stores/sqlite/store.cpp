// The Store port over SQLite: who writes goes through the one writer, who reads gets a reader.
#include "adapters/stores/sqlite/apply.hpp"
#include "adapters/stores/sqlite/claims.hpp"
#include "adapters/stores/sqlite/faces.hpp"
#include "adapters/stores/sqlite/fact_history.hpp"
#include "adapters/stores/sqlite/leaves.hpp"
#include "adapters/stores/sqlite/quarantine.hpp"
#include "adapters/stores/sqlite/recount.hpp"
#include "adapters/stores/sqlite/rows.hpp"
#include "adapters/stores/sqlite/schema.hpp"
#include "adapters/stores/sqlite/serving_book.hpp"
#include "adapters/stores/sqlite/sqlite_store.hpp"
#include "adapters/stores/sqlite/submissions.hpp"

#include <mutex>

namespace lienthong::adapters {
namespace store {
namespace {

using sqlite::Connection;
using sqlite::Database;

/// What is known without a catalogue.
FigureRules plain_rules()
{
    return {{},
            [](const Claims& claims) { return claims.is_settled() ? claims.settlement->agency : claims.claims.front().agency; },
            [](const Observation& a, const Observation& b) {
                return a.availability == b.availability && a.value == b.value && a.unit == b.unit;
            }};
}

class SqliteStorePort final : public Store
{
public:
    explicit SqliteStorePort(std::shared_ptr<Database> database) : database_(std::move(database)) {}

    void apply(Application application, Render render, ApplyDone done) override
    {
        database_->submit(std::make_unique<Apply>(std::move(application), std::move(render), std::move(done),
                                                  database_->shared_standing(), memory_, rules()));
    }

    [[nodiscard]] Result<Tally> tally() const override { return read(&read_tally); }
    [[nodiscard]] Result<Tally> recount() const override { return read(&store::recount); }

    [[nodiscard]] Result<std::vector<RevisionRow>> observations(const ObservationFilter& filter) const override
    {
        return read(&read_observations, filter);
    }
    [[nodiscard]] Result<std::vector<RevisionRow>> changes(std::uint64_t from, RevisionId after, std::uint64_t below,
                                                           std::size_t limit) const override
    {
        return read(&read_changes, from, after, below, limit);
    }
    [[nodiscard]] Result<std::vector<FirstTold>> first_told(const std::string& indicator, const std::string& period_from,
                                                            const std::string& period_to) const override
    {
        return read(&read_first_told, indicator, period_from, period_to);
    }
    [[nodiscard]] Result<std::vector<Brought>> brought(SubmissionId after, std::size_t limit) const override
    {
        return read(&read_brought, after, limit);
    }
    [[nodiscard]] Result<std::vector<ServedChange>> served_changes(std::uint64_t from, RevisionId after, std::uint64_t below,
                                                                   std::size_t limit) const override
    {
        return read(&read_served_changes, from, after, below, limit);
    }
    [[nodiscard]] Result<std::vector<RevisionRow>> newest_revisions(std::size_t limit) const override
    {
        return read(&read_newest_revisions, limit);
    }
    [[nodiscard]] Result<std::vector<RevisionRow>> accepted_of(SubmissionId id) const override
    {
        return read(&read_accepted, id);
    }

    [[nodiscard]] Result<std::vector<QuarantineEntry>> quarantine(std::optional<RecordState> state, const std::string& flow,
                                                                  std::int64_t after, std::size_t limit) const override
    {
        return read(&read_quarantine, state, flow, after, limit);
    }
    [[nodiscard]] Result<std::vector<QuarantineEntry>> newest_refusals(std::size_t limit) const override
    {
        return read(&read_newest_refusals, limit);
    }
    [[nodiscard]] Result<void> close_quarantined(std::int64_t id, const std::string& reason, Time at) override
    {
        return database_->write(
            [&](Connection& connection) { return close_by_hand(connection, database_->standing(), id, reason, at); });
    }

    [[nodiscard]] Result<std::vector<Fact>> facts(const std::string& kind, const std::string& after,
                                                  std::size_t limit) const override
    {
        return read(&read_facts, kind, after, limit);
    }
    [[nodiscard]] Result<std::optional<SubmissionRow>> submission(SubmissionId id) const override
    {
        return read(&read_submission, id);
    }
    [[nodiscard]] Result<std::optional<SubmissionRow>> submission_of(MessageId message) const override
    {
        return read(&read_submission_of, message);
    }
    [[nodiscard]] Result<std::vector<SubmissionId>> submissions_of(MessageId message) const override
    {
        return read(&read_submissions_of, message);
    }

    [[nodiscard]] Result<std::vector<Claims>> claims(const std::vector<FigureKey>& figures) const override
    {
        return read(&read_claims, figures);
    }
    void judge_by(FigureRules rules) override
    {
        const std::lock_guard lock(mutex_);
        rules_ = std::make_shared<const FigureRules>(std::move(rules));
    }
    [[nodiscard]] Result<void> judge_anew(const Leaf& leaf) override
    {
        return database_->write([&, rules = rules()](Connection& connection) -> Result<void> {
            ServingBook(connection, *rules).judge_anew(leaf);
            return {};
        });
    }
    [[nodiscard]] Result<std::vector<Disagreement>> disagreements(const DisagreementFilter& filter) const override
    {
        return read(&read_disagreements, filter);
    }
    [[nodiscard]] Result<std::int64_t> open_disagreements() const override { return read(&count_open_disagreements); }
    [[nodiscard]] Result<SettlementId> settle(const Settlement& settlement, const Leaf& leaf) override
    {
        SettlementId id = 0;
        const auto insert = [&](Connection& connection) -> Result<void> {
            const auto kept = insert_settlement(connection, database_->standing(), settlement, leaf, *rules());
            if (!kept)
                return kept.problem();
            id = *kept;
            return {};
        };
        if (auto done = database_->write(insert); !done)
            return done.problem();
        return id;
    }
    [[nodiscard]] Result<std::optional<Settlement>> settlement(SettlementId id) const override
    {
        return read(&read_settlement, id);
    }

    [[nodiscard]] Result<std::optional<LeafRow>> leaf(LeafId id) const override { return read(&read_leaf, id); }

    [[nodiscard]] Result<std::vector<Hash>> number_leaves(std::uint64_t next_index, std::size_t limit) override
    {
        std::vector<Hash> hashes;
        const auto number = [&](Connection& connection) -> Result<void> {
            auto numbered = store::number_leaves(connection, database_->standing(), next_index, limit);
            if (!numbered)
                return numbered.problem();
            hashes = std::move(*numbered);
            return {};
        };
        // A transaction of its own: only what is committed already gets a number.
        if (auto done = database_->write(number, true); !done)
            return done.problem();
        return hashes;
    }
    [[nodiscard]] Result<std::vector<Hash>> leaf_hashes(std::uint64_t from, std::size_t limit) const override
    {
        return read(&read_leaf_hashes, from, limit);
    }
    [[nodiscard]] Result<std::uint64_t> numbered() const override { return read(&count_numbered); }

    [[nodiscard]] Result<void> save_checkpoint(const SealedCheckpoint& checkpoint) override
    {
        return database_->write(
            [&](Connection& connection) { return insert_checkpoint(connection, database_->standing(), checkpoint); });
    }
    [[nodiscard]] Result<std::optional<SealedCheckpoint>> last_checkpoint() const override { return read(&read_last_checkpoint); }
    [[nodiscard]] Result<std::optional<SealedCheckpoint>> checkpoint_covering(std::uint64_t index) const override
    {
        return read(&read_checkpoint_covering, index);
    }

private:
    /// Runs one of the reading functions on a reader's connection.
    template <class Value, class... Parameters, class... Arguments>
    [[nodiscard]] Result<Value> read(Value (*function)(Connection&, Parameters...), const Arguments&... arguments) const
    {
        return database_->read<Value>(
            [&](Connection& connection) -> Result<Value> { return function(connection, arguments...); });
    }

    [[nodiscard]] std::shared_ptr<const FigureRules> rules() const
    {
        const std::lock_guard lock(mutex_);
        return rules_;
    }

    std::shared_ptr<Database> database_;
    std::shared_ptr<SeriesMemory> memory_ = std::make_shared<SeriesMemory>();
    mutable std::mutex mutex_;
    std::shared_ptr<const FigureRules> rules_ = std::make_shared<const FigureRules>(plain_rules());
};

}  // namespace

std::shared_ptr<Store> make_store(std::shared_ptr<sqlite::Database> database)
{
    return std::make_shared<SqliteStorePort>(std::move(database));
}

}  // namespace store

Result<SqliteStore> open_sqlite_store(const std::string& path, std::size_t max_bytes)
{
    const auto opened = sqlite::Database::open(path, store::schema, max_bytes);
    if (!opened)
        return opened.problem();
    return SqliteStore{store::make_store(*opened), store::make_outbox(*opened, {}), store::make_identities(*opened),
                       store::make_compliance_events(*opened), store::make_rule_breaks(*opened), store::make_fact_history(*opened),
                       [database = *opened](const std::string& kind) { return store::make_outbox(database, kind); },
                       store::make_partner_names(*opened)};
}

}  // namespace lienthong::adapters
