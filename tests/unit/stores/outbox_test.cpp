// What goes out: each sealed submission once, every attempt on record, nothing sent again before the partner was asked.
#include "adapters/sqlite/connection.hpp"
#include "tests/unit/stores/store_fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

namespace {

class SqliteOutbox : public StoreFixture
{
protected:
    void SetUp() override
    {
        StoreFixture::SetUp();
        apply(*faces.store, application(1, 1, {accepted_record(0, {observation("A", "1")})}));
        apply(*faces.store, application(2, 2, {accepted_record(0, {observation("A", "1")})}));
        Application own = application(3, 3, {accepted_record(0, {observation("B", "1")})});
        own.flow = "from-partner";
        apply(*faces.store, own);
        apply(*faces.store, application(4, 4, {accepted_record(0, {observation("A", "2")})}));
        ASSERT_EQ(faces.store->number_leaves(0, 10)->size(), 4U);
    }
    OutboxItem due(std::int64_t second = 100)
    {
        const auto item = faces.outbox->next("to-partner", at(second)).value();
        return item ? *item : OutboxItem{};
    }
};

}  // namespace

TEST_F(SqliteOutbox, TakesInSealedSubmissionsWithSomethingNewOnce)
{
    EXPECT_EQ(*faces.outbox->enqueue("to-partner", "from-partner", 3, at(10)), 1U) << "unchanged, own and unsealed ones stay out";
    EXPECT_EQ(*faces.outbox->enqueue("to-partner", "from-partner", 3, at(11)), 0U);
    EXPECT_EQ(*faces.outbox->enqueue("to-partner", "from-partner", 4, at(12)), 1U);
    EXPECT_EQ(*faces.outbox->enqueue("to-partner", "", 4, at(13)), 1U) << "no longer left out";
    EXPECT_EQ(*faces.outbox->enqueue("to-other", "", 4, at(13)), 3U) << "every flow has its own items";
    EXPECT_EQ(due().leaf, 1);
    EXPECT_EQ(faces.outbox->standing("to-partner").value(), (std::vector<std::int64_t>{3, 0, 0, 0, 0, 0}));
}

TEST_F(SqliteOutbox, RemembersAnAttemptThatWasNeverFinished)
{
    (void)faces.outbox->enqueue("to-partner", "", 4, at(10)).value();
    const std::int64_t id = due().id;
    ASSERT_TRUE(faces.outbox->begin_attempt(id, at(20)).ok());
    reopen();
    EXPECT_EQ(due().id, id);
    EXPECT_EQ(due().state, DeliveryState::attempting);
    EXPECT_EQ(due().attempts, 1U);
    EXPECT_EQ(faces.outbox->begin_attempt(id, at(30)).problem().code, "store.outbox_state") << "the partner must be asked first";
    ASSERT_TRUE(faces.outbox->finish_attempt(id, DeliveryState::unknown, "", "deadline passed", at(40)).ok());
    EXPECT_EQ(faces.outbox->begin_attempt(id, at(41)).problem().code, "store.outbox_state");
    ASSERT_TRUE(faces.outbox->finish_attempt(id, DeliveryState::pending, "", "not delivered", at(60)).ok());
    EXPECT_NE(due(59).id, id) << "not due yet; the next one is";
    ASSERT_TRUE(faces.outbox->begin_attempt(id, at(60)).ok());
    ASSERT_TRUE(faces.outbox->finish_attempt(id, DeliveryState::delivered, std::string("ok\0", 3), "", at(60)).ok());
    EXPECT_NE(due().id, id);
    EXPECT_EQ(faces.outbox->standing("to-partner").value()[3], 1);
}

TEST_F(SqliteOutbox, LeavesFinishedItemsAlone)
{
    (void)faces.outbox->enqueue("to-partner", "", 4, at(10)).value();
    for (const auto state : {DeliveryState::failed, DeliveryState::ask_person, DeliveryState::delivered}) {
        const std::int64_t id = due().id;
        ASSERT_NE(id, 0);
        ASSERT_TRUE(faces.outbox->begin_attempt(id, at(20)).ok());
        ASSERT_TRUE(faces.outbox->finish_attempt(id, state, "", "", at(20)).ok());
    }
    EXPECT_EQ(due().id, 0);
    EXPECT_EQ(faces.outbox->begin_attempt(77, at(1)).problem().code, "store.outbox_unknown");
    EXPECT_EQ(faces.outbox->finish_attempt(77, DeliveryState::failed, "", "", at(1)).problem().code, "store.outbox_unknown");
}

TEST_F(SqliteOutbox, TakesInOnlyWhatServesOneOfTheIndicatorsAsked)
{
    EXPECT_EQ(*faces.outbox->enqueue("to-partner", "", 4, at(10), {"B"}), 1U);
    EXPECT_EQ(due().leaf, 3);
    EXPECT_EQ(*faces.outbox->enqueue("to-partner", "", 4, at(11), {"B"}), 0U);
    EXPECT_EQ(*faces.outbox->enqueue("to-partner", "", 4, at(12), {"A", "B"}), 2U) << "asked for more, it looks from the start";
}

