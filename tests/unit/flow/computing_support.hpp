// What the tests of computing share: a hub's journal and store on disk, dossiers told to it, and a journal that fails.
#pragma once

#include "adapters/journals/sqlite/sqlite_journal.hpp"
#include "adapters/stores/sqlite/sqlite_store.hpp"
#include "hub/flow/computing.hpp"
#include "hub/flow/leaf.hpp"
#include "hub/seal/digest.hpp"
#include "tests/unit/stores/folder.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::testing {

/// A second passes whenever somebody looks.
class TickingClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return Time(std::chrono::seconds(1'760'000'000 + ++seconds_)); }

private:
    mutable std::atomic<std::int64_t> seconds_{0};
};

inline std::shared_ptr<const catalogue::Catalogue> shared_catalogue()
{
    static const auto instance = [] {
        std::vector<Problem> problems;
        return catalogue::Catalogue::load(LIENTHONG_SOURCE_DIR "/mappings/catalogue", seal::sha256_hex, problems);
    }();
    return instance;
}

inline constexpr const char* settled_by_due = R"(computation: computed/settled
version: 1
facts: dossier
tables:
  units: units.csv
where: present(finished)
group:
  period: month(date(datetime(finished)))
  area: area("GSO", "33")
  breakdown: lookup(units, agency)
  agency: agency("H31.08")
terms:
  settling:
    from: datetime(received)
    until: datetime(finished)
    due: datetime(due)
figures:
  - indicator: DEMO_HY_DOSSIERS_SETTLED
    unit: DOSSIER
    count: all
  - indicator: DEMO_HY_DOSSIERS_SETTLED
    measure: ON_TIME_PERCENT
    unit: "%"
    share: {kept: settling, places: 2}
)";
inline constexpr const char* received_online = R"(computation: computed/received
version: 1
facts: dossier
tables:
  units: units.csv
where: present(received)
group:
  period: month(date(datetime(received)))
  area: area("GSO", "33")
  breakdown: lookup(units, agency)
  agency: agency("H31.08")
figures:
  - indicator: DEMO_HY_DOSSIERS_RECEIVED
    measure: ONLINE_PERCENT
    unit: "%"
    share: {where: channel == "online", places: 2}
)";

inline std::shared_ptr<const compute::Computation> computation(std::string_view text)
{
    std::vector<Problem> problems, findings;
    const mapping::ReadBeside beside = [](std::string_view) {
        return std::optional<std::string>("key,breakdown\nA,EXECUTING_UNIT=H31_02\nB,EXECUTING_UNIT=H31_03\n");
    };
    auto out = compute::Computation::compile(
        "c.yaml", text, beside, {{"dossier", {"agency", "received", "finished", "due", "channel"}}}, *shared_catalogue(),
        [](std::string_view bytes) { return seal::sha256_hex(bytes); }, problems, findings);
    for (const Problem& problem : problems)
        ADD_FAILURE() << problem.sentence();
    return out;
}

struct Dossier
{
    std::string key, agency, received, finished, due, channel;

    [[nodiscard]] Fact fact() const
    {
        Fact out{"dossier", key, {}};
        for (const auto& [name, value] :
             {std::pair{"agency", agency}, {"channel", channel}, {"due", due}, {"finished", finished}, {"received", received}})
            if (!value.empty())
                out.fields.emplace_back(name, value.size() == 10 ? value + "T10:00:00+07:00" : value);
        return out;
    }
};

/// A journal that can lose what it was asked, or what it did.
class FailingJournal final : public Journal
{
public:
    enum class Fault : std::uint8_t {
        none,
        nothing_kept,  ///< The process died before the bytes were on disk.
        not_told,      ///< They were, and the process died before anybody heard of it.
        not_marked,    ///< What the store applied was never marked.
    };
    explicit FailingJournal(std::shared_ptr<Journal> under) : under_(std::move(under)) {}
    Fault fault = Fault::none;

    void append(JournalEntry entry, AppendDone done) override
    {
        if (fault == Fault::nothing_kept) {
            done(Problem{"journal.broken", "nothing was kept"});
            return;
        }
        const bool tells = fault != Fault::not_told;
        under_->append(std::move(entry), [done = std::move(done), tells](Result<std::vector<Journaled>> result) {
            done(tells ? std::move(result) : Problem{"journal.broken", "nobody heard"});
        });
    }
    [[nodiscard]] Result<Message> read(MessageId id) const override { return under_->read(id); }
    [[nodiscard]] Result<std::vector<MessageId>> unapplied(MessageId after, std::size_t limit) const override
    {
        return under_->unapplied(after, limit);
    }
    [[nodiscard]] Result<std::vector<HeldMessage>> held(const std::string& flow, MessageId after, std::size_t limit) const override
    {
        return under_->held(flow, after, limit);
    }
    void mark_applied(std::vector<MessageId> ids) override
    {
        if (fault != Fault::not_marked)
            under_->mark_applied(std::move(ids));
    }
    [[nodiscard]] Result<void> flush_marks() override { return under_->flush_marks(); }
    [[nodiscard]] Result<std::string> cursor(const std::string& flow) const override { return under_->cursor(flow); }
    [[nodiscard]] Result<Standing> standing() const override { return under_->standing(); }

private:
    std::shared_ptr<Journal> under_;
};

