/// Calendar: what a moment is on a wall in Viet Nam, and months as connectors write them.
#include "hub/sdk/calendar.hpp"

#include <gtest/gtest.h>

namespace lienthong::sdk {
namespace {

using namespace std::chrono_literals;

constexpr Month march_2025 = 2025y / std::chrono::March;

TEST(Calendar, TurnsTheDaySevenHoursBeforeUtc)
{
    // 2025-02-28T16:59:59.999Z and the millisecond after it.
    EXPECT_EQ(month_of({1740761999999, {}}), 2025y / std::chrono::February);
    EXPECT_EQ(month_of({1740762000000, {}}), march_2025);
    EXPECT_EQ(day_of({1740762000000, {}}).day(), std::chrono::day(1));
}

TEST(Calendar, KnowsMomentsBefore1970)
{
    EXPECT_EQ(month_of({-86'400'000, {}}), 1969y / std::chrono::December);
}

TEST(Calendar, KnowsHowLongAMonthIs)
{
    EXPECT_EQ(last_day(2024y / std::chrono::February), 29U);
    EXPECT_EQ(last_day(2025y / std::chrono::February), 28U);
    EXPECT_EQ(last_day(2100y / std::chrono::February), 28U);
    EXPECT_EQ(last_day(march_2025), 31U);
}

TEST(Calendar, WritesAndReadsMonths)
{
    EXPECT_EQ(text_of(march_2025), "2025-03");
    EXPECT_EQ(read_month("2025-03"), march_2025);
    for (const char* text : {"", "2025-3", "2025-13", "2025-00", "25-03", "2025/03", "2025-03 ", "1899-12", "3000-01", "202a-03"})
        EXPECT_EQ(read_month(text), std::nullopt) << text;
}

TEST(Calendar, WritesAndReadsDays)
{
    const Day leap = 2024y / std::chrono::February / 29d;
    EXPECT_EQ(text_of(leap), "2024-02-29");
    EXPECT_EQ(text_of(leap, '/'), "2024/02/29");
    EXPECT_EQ(read_day("2024-02-29"), leap);
    for (const char* text : {"", "2025-02-29", "2025-3-01", "2025-03-00", "2025-03-32", "2025/03/01", "2025-03-01 ", "2025-03", "2025-03-0a"})
        EXPECT_EQ(read_day(text), std::nullopt) << text;
}

TEST(Calendar, ReadsDigitsOnlyAndNotTooMany)
{
    EXPECT_EQ(read_digits("0"), 0);
    EXPECT_EQ(read_digits("007"), 7);
    EXPECT_EQ(read_digits("999999999"), 999'999'999);
    for (const char* text : {"", "-1", "+1", "1.0", "1e3", " 1", "9999999999"})
        EXPECT_EQ(read_digits(text), std::nullopt) << text;
}

TEST(Calendar, PadsWithoutCutting)
{
    EXPECT_EQ(padded(7, 2), "07");
    EXPECT_EQ(padded(42, 4), "0042");
    EXPECT_EQ(padded(2025, 2), "2025");
}

}  // namespace
}  // namespace lienthong::sdk
