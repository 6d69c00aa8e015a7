// Moments as servers write them.
#include "hub/flow/http_date.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::flow;
using namespace std::chrono_literals;

namespace {

const Time now = *time_from("2026-11-26T15:00:00Z");

}  // namespace

TEST(HttpDate, ReadsItsThreeForms)
{
    const Time expected = *time_from("1994-11-06T08:49:37Z");
    EXPECT_EQ(http_date("Sun, 06 Nov 1994 08:49:37 GMT", now), expected);
    EXPECT_EQ(http_date("Sunday, 06-Nov-94 08:49:37 GMT", now), expected);
    EXPECT_EQ(http_date("Sun Nov  6 08:49:37 1994", now), expected);
    EXPECT_EQ(http_date("Friday, 27-Nov-26 00:00:00 GMT", now), *time_from("2026-11-27T00:00:00Z"));
}

TEST(HttpDate, ReadsNothingElse)
{
    for (const char* text : {"", "soon", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 +0700", "Sun, 31 Feb 1994 08:49:37 GMT",
                             "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Thg 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
                             "2026-11-27T00:00:00Z", "Sun, 06 Nov 1994 8:49:37 GMT"})
        EXPECT_FALSE(http_date(text, now)) << text;
}

TEST(RetryAfter, IsSecondsOrADateOfTheHostsClockAtMostADay)
{
    EXPECT_EQ(retry_after("30", now), 30s);
    EXPECT_EQ(retry_after("0", now), 0s);
    EXPECT_EQ(retry_after("99999999999999999999", now), 24h);
    EXPECT_EQ(retry_after("Thu, 26 Nov 2026 15:02:30 GMT", now), 150s);
    EXPECT_EQ(retry_after("Thu, 26 Nov 2026 14:00:00 GMT", now), 0s) << "a date that has passed";
    EXPECT_EQ(retry_after("Thu, 26 Nov 2099 15:02:30 GMT", now), 24h);
    for (const char* text : {"", "-5", "1.5", "soon"})
        EXPECT_FALSE(retry_after(text, now)) << text;
}
