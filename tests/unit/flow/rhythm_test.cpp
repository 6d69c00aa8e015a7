// When a source is quiet against its own rhythm.
#include "hub/flow/rhythm.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::flow;
using namespace std::chrono_literals;

namespace {

const Time start = Time{std::chrono::sys_days{std::chrono::year{2025} / 1 / 6}} + 8h;  // a Monday

Arrivals every(std::chrono::seconds pause, int times)
{
    Arrivals out;
    for (int i = 0; i < times; ++i)
        out.add(start + i * pause);
    return out;
}

}  // namespace

TEST(Rhythm, IsNotKnownBeforeThereIsEnoughToLearnFrom)
{
    EXPECT_FALSE(rhythm_of(every(24h, 4)));
    EXPECT_FALSE(quiet(every(24h, 4), start + 24h * 300, std::nullopt, start));
    ASSERT_TRUE(rhythm_of(every(24h, 5)));
    EXPECT_EQ(rhythm_of(every(24h, 5))->usual, 24h);
}

TEST(Rhythm, TakesWhatComesTogetherAsOne)
{
    Arrivals arrivals;
    for (int day = 0; day < 6; ++day)
        for (int page = 0; page < 50; ++page)
            arrivals.add(start + 24h * day + 20s * page);
    EXPECT_EQ(arrivals.times().size(), 6U);
    EXPECT_EQ(rhythm_of(arrivals)->usual, 24h);
    EXPECT_EQ(*arrivals.last(), start + 24h * 5 + 20s * 49);
}

TEST(Rhythm, AllowsAQuarterMoreThanTheLongestUsualPause)
{
    const Arrivals daily = every(24h, 8);
    const Time last = start + 24h * 7;
    EXPECT_FALSE(quiet(daily, last + 30h, std::nullopt, start));
    const auto found = quiet(daily, last + 30h + 1s, std::nullopt, start);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->since, last);
    EXPECT_EQ(found->expected, last + 30h);
    EXPECT_EQ(found->usual, 24h);
}

TEST(Rhythm, KnowsWeekendsByTheirLengthAndForgivesOneOutage)
{
    // Working days only: the longest usual pause is that from Friday to Monday, of which there are several.
    Arrivals working_days;
    for (int week = 0; week < 4; ++week)
        for (int day = 0; day < 5; ++day)
            working_days.add(start + 24h * (7 * week + day));
    const Time friday = start + 24h * (7 * 3 + 4);
    EXPECT_FALSE(quiet(working_days, friday + 72h, std::nullopt, start));
    EXPECT_TRUE(quiet(working_days, friday + 91h, std::nullopt, start));

    Arrivals with_an_outage = every(1h, 12);
    for (int i = 0; i < 12; ++i)
        with_an_outage.add(start + 11h + 240h + 1h * i);
    EXPECT_TRUE(quiet(with_an_outage, start + 11h + 240h + 11h + 2h, std::nullopt, start));
}

TEST(Rhythm, StandsBehindWhatSomebodyDeclared)
{
    EXPECT_TRUE(quiet(every(24h, 8), start + 24h * 7 + 2h, 1h, start));
    EXPECT_FALSE(quiet(every(1h, 8), start + 7h + 20h, 24h, start));
    // Never anything at all: from when it was watched.
    EXPECT_FALSE(quiet({}, start + 24h, 24h, start));
    EXPECT_TRUE(quiet({}, start + 24h + 1s, 24h, start));
    EXPECT_FALSE(quiet({}, start + 24h * 100, std::nullopt, start));
}

TEST(Rhythm, PassesOverClocksThatGoBack)
{
    Arrivals arrivals = every(1h, 6);
    arrivals.add(start);
    EXPECT_EQ(arrivals.times().size(), 6U);
    EXPECT_EQ(*arrivals.last(), start + 5h);
}
