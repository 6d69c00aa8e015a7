// What was compared and decided outlives the process, and an acceptance holds for just what was accepted.
#include "adapters/reconciliations/sqlite/sqlite_reconciliations.hpp"

#include "tests/unit/stores/folder.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

namespace {

Time at(int second)
{
    return Time(std::chrono::seconds(second));
}

const Difference lost{"unlisted", "gia/2025-05/1", "", "not listed", "received", "", 7};

ReconciliationRun run_at(int second, std::vector<Difference> differences)
{
    return {0, "gia", "2025-03-01", at(second), "an", 9, 8, "", std::move(differences)};
}

struct SqliteReconciliations : ::testing::Test
{
    std::shared_ptr<Reconciliations> open() const
    {
        return adapters::open_sqlite_reconciliations(folder.file("reconciliation.db")).value();
    }

    lienthong::testing::Folder folder;
    std::shared_ptr<Reconciliations> kept = open();
};

}  // namespace

TEST_F(SqliteReconciliations, TheNewestRunOfEachFlowIsThereAfterReopening)
{
    const Difference changed{"other", "gia/2025-04/1", "", "aa", "bb", "aa", 3};
    ASSERT_TRUE(kept->keep(run_at(1, {lost})).ok());
    ASSERT_TRUE(kept->keep(run_at(2, {changed, lost})).ok());
    kept.reset();
    kept = open();
    const auto run = kept->newest("gia");
    ASSERT_TRUE(run.ok() && *run);
    EXPECT_EQ((*run)->at, at(2));
    EXPECT_EQ((*run)->differences, (std::vector<Difference>{changed, lost}));
    EXPECT_EQ((*run)->agreed, 8);
    EXPECT_FALSE(*kept->newest("nrs"));
    EXPECT_EQ(*kept->flows(), std::vector<std::string>{"gia"});
}

TEST_F(SqliteReconciliations, WhatIsOpenStaysToBeSeenWhileTheSourceCannotBeComparedWith)
{
    ReconciliationRun away = run_at(2, {});
    away.problem = "the list was answered with status 503 [http_503]";
    ASSERT_TRUE(kept->keep(away).ok());
    const auto never = kept->newest("gia");
    EXPECT_EQ((*never)->failed_at, at(2));
    EXPECT_EQ((*never)->at, at(2));

    ASSERT_TRUE(kept->keep(run_at(3, {lost})).ok());
    EXPECT_FALSE((*kept->newest("gia"))->failed_at);
    for (const int second : {4, 5}) {
        away.at = at(second);
        ASSERT_TRUE(kept->keep(away).ok());
    }
    const auto run = kept->newest("gia");
    EXPECT_EQ((*run)->at, at(3));
    EXPECT_EQ((*run)->differences, std::vector<Difference>{lost});
    EXPECT_EQ((*run)->problem, away.problem);
    EXPECT_EQ((*run)->failed_at, at(5));
}

TEST_F(SqliteReconciliations, AnAcceptanceHoldsForJustWhatWasAcceptedAndTheLastOneCounts)
{
    ASSERT_TRUE(kept->keep({{0, "gia", "accept", lost, "đang bảo trì", "an", "accepted", at(1)},
                            {0, "gia", "withdraw", lost, "rút", "an", "withdrawn", at(2)},
                            {0, "gia", "accept", lost, "vẫn bảo trì", "bình", "accepted", at(3)}})
                    .ok());
    const auto acceptances = kept->acceptances("gia");
    ASSERT_TRUE(acceptances.ok());
    ASSERT_EQ(acceptances->size(), 1U);
    const ReconciliationAct* held = acceptance_of(lost, *acceptances);
    ASSERT_NE(held, nullptr);
    EXPECT_EQ(held->who, "bình");
    Difference moved = lost;
    moved.message = 8;
    EXPECT_EQ(acceptance_of(moved, *acceptances), nullptr) << "the hub has taken another message since";
    EXPECT_TRUE(kept->acceptances("nrs")->empty());
    const auto acts = kept->acts("gia", 2);
    ASSERT_TRUE(acts.ok());
    ASSERT_EQ(acts->size(), 2U);
    EXPECT_EQ(acts->front().reason, "vẫn bảo trì");
}
