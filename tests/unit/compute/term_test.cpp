// Terms in working days, over weekends, holidays and swapped days.
#include "hub/compute/term.hpp"

#include "tests/unit/compute/fixture.hpp"

using namespace lienthong;
using namespace lienthong::compute;
using namespace std::chrono_literals;

namespace {

const catalogue::WorkingCalendar& calendar()
{
    return lienthong::testing::shared_catalogue()->working_days();
}

Day day(int y, unsigned m, unsigned d)
{
    return Day{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

}  // namespace

TEST(Term, DoesNotCountTheDayItBeginsOn)
{
    EXPECT_EQ(last_day(calendar(), day(2025, 3, 10), 1).value(), day(2025, 3, 11));
    EXPECT_EQ(last_day(calendar(), day(2025, 3, 10), 0).value(), day(2025, 3, 10));
}

TEST(Term, PassesOverWeekendsAndHolidays)
{
    EXPECT_EQ(last_day(calendar(), day(2025, 3, 14), 1).value(), day(2025, 3, 17));
    // 7 April 2025 is the commemoration of the Hùng kings, a Monday.
    EXPECT_EQ(last_day(calendar(), day(2025, 4, 4), 1).value(), day(2025, 4, 8));
}

TEST(Term, CountsWorkingDaysBetweenAsItAddsThem)
{
    for (int length = 0; length < 60; ++length) {
        const Day from = day(2025, 4, 3);
        EXPECT_EQ(working_days_between(calendar(), from, last_day(calendar(), from, length).value()).value(), length);
    }
    EXPECT_EQ(working_days_between(calendar(), day(2025, 3, 14), day(2025, 3, 16)).value(), 0);
}

TEST(Term, RefusesWhatNoTermIs)
{
    EXPECT_EQ(last_day(calendar(), day(2025, 3, 10), -1).problem().code, "compute.span");
    EXPECT_EQ(days_between(day(2025, 3, 10), day(2025, 3, 9)).problem().code, "compute.span");
    EXPECT_EQ(days_between(day(1999, 3, 10), day(2025, 3, 9)).problem().code, "compute.span");
    EXPECT_EQ(last_day(calendar(), day(1999, 3, 10), 5).problem().code, "calendar.not_known");
}