TEST_F(SqliteOutbox, LetsNoItemOvertakeAnOlderOneOfTheSameFigure)
{
    (void)faces.outbox->enqueue("to-partner", "", 4, at(10)).value();
    const std::int64_t first = due().id;
    ASSERT_TRUE(faces.outbox->begin_attempt(first, at(20)).ok());
    ASSERT_TRUE(faces.outbox->finish_attempt(first, DeliveryState::pending, "", "not delivered", at(60)).ok());
    const OutboxItem other = due(59);
    EXPECT_EQ(other.leaf, 3) << "of B, which has nothing to do with A";
    ASSERT_TRUE(faces.outbox->begin_attempt(other.id, at(20)).ok());
    ASSERT_TRUE(faces.outbox->finish_attempt(other.id, DeliveryState::delivered, "", "", at(20)).ok());
    EXPECT_EQ(due(59).id, 0) << "the newer A waits for the older one";
    EXPECT_EQ(faces.outbox->falls_due("to-partner", at(59)).value(), at(60));
    EXPECT_FALSE(faces.outbox->falls_due("to-partner", at(60)).value());
    EXPECT_EQ(due(60).id, first);
}

TEST_F(SqliteOutbox, LetsNoItemOvertakeAnOlderOneOfTheSameReport)
{
    apply(*faces.store, application(5, 5, {accepted_record(0, {observation("B", "7", "2026-04")})}));
    ASSERT_EQ(faces.store->number_leaves(4, 10)->size(), 1U);
    (void)faces.outbox->enqueue("to-partner", "", 5, at(10)).value();
    const std::int64_t first = due().id;
    ASSERT_TRUE(faces.outbox->begin_attempt(first, at(20)).ok());
    ASSERT_TRUE(faces.outbox->finish_attempt(first, DeliveryState::pending, "", "not delivered", at(60)).ok());
    EXPECT_EQ(faces.outbox->next("to-partner", at(59), KeptInOrder::reports).value()->leaf, 5) << "of another month";
}

TEST_F(SqliteOutbox, LetsAPersonDecideWhatTheHubCannotTell)
{
    (void)faces.outbox->enqueue("to-partner", "", 4, at(10)).value();
    const std::int64_t first = due().id;
    EXPECT_EQ(faces.outbox->decide(first, DeliveryState::delivered, "decided: x", at(20)).problem().code, "store.outbox_state") << "the hub attends to it";
    ASSERT_TRUE(faces.outbox->begin_attempt(first, at(20)).ok());
    ASSERT_TRUE(faces.outbox->finish_attempt(first, DeliveryState::ask_person, "", "nobody can tell", at(20)).ok());
    ASSERT_TRUE(faces.outbox->decide(first, DeliveryState::pending, "decided: it never came", at(30)).ok());
    EXPECT_EQ(due().id, first);
    EXPECT_EQ(due().problem, "decided: it never came");
    EXPECT_EQ(*due().begun_at, at(20));

    ASSERT_TRUE(faces.outbox->finish_attempt(first, DeliveryState::ask_person, "", "nobody can tell", at(40)).ok());
    for (const std::int64_t id : {due().id, due().id + 1})
        ASSERT_TRUE(faces.outbox->finish_attempt(id, DeliveryState::delivered, "", "", at(50)).ok());
    EXPECT_EQ(faces.outbox->decide(first, DeliveryState::pending, "decided: again", at(60)).problem().code, "store.outbox_overtaken");
    ASSERT_TRUE(faces.outbox->decide(first, DeliveryState::delivered, "decided: they have it", at(60)).ok());
    EXPECT_EQ(faces.outbox->items("to-partner", 10)->back().state, DeliveryState::delivered);
    EXPECT_EQ(faces.outbox->items("", 2)->size(), 2U);
    EXPECT_EQ(faces.outbox->decide(77, DeliveryState::delivered, "", at(1)).problem().code, "store.outbox_unknown");
}

namespace {

/// Submission 1 tells A and B, 2 tells B anew and a fact of another kind, 3 (from the partner) C.
class FactOutbox : public StoreFixture
{
protected:
    void SetUp() override
    {
        StoreFixture::SetUp();
        tell(1, "mot-cua", {{"dossier", "A", {{"state", "processing"}}}, {"dossier", "B", {{"state", "processing"}}}});
        tell(2, "mot-cua", {{"dossier", "B", {{"state", "done"}}}, {"vote", "V", {{"total", "3"}}}});
        tell(3, "from-partner", {{"dossier", "C", {{"state", "done"}}}});
        ASSERT_EQ(faces.store->number_leaves(0, 10)->size(), 3U);
        outbox = faces.fact_outbox("dossier");
    }
    void tell(MessageId message, const std::string& flow, std::vector<Fact> facts)
    {
        Verdict verdict = accepted_record(0, {});
        verdict.facts = std::move(facts);
        Application application = lienthong::testing::application(message, message, {verdict});
        application.flow = flow;
        apply(*faces.store, application);
    }
    std::vector<std::string> keys(const std::string& kind, LeafId leaf)
    {
        std::vector<std::string> out;
        const std::vector<FactVersion> told = faces.facts->still_told_by(kind, leaf).value();
        for (const FactVersion& fact : told)
            out.push_back(fact.key);
        return out;
    }
    std::shared_ptr<Outbox> outbox;
};

}  // namespace

