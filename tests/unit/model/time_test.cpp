// Moments are written at +07:00 and read from any offset.
#include "hub/model/time.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

TEST(Time, IsWrittenInVietNamTimeWithMilliseconds)
{
    const auto time = time_from("2025-04-10T02:12:03.482Z");
    ASSERT_TRUE(time);
    EXPECT_EQ(to_text(*time), "2025-04-10T09:12:03.482+07:00");
}

TEST(Time, ReadsItsOwnWritingBack)
{
    const auto time = time_from("2025-12-31T23:59:59.999+07:00");
    ASSERT_TRUE(time);
    EXPECT_EQ(time_from(to_text(*time)), time);
}

TEST(Time, RefusesWhatIsNotADate)
{
    for (const char* text : {"", "2025-02-30T00:00:00Z", "2025-02-28 00:00:00Z", "2025-02-28T24:00:00Z", "2025-02-28T00:00:00",
                             "2025-02-28T00:00:00.Z", "2025-02-28T00:00:00+7:00"})
        EXPECT_FALSE(time_from(text)) << text;
}

TEST(Time, ADayBelongsToVietNamNotToUtc)
{
    const auto time = time_from("2025-06-30T17:30:00Z");
    ASSERT_TRUE(time);
    EXPECT_EQ(local_day(*time), std::chrono::year_month_day(std::chrono::year{2025}, std::chrono::July, std::chrono::day{1}));
}
