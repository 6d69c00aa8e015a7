// A replay looks at what is in quarantine, never puts an old value over a newer one, and counts nothing twice.
#include "tests/unit/stores/store_fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

using Replay = StoreFixture;
using enum RecordState;

namespace {

Application replay(MessageId message, std::int64_t received_second, std::vector<Verdict> verdicts)
{
    Application again = application(message, received_second, std::move(verdicts));
    again.replay = true;
    again.applied_at = at(1000);
    return again;
}

}  // namespace

TEST_F(Replay, StoresWhatIsAcceptedNowAndCountsItOnce)
{
    const auto first = accepted_record(0, {observation("A", "1")});
    apply(*faces.store, application(1, 1, {first, refused_record(1, "x"), refused_record(2, "y")}));
    const Applied again =
        apply(*faces.store, replay(1, 1, {first, accepted_record(1, {observation("B", "2")}), refused_record(2, "z")}));
    EXPECT_FALSE(again.earlier);
    EXPECT_EQ(again.states, (States{stored, stored, refused}));
    EXPECT_EQ(again.counts.received, 2) << "the first record was not looked at";
    EXPECT_TRUE(again.counts.holds());
    const Tally tally = faces.store->tally().value();
    EXPECT_EQ(tally.received, 3);
    EXPECT_EQ(tally.messages, 1);
    EXPECT_EQ(tally[stored], 2);
    const auto left = faces.store->quarantine(std::nullopt, "", 0, 10).value();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].problems[0].found, "z") << "the newest problem is shown";
    EXPECT_EQ(left[0].since, at(2)) << "it has been refused since then";

    const Applied third =
        apply(*faces.store, replay(1, 1, {first, accepted_record(1, {observation("B", "7")}), refused_record(2, "z")}));
    EXPECT_EQ(third.states, (States{stored, stored, refused}));
    EXPECT_EQ(history().size(), 2U) << "a record that left the quarantine is not looked at again";
}

TEST_F(Replay, NeverPutsAnOldValueOverANewerOne)
{
    apply(*faces.store, application(1, 10, {refused_record(0, "x")}));
    apply(*faces.store, application(2, 20, {accepted_record(0, {observation("A", "2")})}));
    const RevisionId newer = history().back().id;
    const Applied again =
        apply(*faces.store, replay(1, 10, {accepted_record(0, {observation("A", "1"), observation("B", "1")})}));
    EXPECT_EQ(again.states, States{closed});
    EXPECT_EQ(faces.store->quarantine(closed, "", 0, 1).value().at(0).reason, "superseded by revision " + std::to_string(newer));
    EXPECT_EQ(history().size(), 1U) << "a record is applied whole or not at all";
    const auto sealed = faces.store->accepted_of(again.submission).value();
    ASSERT_EQ(sealed.size(), 2U) << "the leaf covers them all the same";
    EXPECT_EQ(sealed[0].observation, observation("A", "1"));
    EXPECT_EQ(sealed[0].submission, 0);
}

TEST_F(Replay, TakesARepetitionOfTheOldValueForALaterTelling)
{
    apply(*faces.store, application(1, 10, {accepted_record(0, {observation("A", "5")})}));
    apply(*faces.store, application(2, 20, {refused_record(0, "x")}));
    apply(*faces.store, application(3, 30, {accepted_record(0, {observation("A", "5")})}));
    EXPECT_EQ(apply(*faces.store, replay(2, 20, {accepted_record(0, {observation("A", "7")})})).states, States{closed})
        << "the sender has said 5 after it said 7";
}

TEST_F(Replay, PutsAValueOverAnOlderOne)
{
    apply(*faces.store, application(1, 10, {accepted_record(0, {observation("A", "5")})}));
    apply(*faces.store, application(2, 20, {refused_record(0, "x")}));
    EXPECT_EQ(apply(*faces.store, replay(2, 20, {accepted_record(0, {observation("A", "7")})})).states, States{stored});
    EXPECT_EQ(faces.store->observations({}).value().at(0).observation.value, "7");
}

TEST_F(Replay, GuardsFactsLikeFigures)
{
    const auto telling = [](const std::string& state) {
        Verdict verdict = accepted_record(0, {});
        verdict.facts = {{"dossier", "H1", {{"trangThai", state}}}};
        return verdict;
    };
    apply(*faces.store, application(1, 10, {refused_record(0, "x")}));
    apply(*faces.store, application(2, 20, {telling("9")}));
    EXPECT_EQ(apply(*faces.store, replay(1, 10, {telling("1")})).states, States{closed});
    EXPECT_EQ(faces.store->facts("dossier", "", 1).value().at(0).fields[0].second, "9");
}

TEST_F(Replay, LetsAnAtomicSubmissionThroughOnceAllIsAccepted)
{
    const std::vector<Verdict> good = {accepted_record(0, {observation("A", "1")}), accepted_record(1, {observation("B", "1")})};
    Application atomic = application(1, 1, {good[0], refused_record(1, "x")});
    atomic.mode = Mode::atomic;
    apply(*faces.store, atomic);
    Application again = replay(1, 1, {good[0], refused_record(1, "y")});
    again.mode = Mode::atomic;
    EXPECT_EQ(apply(*faces.store, again).states, (States{waiting, refused}));
    again.verdicts = good;
    const Applied through = apply(*faces.store, again);
    EXPECT_EQ(through.states, (States{stored, stored}));
    EXPECT_TRUE(faces.store->quarantine(std::nullopt, "", 0, 10)->empty());
    EXPECT_EQ(faces.store->accepted_of(through.submission)->size(), 2U);
}

TEST_F(Replay, LeavesAClosedRecordClosed)
{
    apply(*faces.store, application(1, 1, {refused_record(0, "x")}));
    ASSERT_TRUE(faces.store->close_quarantined(1, "không dùng nữa", at(5)).ok());
    EXPECT_EQ(apply(*faces.store, replay(1, 1, {accepted_record(0, {observation("A", "1")})})).states, States{closed});
    EXPECT_TRUE(history().empty());
}

TEST_F(Replay, CountsTheRecordsOfAMessageThatCouldNotBeReadBefore)
{
    apply(*faces.store, application(1, 1, {refused_record(0, "not JSON")}));
    const std::vector<Verdict> readable = {accepted_record(0, {observation("A", "1")}),
                                           accepted_record(1, {observation("B", "1")}), refused_record(2, "x")};
    EXPECT_EQ(apply(*faces.store, replay(1, 1, readable)).states, (States{stored, stored, refused}));
    EXPECT_EQ(faces.store->tally()->received, 3);
    EXPECT_EQ(faces.store->quarantine(refused, "", 0, 10)->size(), 1U);
    EXPECT_EQ(apply(*faces.store, replay(1, 1, readable)).counts.received, 1) << "they are known by now";
    EXPECT_EQ(faces.store->tally()->received, 3);
    const Applied first = apply(*faces.store, application(1, 1, {}));
    EXPECT_TRUE(first.earlier);
    EXPECT_EQ(first.states, States{refused}) << "the sender's answer stays what it was";
}

TEST_F(Replay, RefusesAMessageThatWasNeverApplied)
{
    EXPECT_EQ(start(*faces.store, replay(4, 1, {})).get().problem().code, "store.never_applied");
    EXPECT_FALSE(faces.store->submission(1)->has_value());
}
