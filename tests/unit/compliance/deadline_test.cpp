// Date rules become days: inclusive or not, past days off, tier upon tier.
#include "fixture.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::compliance;

namespace {

Period month(int year, unsigned number)
{
    return {.kind = PeriodKind::month, .year = year, .part = number};
}

/// Due day of "chậm nhất ngày" in the last month.
std::string due_by(unsigned on, const Period& period)
{
    return day_text(deadline_of({.day = on}, period, next_working)->due);
}

}  // namespace

TEST(Deadline, MovesToTheNextWorkingDay)
{
    EXPECT_EQ(due_by(18, month(2026, 1)), "19/01/2026") << "a Sunday";
    EXPECT_EQ(due_by(25, month(2026, 4)), "28/04/2026") << "Saturday, Hùng Kings on Sunday, made up for on Monday";
    EXPECT_EQ(due_by(30, month(2026, 4)), "04/05/2026") << "the deadline leaves the month";
    EXPECT_EQ(due_by(25, month(2025, 1)), "03/02/2025") << "Saturday before Tết";
    EXPECT_EQ(due_by(18, month(2026, 3)), "18/03/2026");
}

TEST(Deadline, StaysOnASaturdayThatIsWorked)
{
    EXPECT_EQ(due_by(10, month(2026, 1)), "10/01/2026");
    EXPECT_EQ(due_by(17, month(2026, 1)), "19/01/2026") << "another Saturday";
}

TEST(Deadline, BeforeADayEndsWithTheDayBeforeIt)
{
    Due due = before_18();
    EXPECT_EQ(day_text(deadline_of(due, month(2026, 3), next_working)->due), "17/03/2026");
    // Before Monday 18 May: the 17th is a Sunday, which gives way to the Monday itself.
    EXPECT_EQ(day_text(deadline_of(due, month(2026, 5), next_working)->due), "18/05/2026");
    due.inclusive = true;
    EXPECT_EQ(day_text(deadline_of(due, month(2026, 3), next_working)->due), "18/03/2026");
}

TEST(Deadline, DoesNotMoveWhereTheRuleDoesNotSayIt)
{
    const auto deadline = deadline_of({.day = 18, .shifts = false}, month(2026, 1), next_working);
    EXPECT_EQ(day_text(deadline->due), "18/01/2026");
}

TEST(Deadline, EndsAtTheEndOfThatDayInVietNam)
{
    const auto deadline = deadline_of({.day = 18}, month(2026, 3), next_working);
    EXPECT_EQ(deadline->closes, time_from("2026-03-19T00:00:00+07:00"));
    EXPECT_EQ(deadline->closes, time_from("2026-03-18T17:00:00Z"));
}

TEST(Deadline, TakesTheLastDayOfAMonthThatIsTooShort)
{
    // "ngày 30 hàng tháng" of QĐ 228/QĐ-UBND's forms 11.1 and 21.22.
    const Due due{.day = 30, .shifts = false};
    EXPECT_EQ(day_text(deadline_of(due, month(2026, 2), next_working)->due), "28/02/2026");
    EXPECT_EQ(day_text(deadline_of(due, month(2028, 2), next_working)->due), "29/02/2028");
    EXPECT_EQ(day_text(deadline_of(due, month(2026, 3), next_working)->due), "30/03/2026");
}

TEST(Deadline, CountsFromTheMonthAfterTheYearAndTheYearAfter)
{
    using From = Due::From;
    const auto due = [](Due rule, const Period& period) { return day_text(deadline_of(rule, period, next_working)->due); };
    EXPECT_EQ(due({.from = From::month_after, .day = 2}, month(2026, 11)), "02/12/2026");
    EXPECT_EQ(due({.from = From::month_after, .day = 2}, month(2026, 12)), "04/01/2027") << "2 January 2027 is a Saturday";
    EXPECT_EQ(due({.from = From::report_year, .day = 6, .month = 8}, {.year = 2026}), "06/08/2026") << "before the period ends";
    EXPECT_EQ(due({.from = From::year_after, .day = 10, .month = 2}, {.year = 2026}), "10/02/2027");
    EXPECT_EQ(
        due({.from = From::period_end, .day = 0, .shifts = false}, {.kind = PeriodKind::day, .year = 2026, .part = 3, .day = 7}),
        "07/03/2026");
    EXPECT_EQ(due({.from = From::date, .date = day(2026, 8, 3)}, {.year = 2026}), "03/08/2026");
}

TEST(Deadline, SaysHowItCameAbout)
{
    const auto deadline = deadline_of(before_18(), month(2026, 2), next_working);
    EXPECT_EQ(deadline->reckoning,
              "trước ngày 18/02/2026, tức hết ngày 17/02/2026; trùng ngày nghỉ nên tính vào ngày làm việc tiếp theo là ngày "
              "23/02/2026");
}

TEST(Deadline, RefusesDaysThatCannotBe)
{
    const std::vector<Due> wrong = {{.day = 0},
                                    {.day = 32},
                                    {.from = Due::From::report_year, .day = 6},
                                    {.from = Due::From::year_after, .day = 6, .month = 13},
                                    {.from = Due::From::report_year, .day = 31, .month = 4},
                                    {.from = Due::From::date},
                                    {.from = Due::From::period_end, .day = 367}};
    for (const Due& due : wrong) {
        const auto deadline = deadline_of(due, month(2026, 3), next_working);
        ASSERT_FALSE(deadline.ok()) << due.day << '/' << due.month;
        EXPECT_EQ(deadline.problem().code, "compliance.due");
    }
}

TEST(TierDates, CollapseOntoTheMondayAfterTetOf2026)
{
    for (const unsigned on : {17U, 18U, 20U, 23U})
        EXPECT_EQ(due_by(on, month(2026, 2)), "23/02/2026") << on;

    const Regime regime = son_la();
    const auto dates = tier_dates(regime, ReportClass::periodic, month(2026, 2), next_working);
    ASSERT_EQ(dates.size(), 3U);
    EXPECT_EQ(dates[0].deadline.due, day(2026, 2, 23));
    EXPECT_EQ(dates[0].above, Squeeze::same_day);
    EXPECT_EQ(dates[1].deadline.due, day(2026, 2, 23));
    EXPECT_EQ(dates[1].below, Squeeze::same_day);
    EXPECT_EQ(dates[1].above, Squeeze::none) << "the lead has until the 25th";
    EXPECT_EQ(dates[2].deadline.due, day(2026, 2, 25));

    const auto socio = tier_dates(regime, ReportClass::socio_economic, month(2026, 2), next_working);
    ASSERT_EQ(socio.size(), 2U);
    EXPECT_EQ(socio[0].above, Squeeze::same_day) << "the department's 18 and the DPI's 23";

    const Regime other = lao_cai();
    const auto both = tier_dates(other, ReportClass::socio_economic, month(2026, 2), next_working);
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].deadline.due, both[1].deadline.due) << "18 and 20";
    EXPECT_EQ(both[1].below, Squeeze::same_day);
}

TEST(TierDates, InvertWhereTheUpperTierDoesNotShift)
{
    Regime regime = lao_cai();
    regime.tiers[1].due.shifts = false;
    const auto dates = tier_dates(regime, ReportClass::socio_economic, month(2026, 2), next_working);
    ASSERT_EQ(dates.size(), 2U);
    EXPECT_EQ(dates[0].deadline.due, day(2026, 2, 23));
    EXPECT_EQ(dates[1].deadline.due, day(2026, 2, 20));
    EXPECT_EQ(dates[0].above, Squeeze::inverted);
    EXPECT_EQ(dates[1].below, Squeeze::inverted);
}
