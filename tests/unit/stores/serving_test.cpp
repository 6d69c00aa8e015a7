// One datum, one telling: the feed of what is served has every change once, in the order of the log, and replayed from any
// place in it gives what is served now.
#include "tests/unit/stores/store_fixture.hpp"

#include <map>
#include <random>
#include <tuple>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

using Owners = std::map<std::string, std::string>;  // By indicator.
using State = std::map<FigureKey, RevisionId>;

const std::vector<std::string> indicators = {"A", "B", "C"};
const std::vector<std::string> agencies = {"H31.01", "H31.02", "H31.03"};

bool same(const Observation& a, const Observation& b)
{
    return a.value == b.value;
}

std::string chosen(const Owners& owners, const Claims& claims)
{
    if (claims.is_settled())
        return claims.settlement->agency;
    const auto owner = owners.find(claims.figure.indicator);
    for (const Claim& claim : claims.claims)
        if (owner != owners.end() && claim.agency == owner->second)
            return claim.agency;
    return claims.claims.front().agency;
}

FigureRules rules_of(const Owners& owners)
{
    std::string digest = "owners";
    for (const auto& [indicator, agency] : owners)
        digest += " " + indicator + "=" + agency;
    return {digest, [owners](const Claims& claims) { return chosen(owners, claims); }, same};
}

Observation told(const std::string& indicator, const std::string& agency, const std::string& value)
{
    Observation out = observation(indicator, value);
    out.key.agency = agency;
    return out;
}

class Served : public StoreFixture
{
protected:
    void SetUp() override
    {
        StoreFixture::SetUp();
        judge();
    }
    void judge() { faces.store->judge_by(rules_of(owners)); }
    void judge_anew()
    {
        judge();
        ASSERT_TRUE(faces.store->judge_anew({"catalogue", std::string(32, 'c')}).ok());
    }
    SubmissionId tell(const std::vector<Observation>& observations, const std::string& flow = "monthly")
    {
        ++message;
        Application asked = application(message, message, {accepted_record(0, observations)});
        asked.flow = flow;
        return apply(*faces.store, asked).submission;
    }
    Claims claims(const std::string& indicator)
    {
        return faces.store->claims({figure_of(told(indicator, "", "").key)}).value().at(0);
    }
    SettlementId settle(const std::string& indicator, const std::string& agency)
    {
        const Claims of = claims(indicator);
        const Settlement settlement{of.figure, agency, "đã thống nhất", "operator", at(99), of.revisions()};
        return faces.store->settle(settlement, leaf_of(settlement)).value();
    }
    std::uint64_t sealed()
    {
        const std::uint64_t numbered = faces.store->numbered().value();
        return numbered + faces.store->number_leaves(numbered, 1000).value().size();
    }
    std::vector<ServedChange> changes(std::uint64_t from = 0, RevisionId after = 0)
    {
        return faces.store->served_changes(from, after, sealed(), 10'000).value();
    }
    State served_now()
    {
        State out;
        for (const RevisionRow& row : find(""))
            if (row.served) {
                EXPECT_TRUE(out.emplace(figure_of(row.observation.key), row.id).second) << "two are served of one figure";
            }
        return out;
    }

    Owners owners{{"A", "H31.01"}};
    MessageId message = 0;
};

}  // namespace

TEST_F(Served, IsWhatAloneIsToldAndThenWhatTheOwnerTells)
{
    tell({told("A", "H31.03", "1")});
    tell({told("A", "H31.01", "2")});
    tell({told("A", "H31.03", "3")});
    const auto found = changes();
    ASSERT_EQ(found.size(), 2U) << "another's figure beside the owner's is no change";
    EXPECT_EQ(found[0].row.id, 1);
    EXPECT_EQ(found[1].row.id, 2);
    EXPECT_EQ(found[1].log_index, 1U);
    EXPECT_EQ(found[1].because, ServedBecause::told);
    const auto rows = history();
    EXPECT_FALSE(rows[0].served) << "no longer";
    EXPECT_TRUE(rows[0].served_when_told);
    EXPECT_TRUE(rows[1].served);
    EXPECT_FALSE(rows[2].served || rows[2].served_when_told);
}

TEST_F(Served, ChangesOnceWithASettlementAndBackWhenSomethingNewEndsIt)
{
    tell({told("A", "H31.01", "1"), told("A", "H31.03", "2")});
    const SettlementId settlement = settle("A", "H31.03");
    const auto settled = changes(1);
    ASSERT_EQ(settled.size(), 1U);
    EXPECT_EQ(settled[0].leaf, settlement);
    EXPECT_EQ(settled[0].because, ServedBecause::settled);
    EXPECT_EQ(settled[0].row.observation, told("A", "H31.03", "2"));
    settle("A", "H31.03");
    EXPECT_TRUE(changes(2).empty()) << "settled alike again: evidence, but no change";
    tell({told("A", "H31.03", "2.5")});
    const auto ended = changes(3);
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0].row.id, 1) << "the owner's, told before";
    EXPECT_EQ(ended[0].cause, 3);
    EXPECT_EQ(ended[0].because, ServedBecause::told);
    EXPECT_TRUE(changes(3, 3).empty());
}

TEST_F(Served, ChangesWithTheOwnersUnderALeafOfTheCatalogueOnlyWhereItDoes)
{
    tell({told("A", "H31.01", "1"), told("A", "H31.03", "2"), told("B", "H31.02", "3"), told("B", "H31.03", "4")});
    judge_anew();
    ASSERT_EQ(sealed(), 1U) << "nothing changed";
    owners["A"] = "H31.03";
    judge_anew();
    const auto found = changes(1);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].because, ServedBecause::ownership);
    EXPECT_EQ(found[0].row.observation, told("A", "H31.03", "2"));
    EXPECT_EQ(faces.store->leaf(2).value()->leaf.text, "catalogue");
    judge_anew();
    EXPECT_EQ(sealed(), 2U);
}

