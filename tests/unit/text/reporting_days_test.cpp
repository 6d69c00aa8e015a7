// Days a report is due, and the windows of Decree 09/2019/NĐ-CP.
#include "hub/text/reporting_days.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace std::chrono;
using text::Day;
using text::DueRule;
using text::Window;

namespace {

text::Period period(std::string_view canonical)
{
    return *text::period_from(canonical);
}

constexpr DueRule thirtieth{.day = 30};

}  // namespace

TEST(DueDay, IsCountedFromTheLastMonthOfThePeriod)
{
    EXPECT_EQ(due_day(thirtieth, period("2025-03")), 2025y / March / 30);
    EXPECT_EQ(due_day({.day = 17}, period("2025-Q3")), 2025y / September / 17);
    EXPECT_EQ(due_day({.day = 17}, period("2025-M9")), 2025y / September / 17);
    EXPECT_EQ(due_day({.day = 25}, period("2025")), 2025y / December / 25);
    EXPECT_EQ(due_day({.day = 2, .following = true}, period("2025-03")), 2025y / April / 2);
    EXPECT_EQ(due_day({.day = 2, .following = true}, period("2025-12")), 2026y / January / 2);
    EXPECT_EQ(due_day({.day = 2, .following = true}, period("2025-12-31")), 2026y / January / 2);
}

TEST(DueDay, LiesBeforeTheEndOfThePeriodOrBehindIt)
{
    EXPECT_EQ(due_day({.day = 6, .month = 6}, period("2025-S1")), 2025y / June / 6);
    EXPECT_EQ(due_day({.day = 6, .month = 8}, period("2025")), 2025y / August / 6);
    EXPECT_EQ(due_day({.day = 6, .month = 4}, period("2025-Q1")), 2025y / April / 6);
    EXPECT_EQ(due_day({.day = 10, .month = 2, .following = true}, period("2025")), 2026y / February / 10);
    EXPECT_EQ(due_day({.day = 10, .month = 2}, period("2025")), 2025y / February / 10);
}

TEST(DueDay, TheThirtiethIsNoDayOfFebruary)
{
    EXPECT_EQ(due_day(thirtieth, period("2025-02")), std::nullopt);
    EXPECT_EQ(due_day(thirtieth, period("2024-02")), std::nullopt);
    EXPECT_EQ(due_day({.day = 30, .following = true}, period("2025-01")), std::nullopt);
    EXPECT_EQ(due_day({.day = 31}, period("2025-04")), std::nullopt);
    EXPECT_EQ(due_day({.day = 29, .month = 2, .following = true}, period("2024")), std::nullopt);
    EXPECT_EQ(due_day({.day = 29, .month = 2, .following = true}, period("2023")), 2024y / February / 29);
}

TEST(DueDay, OrTheLastDayOfThatMonth)
{
    EXPECT_EQ(due_day_or_last(thirtieth, period("2025-02")), 2025y / February / 28);
    EXPECT_EQ(due_day_or_last(thirtieth, period("2024-02")), 2024y / February / 29);
    EXPECT_EQ(due_day_or_last({.day = 31}, period("2025-04")), 2025y / April / 30);
    EXPECT_EQ(due_day_or_last({.day = 29, .month = 2, .following = true}, period("2024")), 2025y / February / 28);
    EXPECT_EQ(due_day_or_last(thirtieth, period("2025-03")), 2025y / March / 30);
}

TEST(DueDay, NeedsARuleAndAPeriodThatExist)
{
    EXPECT_TRUE(exists(DueRule{.day = 29, .month = 2}));
    for (const DueRule& rule : {DueRule{}, DueRule{.day = 32}, DueRule{.day = 31, .month = 4}, DueRule{.day = 1, .month = 13},
                                DueRule{.day = 257}, DueRule{.day = 1, .month = 257}}) {
        EXPECT_FALSE(exists(rule));
        EXPECT_THROW(static_cast<void>(due_day(rule, period("2025"))), std::invalid_argument);
    }
    EXPECT_THROW(static_cast<void>(due_day_or_last(thirtieth, {.kind = text::PeriodKind::month, .year = 2025, .part = 13})),
                 std::invalid_argument);
}

TEST(CutoffWindow, RunsFromTheFifteenthToTheFourteenth)
{
    EXPECT_EQ(cutoff_window(period("2025-03")), (Window{2025y / February / 15, 2025y / March / 14}));
    EXPECT_EQ(cutoff_window(period("2025-01")), (Window{2024y / December / 15, 2025y / January / 14}));
    EXPECT_EQ(cutoff_window(period("2025-Q1")), (Window{2024y / December / 15, 2025y / March / 14}));
    EXPECT_EQ(cutoff_window(period("2025-Q2")), (Window{2025y / March / 15, 2025y / June / 14}));
    EXPECT_EQ(cutoff_window(period("2025-S1")), (Window{2024y / December / 15, 2025y / June / 14}));
    EXPECT_EQ(cutoff_window(period("2025-S2")), (Window{2025y / June / 15, 2025y / December / 14}));
    EXPECT_EQ(cutoff_window(period("2025-M9")), (Window{2024y / December / 15, 2025y / September / 14}));
    EXPECT_EQ(cutoff_window(period("2025")), (Window{2024y / December / 15, 2025y / December / 14}));
}

TEST(CutoffWindow, BeginsOnAnotherDayWhereTheSectorSaysSo)
{
    EXPECT_EQ(cutoff_window(period("2025-03"), 22), (Window{2025y / February / 22, 2025y / March / 21}));
    EXPECT_EQ(cutoff_window(period("2025-03"), 28), (Window{2025y / February / 28, 2025y / March / 27}));
    EXPECT_EQ(cutoff_window(period("2025-03"), 2), (Window{2025y / February / 2, 2025y / March / 1}));
    EXPECT_EQ(cutoff_window(period("2024-02"), 1), (Window{2024y / February / 1, 2024y / February / 29}));
    EXPECT_EQ(cutoff_window(period("2025-Q4"), 1), (Window{2025y / October / 1, 2025y / December / 31}));
    EXPECT_EQ(cutoff_window(period("2025-03-07")), (Window{2025y / March / 7, 2025y / March / 7}));
    for (const unsigned day : {0U, 29U, 271U})
        EXPECT_THROW(static_cast<void>(cutoff_window(period("2025-03"), day)), std::invalid_argument);
}

TEST(CutoffWindow, TheWindowsOfAYearLeaveNoDayOutAndTakeNoneTwice)
{
    for (unsigned from_day = 1; from_day <= text::latest_cutoff_day; ++from_day)
        for (unsigned month = 2; month <= 12; ++month) {
            const text::Period period{.kind = text::PeriodKind::month, .year = 2024, .part = month};
            const text::Period earlier{.kind = text::PeriodKind::month, .year = 2024, .part = month - 1};
            const Window before = cutoff_window(earlier, from_day);
            const Window window = cutoff_window(period, from_day);
            EXPECT_EQ(sys_days{before.last} + days{1}, sys_days{window.first}) << month << " from " << from_day;
        }
}
