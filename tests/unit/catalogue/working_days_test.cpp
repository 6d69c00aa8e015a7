// The calendar of state bodies: days off, days worked in their place, and years nobody has entered.
#include "hub/catalogue/working_days.hpp"

#include "hub/model/problem_text.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::catalogue;
using namespace std::chrono;

namespace {

Day moved(Day day)
{
    const auto next = shipped().working_days().next_working(day);
    if (!next.ok())
        throw std::runtime_error(next.problem().sentence());
    return *next;
}

bool works(Day day)
{
    const auto working = shipped().working_days().is_working(day);
    if (!working.ok())
        throw std::runtime_error(working.problem().sentence());
    return *working;
}

/// Days worked in a year.
int worked(year y)
{
    int count = 0;
    for (sys_days at = y / January / 1; Day(at).year() == y; at += days(1))
        count += works(at) ? 1 : 0;
    return count;
}

}  // namespace

TEST(WorkingDays, MoveADeadlineToTheNextDayThatIsWorked)
{
    EXPECT_EQ(moved(2026y / January / 18), 2026y / January / 19);
    for (const unsigned day_of_tet : {17U, 18U, 20U})
        EXPECT_EQ(moved(2026y / February / day(day_of_tet)), 2026y / February / 23);
    EXPECT_EQ(moved(2026y / April / 25), 2026y / April / 28);
    EXPECT_EQ(moved(2026y / April / 30), 2026y / May / 4);
    EXPECT_EQ(moved(2025y / January / 25), 2025y / February / 3);
    EXPECT_EQ(moved(2024y / April / 27), 2024y / May / 2);
    EXPECT_EQ(moved(2025y / August / 30), 2025y / September / 3);
}

TEST(WorkingDays, StayWhereTheyAreWorked)
{
    EXPECT_EQ(moved(2026y / January / 10), 2026y / January / 10) << "a Saturday worked for 2 January";
    EXPECT_EQ(moved(2025y / April / 26), 2025y / April / 26);
    EXPECT_EQ(moved(2024y / May / 4), 2024y / May / 4);
    EXPECT_EQ(moved(2026y / March / 25), 2026y / March / 25);
}

TEST(WorkingDays, SwapsLeaveTheNumberOfDaysAsTheLawHasIt)
{
    // 262 weekdays in 2024, 261 in 2025 and 2026; eleven days off by law fall on or move to weekdays each year.
    EXPECT_EQ(worked(2024y), 262 - 11);
    EXPECT_EQ(worked(2025y), 261 - 11);
    EXPECT_EQ(worked(2026y), 261 - 11);
}

TEST(WorkingDays, AYearNobodyEnteredIsNotGuessed)
{
    for (const Day outside : {2023y / December / 29, 2027y / January / 4}) {
        const auto working = shipped().working_days().is_working(outside);
        ASSERT_FALSE(working.ok());
        EXPECT_EQ(working.problem().code, "calendar.not_known");
        EXPECT_EQ(working.problem().expected, "a day of 2024, 2025, 2026");
        EXPECT_FALSE(shipped().working_days().next_working(outside).ok());
    }
    EXPECT_EQ(problem_text("calendar.not_known").code, "calendar.not_known");
    DayException off;
    off.day = 2022y / January / 1;
    std::vector<DayException> two_days_off = {off, off};
    two_days_off.back().day = 2022y / December / 30;
    const WorkingCalendar calendar(two_days_off);
    EXPECT_TRUE(calendar.next_working(2022y / December / 29).ok());
    EXPECT_FALSE(calendar.next_working(2022y / December / 30).ok()) << "the first day worked after it is in a year not known";
    EXPECT_FALSE(WorkingCalendar().is_working(2026y / January / 5).ok());
}

TEST(WorkingDays, SayHowSureTheyAre)
{
    const auto& calendar = shipped().working_days();
    EXPECT_EQ(calendar.exception(2026y / March / 25), nullptr);
    ASSERT_NE(calendar.exception(2026y / August / 31), nullptr);
    EXPECT_EQ(calendar.exception(2026y / August / 31)->mark, Mark::unverified);
    EXPECT_EQ(calendar.exception(2024y / April / 29)->mark, Mark::confirmed);
    EXPECT_EQ(calendar.exception(2024y / April / 29)->act, "2450/VPCP-KGVX 2024-04-12");
    EXPECT_EQ(calendar.exception(2026y / November / 24), nullptr) << "a day off is a row once it is law";
}

TEST(WorkingDays, RefuseRowsTheirWeekdaySaysAlready)
{
    const Folder folder;
    const std::string header = "day,kind,name_vi,mark,act\n";
    folder.write("working_days.csv", header + "2028-01-01,off,Tết Dương lịch,confirmed,act\n");
    EXPECT_EQ(folder.problems(), std::vector<std::string>{});
    EXPECT_TRUE(folder.load()->working_days().knows(2028y));
    folder.write("working_days.csv", header +
                                         "2026-04-26,off,Giỗ Tổ Hùng Vương,confirmed,act\n"
                                         "2026-01-09,worked,Làm bù,confirmed,act\n"
                                         "2026-02-30,off,Tết,certain,act\n"
                                         "2026-01-10,closed,Làm bù,confirmed,\n"
                                         "2026-01-09,off,Nghỉ,confirmed,act\n");
    EXPECT_EQ(folder.problems(),
              (std::vector<std::string>{"catalogue.value working_days.csv:2:1", "catalogue.value working_days.csv:3:1",
                                        "catalogue.kind working_days.csv:4:20", "catalogue.date working_days.csv:4:1",
                                        "catalogue.value working_days.csv:5:36", "catalogue.kind working_days.csv:5:12",
                                        "catalogue.value working_days.csv:5:1", "catalogue.duplicate working_days.csv:6:1"}));
}
