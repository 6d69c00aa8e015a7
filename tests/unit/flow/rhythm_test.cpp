// When a source is quiet against its own rhythm.
#include "hub/flow/rhythm.hpp"

#include <gtest/gtest.h>

#include <optional>

using namespace lienthong;
using namespace lienthong::flow;
using namespace std::chrono_literals;

namespace {

const Time start = Time{std::chrono::sys_days{std::chrono::year{2025} / 1 / 6}} + 8h;  // a Monday

std::optional<compliance::Day> any_day(compliance::Day day)
{
    return day;
}

/// Saturdays and Sundays are off.
std::optional<compliance::Day> office_days(compliance::Day day)
{
    const std::chrono::weekday weekday{std::chrono::sys_days{day}};
    if (weekday == std::chrono::Saturday)
        return compliance::next(compliance::next(day));
    return weekday == std::chrono::Sunday ? compliance::next(day) : day;
}

std::optional<Quiet> quiet(const Arrivals& arrivals, Time now, std::optional<std::chrono::seconds> declared, Time watched_since,
                           const compliance::NextWorking& next_working = any_day)
{
    return flow::quiet(arrivals, now, {declared, watched_since, next_working});
}

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
    EXPECT_FALSE(rhythm_of(every(24h, 4), any_day));
    EXPECT_FALSE(quiet(every(24h, 4), start + 24h * 300, std::nullopt, start));
    ASSERT_TRUE(rhythm_of(every(24h, 5), any_day));
    EXPECT_EQ(rhythm_of(every(24h, 5), any_day)->usual, 24h);
}

TEST(Rhythm, TakesWhatComesTogetherAsOne)
{
    Arrivals arrivals;
    for (int day = 0; day < 6; ++day)
        for (int page = 0; page < 50; ++page)
            arrivals.add(start + 24h * day + 20s * page);
    EXPECT_EQ(arrivals.times().size(), 6U);
    EXPECT_EQ(rhythm_of(arrivals, any_day)->usual, 24h);
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

TEST(Rhythm, TakesWhatGoesOnAndOnByTheHour)
{
    const Arrivals steady = every(1min, 60 * 8);
    EXPECT_EQ(steady.times().size(), 8U);
    EXPECT_EQ(rhythm_of(steady, any_day)->usual, 1h);
    const Time last = *steady.last();
    EXPECT_FALSE(quiet(steady, last + 75min, std::nullopt, start));
    EXPECT_TRUE(quiet(steady, last + 75min + 1s, std::nullopt, start));
}

TEST(Rhythm, LetsAnOfficeRestOnItsDaysOffAndAtNight)
{
    // Every few minutes from 8 to 17 on working days, for a week and a half.
    Arrivals office;
    for (const int day : {0, 1, 2, 3, 4, 7, 8, 9, 10, 11})
        for (int minute = 0; minute < 9 * 60; minute += 5)
            office.add(start + 24h * day + 1min * minute);
    const Time friday = *office.last();
    EXPECT_FALSE(quiet(office, friday + 63h + 5min, std::nullopt, start, office_days)) << "Monday at eight is in time";
    EXPECT_TRUE(quiet(office, friday + 72h, std::nullopt, start, office_days)) << "Monday at the end of office hours is not";
    EXPECT_TRUE(quiet(office, friday + 24h, std::nullopt, start)) << "where the days off are not known every day counts";
    EXPECT_EQ(working_time(start + 24h * 4, start + 24h * 7, office_days), 24h);
}

TEST(Rhythm, IsWhatItWasAfterItWasKept)
{
    Arrivals daily = every(24h, 8);
    daily.add(start + 24h * 7 + 3min);
    const Arrivals kept(daily.times(), daily.last());
    for (const auto hours : {29h, 31h})
        EXPECT_EQ(quiet(kept, *daily.last() + hours, std::nullopt, start), quiet(daily, *daily.last() + hours, std::nullopt, start));
}
