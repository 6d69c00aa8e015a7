// A pause outlives the process, stands once, and can be given again.
#include "adapters/pauses/sqlite/sqlite_pauses.hpp"

#include "tests/unit/stores/folder.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

namespace {

Time at(int second)
{
    return Time(std::chrono::seconds(second));
}

struct SqlitePauses : ::testing::Test
{
    std::shared_ptr<Pauses> open() const { return adapters::open_sqlite_pauses(folder.file("operation.db")).value(); }

    lienthong::testing::Folder folder;
    std::shared_ptr<Pauses> pauses = open();
};

}  // namespace

TEST_F(SqlitePauses, StandUntilTheyAreEndedAlsoAfterReopening)
{
    const Pause pause{"lgsp-monthly", "trục đang chuyển máy chủ", "an", at(1)};
    ASSERT_TRUE(pauses->pause(pause).ok());
    pauses.reset();
    pauses = open();
    EXPECT_EQ(pauses->of("lgsp-monthly").value(), pause);
    EXPECT_EQ(pauses->of("nrs").value(), std::nullopt);
    EXPECT_EQ(pauses->all().value(), std::vector<Pause>{pause});
    ASSERT_TRUE(pauses->resume("lgsp-monthly", "bình", at(2)).ok());
    pauses.reset();
    pauses = open();
    EXPECT_EQ(pauses->of("lgsp-monthly").value(), std::nullopt);
    EXPECT_TRUE(pauses->all()->empty());
}

TEST_F(SqlitePauses, AreSeenByAnotherProcessThatHasThemOpen)
{
    const auto other = open();
    ASSERT_TRUE(pauses->pause({"a", "r", "w", at(1)}).ok());
    EXPECT_EQ(other->of("a").value()->reason, "r");
    ASSERT_TRUE(other->resume("a", "w", at(2)).ok());
    EXPECT_EQ(pauses->of("a").value(), std::nullopt);
}

TEST_F(SqlitePauses, AreGivenOnceAndEndedOnceAndCanBeGivenAgain)
{
    ASSERT_TRUE(pauses->pause({"a", "r", "w", at(1)}).ok());
    const auto again = pauses->pause({"a", "other", "w", at(2)});
    EXPECT_EQ(again.problem().code, "flow.paused_already");
    EXPECT_NE(again.problem().detail.find(": r"), std::string::npos) << "says why it is paused";
    EXPECT_EQ(pauses->resume("b", "w", at(2)).problem().code, "flow.not_paused");
    ASSERT_TRUE(pauses->resume("a", "w", at(3)).ok());
    EXPECT_EQ(pauses->resume("a", "w", at(4)).problem().code, "flow.not_paused");
    ASSERT_TRUE(pauses->pause({"a", "anew", "w", at(5)}).ok());
    EXPECT_EQ(pauses->of("a").value()->reason, "anew");
}
