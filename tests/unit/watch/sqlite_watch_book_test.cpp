// Rhythms and alarms outlive the process, and a mail is owed once for each.
#include "adapters/watch/sqlite/sqlite_watch_book.hpp"

#include "tests/unit/stores/folder.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

namespace {

Time at(int second)
{
    return Time(std::chrono::seconds(second)) + std::chrono::microseconds(7);
}

Alarm quiet(const std::string& flow)
{
    Alarm out{.flow = flow, .problem = {"flow.quiet", "nothing new", flow, "since", "by", "rule"}};
    out.since = at(1);
    out.expected = at(2);
    out.usual = std::chrono::hours(3);
    out.raised_at = at(4);
    return out;
}

struct SqliteWatchBook : ::testing::Test
{
    void reopen()
    {
        book.reset();
        book = adapters::open_sqlite_watch_book(folder.file("watch.db")).value();
    }

    lienthong::testing::Folder folder;
    std::shared_ptr<WatchBook> book = adapters::open_sqlite_watch_book(folder.file("watch.db")).value();
};

}  // namespace

TEST_F(SqliteWatchBook, KeepsTheFlowsWithTheReachTheyWereBroughtTo)
{
    EXPECT_EQ(book->watched()->reach, 0);
    const WatchedFlow a{"a", at(1), {at(2), at(3)}, at(4)}, b{"b", at(5), {}, std::nullopt};
    ASSERT_TRUE(book->keep({.reach = 17, .flows = {b, a}}).ok());
    ASSERT_TRUE(book->keep({.reach = 18, .flows = {}}).ok());
    reopen();
    const auto kept = book->watched().value();
    EXPECT_EQ(kept.reach, 18);
    EXPECT_EQ(kept.flows, (std::vector<WatchedFlow>{a, b}));
}

TEST_F(SqliteWatchBook, KeepsAnAlarmUntilItIsOver)
{
    Alarm alarm = quiet("a");
    alarm.id = book->raise(alarm).value();
    EXPECT_FALSE(book->raise(quiet("a")).ok()) << "one at a time of a flow, code and subject";
    ASSERT_TRUE(book->raise(quiet("b")).ok());
    reopen();
    EXPECT_EQ(book->open_alarms()->at(0), alarm);
    alarm.problem.found = "less";
    ASSERT_TRUE(book->change(alarm).ok());
    EXPECT_EQ(book->open_alarms()->at(0).problem.found, "less");
    alarm.ended_at = at(9);
    alarm.ended_by = "tiếng nói";
    ASSERT_TRUE(book->change(alarm).ok());
    ASSERT_EQ(book->open_alarms()->size(), 1U);
    EXPECT_EQ(book->open_alarms()->at(0).flow, "b");
    EXPECT_TRUE(book->raise(quiet("a")).ok()) << "it can come again";
}

TEST_F(SqliteWatchBook, OwesAMailForTheBeginningAndOneForTheEndOfWhatWasMailed)
{
    Alarm a = quiet("a"), b = quiet("b");
    a.id = book->raise(a).value();
    ASSERT_TRUE(book->mailed(book->unmailed().value()).ok());
    EXPECT_TRUE(book->unmailed()->empty());
    b.id = book->raise(b).value();
    for (Alarm* alarm : {&a, &b}) {
        alarm->ended_at = at(9);
        ASSERT_TRUE(book->change(*alarm).ok());
    }
    const auto owed = book->unmailed().value();
    ASSERT_EQ(owed.size(), 1U) << "nobody heard that b began, and nobody is told that it is over";
    EXPECT_EQ(owed[0], a);
    ASSERT_TRUE(book->mailed(owed).ok());
    EXPECT_TRUE(book->unmailed()->empty());
}