/// Journal and store in a folder, and whoever computes; can be left and taken up again like a process.
class ComputingHub
{
public:
    explicit ComputingHub(const std::string& directory) : directory_(directory) { open_data(); }

    void open_data()
    {
        faces = std::move(adapters::open_sqlite_store(directory_ + "/store.db")).value();
        journal = std::make_shared<FailingJournal>(std::move(adapters::open_sqlite_journal(directory_ + "/journal.db")).value());
    }
    /// As a new process finds it.
    void restart(std::vector<std::shared_ptr<const compute::Computation>> computations)
    {
        computing.reset();
        journal.reset();
        faces = {};
        open_data();
        begin(std::move(computations));
    }
    void begin(std::vector<std::shared_ptr<const compute::Computation>> computations)
    {
        flow::ComputingParts parts;
        parts.facts = faces.facts;
        parts.journal = journal;
        parts.store = faces.store;
        parts.clock = clock;
        parts.catalogue = shared_catalogue();
        parts.computations = std::move(computations);
        parts.area = "GSO:33";
        computing = std::make_unique<flow::Computing>(std::move(parts));
    }

    /// One message with these dossiers, journaled and applied.
    void tell(const std::vector<Dossier>& dossiers)
    {
        Message message;
        message.flow = "dvc-dossiers";
        message.source = "dvc";
        message.source_id = "m" + std::to_string(clock->now().time_since_epoch().count());
        message.sender = "cong-dvc";
        message.digest = message.source_id;
        message.received_at = clock->now();
        std::promise<MessageId> id;
        const auto fault = std::exchange(journal->fault, FailingJournal::Fault::none);
        journal->append({{message}, std::nullopt, true},
                        [&](Result<std::vector<Journaled>> result) { id.set_value(result.value().front().id); });
        Application application;
        application.message = id.get_future().get();
        application.flow = message.flow;
        application.connector = "dvc";
        application.sender = message.sender;
        application.received_at = message.received_at;
        application.applied_at = clock->now();
        for (const Dossier& dossier : dossiers) {
            Verdict verdict;
            verdict.record = static_cast<std::uint32_t>(application.verdicts.size());
            verdict.facts.push_back(dossier.fact());
            application.verdicts.push_back(std::move(verdict));
        }
        flow::set_leaf(application, "");
        std::promise<Result<Applied>> applied;
        faces.store->apply(std::move(application), {}, [&](Result<Applied> result) { applied.set_value(std::move(result)); });
        const auto result = applied.get_future().get();
        ASSERT_TRUE(result.ok()) << result.problem().sentence();
        journal->mark_applied({result->submission == 0 ? 0 : message_of(*result)});
        journal->fault = fault;
    }

    /// A round that must succeed, and everything of it in the store.
    std::size_t round()
    {
        const auto done = computing->round();
        EXPECT_TRUE(done.ok()) << done.problem().sentence();
        computing->drain();
        return done.ok() ? *done : 0;
    }

    /// What is stored of the flow, by "indicator measure period breakdown".
    [[nodiscard]] std::map<std::string, std::string> stored() const
    {
        std::map<std::string, std::string> out;
        ObservationFilter filter;
        filter.limit = 100'000;
        const auto rows = faces.store->observations(filter).value();
        for (const RevisionRow& row : rows) {
            const Observation& o = row.observation;
            out[o.key.measure + " " + o.key.period + " " + o.key.breakdown] =
                o.availability == Availability::value ? o.value : std::string(to_text(o.availability));
        }
        return out;
    }
    [[nodiscard]] std::vector<RevisionRow> history() const
    {
        ObservationFilter filter;
        filter.history = true;
        filter.limit = 100'000;
        return faces.store->observations(filter).value();
    }

    std::shared_ptr<TickingClock> clock = std::make_shared<TickingClock>();
    adapters::SqliteStore faces;
    std::shared_ptr<FailingJournal> journal;
    std::unique_ptr<flow::Computing> computing;

private:
    [[nodiscard]] MessageId message_of(const Applied& applied) const
    {
        return faces.store->submission(applied.submission).value()->message;
    }
    std::string directory_;
};

}  // namespace lienthong::testing