TEST_F(FactOutbox, TakesInSealedSubmissionsThatToldFactsOfItsKindOnce)
{
    EXPECT_EQ(*outbox->enqueue("to-portal", "from-partner", 1, at(10)), 1U);
    EXPECT_EQ(*outbox->enqueue("to-portal", "from-partner", 3, at(11)), 1U) << "what the partner told itself stays out";
    EXPECT_EQ(*outbox->enqueue("to-portal", "from-partner", 3, at(12)), 0U);
    EXPECT_EQ(*outbox->enqueue("to-other", "", 3, at(12)), 3U);
    EXPECT_EQ(*faces.fact_outbox("vote")->enqueue("votes", "", 3, at(12)), 1U);
    EXPECT_EQ(*faces.fact_outbox("nothing")->enqueue("none", "", 3, at(12)), 0U);
}

TEST_F(FactOutbox, TellsOfEachSubmissionWhatNoLaterOneSuperseded)
{
    EXPECT_EQ(keys("dossier", 1), std::vector<std::string>{"A"}) << "B goes out with the second";
    EXPECT_EQ(keys("dossier", 2), std::vector<std::string>{"B"});
    EXPECT_EQ(keys("vote", 2), std::vector<std::string>{"V"});
    EXPECT_EQ(keys("dossier", 3), std::vector<std::string>{"C"});
    EXPECT_EQ(keys("dossier", 4), std::vector<std::string>{});
}

TEST_F(FactOutbox, CutsWhatASubmissionToldIntoItemsWithAnEndOfTheirOwn)
{
    EXPECT_EQ(*outbox->enqueue("to-adapter", "", 3, at(10), {}, 1), 4U);
    EXPECT_EQ(*outbox->enqueue("to-adapter", "from-partner", 3, at(11), {}, 2), 0U) << "cut otherwise, nothing is told again";
    const std::vector<OutboxItem> items = outbox->items("to-adapter", 10).value();
    ASSERT_EQ(items.size(), 4U);
    std::vector<std::string> told;
    for (auto item = items.rbegin(); item != items.rend(); ++item) {
        told.push_back(item->about);
        const auto still = faces.facts->still_told_of("dossier", item->facts_from, item->facts_below).value();
        told.back() += still.empty() ? ": superseded" : "";
    }
    EXPECT_EQ(told, (std::vector<std::string>{"A", "B: superseded", "B", "C"}));

    ASSERT_TRUE(outbox->begin_attempt(items.back().id, at(20)).ok());
    ASSERT_TRUE(outbox->finish_attempt(items.back().id, DeliveryState::pending, "", "not delivered", at(60)).ok());
    EXPECT_EQ(outbox->next("to-adapter", at(30)).value()->about, "B") << "one that waits holds up no other";
    EXPECT_EQ(*faces.fact_outbox("dossier")->enqueue("in-pairs", "", 3, at(10), {}, 2), 3U);
}

TEST_F(FactOutbox, SaysHowFarAFlowHasDoneWithWhatItHadToTell)
{
    EXPECT_EQ(outbox->finished_through("to-adapter").value(), 0) << "it has not looked yet";
    (void)outbox->enqueue("to-adapter", "", 2, at(10), {}, 1).value();
    EXPECT_EQ(outbox->finished_through("to-adapter").value(), 0);
    const DeliveryState ends[] = {DeliveryState::delivered, DeliveryState::failed, DeliveryState::ask_person};
    const LeafId through[] = {0, 1, 2};
    for (std::size_t i = 0; i < std::size(ends); ++i) {
        const std::int64_t id = outbox->next("to-adapter", at(20)).value()->id;
        ASSERT_TRUE(outbox->finish_attempt(id, ends[i], "", "", at(20)).ok());
        EXPECT_EQ(outbox->finished_through("to-adapter").value(), through[i]);
    }
}

TEST_F(FactOutbox, OfAStoreThatKnewNoPartsKeepsItsItemsAndTellsNothingTwice)
{
    ASSERT_EQ(*outbox->enqueue("to-portal", "", 2, at(10)), 2U);
    outbox = nullptr;
    faces = {};
    adapters::sqlite::Connection(path, adapters::sqlite::Connection::Purpose::write).script(back_to_version_5);
    reopen();
    outbox = faces.fact_outbox("dossier");
    EXPECT_EQ(outbox->items("to-portal", 10)->size(), 2U);
    EXPECT_EQ(outbox->next("to-portal", at(20)).value()->facts_from, 0);
    EXPECT_EQ(*outbox->enqueue("to-portal", "", 3, at(20), {}, 1), 1U) << "only what came since";
}
