// Leaves get consecutive numbers in commit order; what is sealed can be read in that order and rebuilt exactly.
#include "tests/unit/stores/store_fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

using Leaves = StoreFixture;

TEST_F(Leaves, AreNumberedInTheOrderOfTheirCommits)
{
    for (MessageId message : {3, 1, 2})
        apply(*faces.store, application(message, 1, {accepted_record(0, {observation("A" + std::to_string(message), "1")})}));
    EXPECT_EQ(*faces.store->numbered(), 0U);
    const auto two = faces.store->number_leaves(0, 2).value();
    ASSERT_EQ(two.size(), 2U);
    EXPECT_EQ(two[0], application(3, 1, {}).leaf.hash);
    EXPECT_EQ(faces.store->number_leaves(2, 10)->size(), 1U);
    EXPECT_TRUE(faces.store->number_leaves(3, 10)->empty());
    reopen();
    EXPECT_EQ(*faces.store->numbered(), 3U);
    EXPECT_EQ(faces.store->leaf_hashes(1, 10).value(),
              (std::vector<Hash>{application(1, 1, {}).leaf.hash, application(2, 1, {}).leaf.hash}));
    const auto row = faces.store->submission_of(1).value();
    ASSERT_TRUE(row.has_value());
    EXPECT_EQ(row->entry.log_index, 1U);
    EXPECT_EQ(row->entry.leaf.text, "leaf of message 1 at 1");
    EXPECT_EQ(row->counts.received, 1);
}

TEST_F(Leaves, AreNotNumberedFromAWrongPlace)
{
    apply(*faces.store, application(1, 1, {}));
    EXPECT_EQ(faces.store->number_leaves(1, 10).problem().code, "store.out_of_order");
    EXPECT_EQ(faces.store->number_leaves(0, 10)->size(), 1U);
    EXPECT_EQ(faces.store->number_leaves(0, 10).problem().code, "store.out_of_order");
}

TEST_F(Leaves, OfSettlementsAreNumberedAmongThoseOfSubmissions)
{
    Observation theirs = observation("A", "2");
    theirs.key.agency = "H33.10";
    apply(*faces.store, application(1, 1, {accepted_record(0, {observation("A", "1")})}));
    apply(*faces.store, application(2, 2, {accepted_record(0, {theirs})}));
    const Settlement settlement{figure_of(theirs.key), "H33.10", "đã thống nhất", "operator", at(3), {1, 2}};
    EXPECT_EQ(faces.store->settle(settlement, leaf_of(settlement)).value(), 3);
    const Applied after = apply(*faces.store, application(3, 4, {accepted_record(0, {observation("A", "3")})}));
    EXPECT_EQ(after.submission, 4);
    EXPECT_FALSE(faces.store->leaf(3).value()->log_index) << "not numbered yet";
    const auto hashes = faces.store->number_leaves(0, 10).value();
    ASSERT_EQ(hashes.size(), 4U);
    EXPECT_EQ(hashes[2], leaf_of(settlement).hash);
    reopen();
    const auto kept = faces.store->leaf(3).value();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->leaf.text, "settled: đã thống nhất");
    EXPECT_EQ(kept->log_index, 2U);
    EXPECT_EQ(faces.store->settlement(3).value()->agency, "H33.10");
    EXPECT_FALSE(faces.store->settlement(2).value()) << "a submission's leaf is no settlement";
    EXPECT_FALSE(faces.store->submission(3).value()) << "nor the other way";
    const auto changes = faces.store->changes(0, 0, 4, 10).value();
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[2].log_index, 3U);
}

TEST_F(Leaves, OfARefusedSettlementAreNotKept)
{
    apply(*faces.store, application(1, 1, {accepted_record(0, {observation("A", "1")})}));
    const Settlement settlement{figure_of(observation("A", "1").key), "H33.77", "r", "operator", at(3), {1}};
    EXPECT_EQ(faces.store->settle(settlement, leaf_of(settlement)).problem().code, "store.settlement_agency");
    EXPECT_EQ(faces.store->number_leaves(0, 10)->size(), 1U);
}

TEST_F(Leaves, GiveChangesInLogOrderWithoutGapOrRepeat)
{
    for (MessageId message = 1; message <= 20; ++message) {
        std::vector<Observation> all;
        for (int i = 0; i < message % 4; ++i)
            all.push_back(observation("A" + std::to_string(i), std::to_string(message)));
        apply(*faces.store, application(message, message, {accepted_record(0, all)}));
    }
    ASSERT_TRUE(faces.store->number_leaves(0, 15).ok());
    std::vector<RevisionRow> seen;
    std::uint64_t from = 0;
    RevisionId after = 0;
    for (auto page = faces.store->changes(from, after, 14, 3).value(); !page.empty();
         page = faces.store->changes(from, after, 14, 3).value()) {
        seen.insert(seen.end(), page.begin(), page.end());
        from = *page.back().log_index;
        after = page.back().id;
    }
    std::size_t expected = 0;
    for (MessageId message = 1; message <= 14; ++message)
        expected += static_cast<std::size_t>(message % 4);
    ASSERT_EQ(seen.size(), expected) << "sealed leaves only";
    for (std::size_t i = 1; i < seen.size(); ++i) {
        EXPECT_LE(*seen[i - 1].log_index, *seen[i].log_index);
        EXPECT_LT(seen[i - 1].id, seen[i].id);
    }
}

TEST_F(Leaves, CanBeRebuiltFromWhatIsKept)
{
    apply(*faces.store, application(1, 1, {accepted_record(0, {observation("A", "1")})}));
    const std::vector<Observation> second = {observation("B", "1"), observation("A", "1"), observation("B", "2"),
                                             observation("B", "2")};
    const Applied applied = apply(*faces.store, application(2, 2,
                                                            {accepted_record(0, {second[0], second[1]}), refused_record(1, "x"),
                                                             accepted_record(2, {second[2], second[3]})}));
    const auto rows = faces.store->accepted_of(applied.submission).value();
    ASSERT_EQ(rows.size(), second.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        EXPECT_EQ(rows[i].observation, second[i]) << i;
    EXPECT_EQ(rows[1].submission, 1) << "unchanged: the revision of then";
    EXPECT_EQ(rows[2].record, 2U);
    EXPECT_TRUE(faces.store->accepted_of(99)->empty());
}

TEST_F(Leaves, AreCoveredByTheSmallestCheckpointThatHoldsThem)
{
    EXPECT_FALSE(faces.store->last_checkpoint()->has_value());
    const SealedCheckpoint three{3, std::string(32, '\3'), "note 3", std::string("\0cms", 4), "2026-03-01T08:00:00+07:00"};
    const SealedCheckpoint five{5, std::string(32, '\5'), "note 5", "cms", "2026-03-01T08:00:02+07:00"};
    ASSERT_TRUE(faces.store->save_checkpoint(three).ok());
    ASSERT_TRUE(faces.store->save_checkpoint(five).ok());
    EXPECT_TRUE(faces.store->save_checkpoint(five).ok()) << "saving it again changes nothing";
    SealedCheckpoint fork = five;
    fork.root = std::string(32, '\6');
    EXPECT_EQ(faces.store->save_checkpoint(fork).problem().code, "store.rejected");
    reopen();
    EXPECT_EQ(faces.store->last_checkpoint().value()->note, "note 5");
    EXPECT_EQ(faces.store->checkpoint_covering(2).value()->cms_der, three.cms_der);
    EXPECT_EQ(faces.store->checkpoint_covering(3).value()->size, 5U);
    EXPECT_FALSE(faces.store->checkpoint_covering(5)->has_value());
}