TEST_F(Served, IsJudgedAnewByWhoStartsAfterSomebodyJudgedByOtherRules)
{
    tell({told("A", "H31.01", "1"), told("A", "H31.03", "2")});
    judge_anew();
    const auto other = adapters::open_sqlite_store(path).value();
    other.store->judge_by(rules_of({{"A", "H31.03"}}));
    apply(*other.store, application(70, 70, {accepted_record(0, {told("A", "H31.03", "5")})}));
    EXPECT_EQ(served_now().begin()->second, 3);
    judge_anew();
    EXPECT_EQ(served_now().begin()->second, 1);
    EXPECT_EQ(changes().back().because, ServedBecause::ownership);
}

TEST_F(Served, IsWhatGoesOutAndNothingElse)
{
    tell({told("A", "H31.01", "1")});
    tell({told("A", "H31.03", "2")});
    const SettlementId settlement = settle("A", "H31.03");
    tell({told("B", "H31.01", "1")}, "from-partner");
    const SubmissionId ends = tell({told("A", "H31.03", "2.5")}, "from-partner");
    EXPECT_EQ(*faces.outbox->enqueue("to-partner", "from-partner", sealed(), at(200)), 3U);
    std::vector<LeafId> leaves;
    for (auto item = faces.outbox->next("to-partner", at(300)).value(); item; item = faces.outbox->next("to-partner", at(300)).value()) {
        leaves.push_back(item->leaf);
        ASSERT_TRUE(faces.outbox->begin_attempt(item->id, at(300)).ok());
        ASSERT_TRUE(faces.outbox->finish_attempt(item->id, DeliveryState::delivered, "", "", at(300)).ok());
    }
    EXPECT_EQ(leaves, (std::vector<LeafId>{1, settlement, ends})) << "what the partner told itself ended a settlement";
}

namespace {

class RandomServing : public Served, public ::testing::WithParamInterface<unsigned>
{
protected:
    struct Snapshot
    {
        std::uint64_t leaf = 0;
        RevisionId change = 0;
        State state;
    };

    template <class T>
    const T& any_of(const std::vector<T>& from)
    {
        return from[below(from.size())];
    }
    std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random); }

    void step()
    {
        const std::size_t kind = below(12);
        if (kind == 0) {
            owners[any_of(indicators)] = any_of(agencies);
            judge_anew();
        } else if (kind == 1) {
            reopen();
            judge();
        } else if (kind < 5) {
            const Claims of = claims(any_of(indicators));
            if (of.claims.size() > 1)
                settle(of.figure.indicator, any_of(of.claims).agency);
        } else {
            std::vector<Observation> all;
            for (std::size_t i = 0; i <= below(3); ++i)
                all.push_back(told(any_of(indicators), any_of(agencies), std::to_string(below(3))));
            tell(all);
        }
    }
    /// What should be, from the claims alone.
    void compare()
    {
        State expected;
        std::int64_t open = 0;
        std::map<RevisionId, Observation> current;
        for (const RevisionRow& row : find(""))
            current[row.id] = row.observation;
        for (const std::string& indicator : indicators) {
            const Claims of = claims(indicator);
            if (of.claims.empty())
                continue;
            bool differs = false;
            for (const Claim& claim : of.claims) {
                if (claim.agency == chosen(owners, of))
                    expected[of.figure] = claim.revision;
                differs |= !same(current[claim.revision], current[of.claims.front().revision]);
            }
            open += differs && !of.is_settled() ? 1 : 0;
        }
        ASSERT_EQ(served_now(), expected);
        ASSERT_EQ(faces.store->open_disagreements().value(), open);
        ASSERT_EQ(faces.store->disagreements({}).value().size(), static_cast<std::size_t>(open));
    }
    void expect_replay_gives(const Snapshot& from, const State& expected, std::uint64_t end)
    {
        Snapshot now = from;
        for (;;) {
            const std::size_t limit = 1 + below(4);
            const auto page = faces.store->served_changes(now.leaf, now.change, end, limit).value();
            for (const ServedChange& change : page) {
                RevisionId& served = now.state[figure_of(change.row.observation.key)];
                ASSERT_NE(served, change.row.id) << "a change that changes nothing, leaf " << change.leaf;
                ASSERT_LT(std::tie(now.leaf, now.change), std::tie(change.log_index, change.cause));
                served = change.row.id;
                now.leaf = change.log_index;
                now.change = change.cause;
                if (from.leaf == 0 && from.change == 0)
                    snapshots.push_back(now);
            }
            if (page.size() < limit)
                break;
        }
        ASSERT_EQ(now.state, expected);
    }

    std::mt19937 random{GetParam()};
    std::vector<Snapshot> snapshots;
};

}  // namespace

TEST_P(RandomServing, ReplayedFromAnyPlaceGivesWhatIsServed)
{
    for (int i = 0; i < 120; ++i) {
        SCOPED_TRACE("step " + std::to_string(i));
        ASSERT_NO_FATAL_FAILURE(step());
        ASSERT_NO_FATAL_FAILURE(compare());
    }
    const std::uint64_t end = sealed();
    const State expected = served_now();
    ASSERT_NO_FATAL_FAILURE(expect_replay_gives({}, expected, end));
    ASSERT_GT(snapshots.size(), 30U);
    const auto from_everywhere = snapshots;
    for (const Snapshot& snapshot : from_everywhere)
        ASSERT_NO_FATAL_FAILURE(expect_replay_gives(snapshot, expected, end));
    EXPECT_TRUE(faces.store->served_changes(end, 0, end, 10).value().empty());
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomServing, ::testing::Range(1U, 9U));
