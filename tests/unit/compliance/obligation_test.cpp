// Which obligations there are, for which periods, from when and by which rule.
#include "fixture.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::compliance;

namespace {

using Texts = std::vector<std::string>;

Recurrence dated(PeriodKind kind, Due::From from, unsigned on, unsigned month)
{
    return {.kind = kind, .due = Due{.from = from, .day = on, .month = month}};
}

Texts codes(const Plan& plan)
{
    Texts out;
    for (const Problem& problem : plan.findings)
        out.push_back(problem.code + ' ' + problem.place);
    return out;
}

Plan of_2026(const Duty& one)
{
    return plan(one, day(2026, 1, 1), day(2027, 1, 1));
}

}  // namespace

TEST(Obligations, AreThoseWhosePeriodEndsInTheSpan)
{
    const auto found =
        plan(duty("F_1", {{.kind = PeriodKind::month}, {.kind = PeriodKind::quarter}}), day(2026, 2, 28), day(2026, 4, 30));
    EXPECT_EQ(due_days(found), (Texts{"2026-02 23/02/2026", "2026-03 17/03/2026", "2026-Q1 17/03/2026"}))
        << "April ends on the 30th, which the span does not hold";
    EXPECT_TRUE(found.findings.empty());
}

TEST(Obligations, CarryTheRuleInWordsAndTheActBehindIt)
{
    const Obligation one = march();
    EXPECT_EQ(one.id, "F_1|2026-03|H52.01");
    EXPECT_EQ(one.rule.words, "trước ngày 18 của tháng cuối kỳ báo cáo");
    EXPECT_EQ(one.rule.act, "Quyết định 228/QĐ-UBND, Điều 8.1b");
    EXPECT_EQ(one.rule.reckoning, "trước ngày 18/03/2026, tức hết ngày 17/03/2026");
    EXPECT_EQ(one.rule.window_act, "Nghị định 09/2019/NĐ-CP, Điều 12");
    EXPECT_EQ(one.receiver, "H52");
}

TEST(Obligations, TakeFiguresInTheWindowsOfDecree09)
{
    // The windows themselves are hub/text's (reporting_days.hpp); here only that a tier's day leads to them.
    const Obligation one = march();
    EXPECT_EQ(one.window_from, day(2026, 2, 15));
    EXPECT_EQ(one.window_to, day(2026, 3, 14));
    EXPECT_EQ(one.opens, at("2026-03-15T00:00:00"));
}

TEST(Obligations, LeaveAWorkingDayAfterTheFiguresAreTakenOrSaySo)
{
    const auto gaps = [](unsigned window_begins, unsigned due_on, bool shifts) {
        Regime regime{.code = "R",
                      .name = "R",
                      .tiers = {{.code = "R-1", .from = {"department"}, .to = "lead", .due = {.day = due_on, .shifts = shifts}}}};
        regime.tiers[0].cutoff_from_day = window_begins;
        std::string out;
        const std::vector<Duty> both = {duty("F_1", {{.kind = PeriodKind::month}}, "department", "R"),
                                        duty("F_2", {{.kind = PeriodKind::month}}, "department", "R")};
        for (const Problem& finding : plan(both, day(2026, 1, 1), day(2027, 1, 1), {regime}).findings)
            if (finding.code == "compliance.no_gap")
                out += finding.place + " " + finding.found;
        return out;
    };
    EXPECT_EQ(gaps(15, 17, true), "") << "days off move the deadline past Tết";
    EXPECT_EQ(gaps(15, 15, true), "") << "the deadline's own day is a working day after the 14th";
    EXPECT_EQ(gaps(15, 14, false), "R-1 2026-01: 14/01/2026, 14/01/2026") << "once, with the first period";
    EXPECT_EQ(gaps(15, 17, false), "R-1 2026-02: 14/02/2026, 17/02/2026") << "Tết lies between";
    EXPECT_EQ(gaps(0, 17, true), "") << "no window of its own: nobody said when the taking of figures ends";
}

TEST(Obligations, OfALineWithItsOwnDateTakeTheCalendarsPeriod)
{
    const auto found = of_2026(
        duty("F_21_24", {{.kind = PeriodKind::month, .parts = {3}, .due = Due{.from = Due::From::month_after, .day = 2}}}));
    ASSERT_EQ(found.obligations.size(), 1U);
    EXPECT_EQ(found.obligations[0].window_from, day(2026, 3, 1));
    EXPECT_EQ(found.obligations[0].window_to, day(2026, 3, 31));
    EXPECT_EQ(found.obligations[0].opens, at("2026-04-01T00:00:00"));
}

TEST(Obligations, OpenInTheDeadlinesMonthWhereThePeriodEndsLater)
{
    const auto found = of_2026(duty("F_21_3", {dated(PeriodKind::year, Due::From::report_year, 6, 8)}));
    ASSERT_EQ(found.obligations.size(), 1U);
    EXPECT_EQ(found.obligations[0].deadline.due, day(2026, 8, 6));
    EXPECT_EQ(found.obligations[0].opens, at("2026-08-01T00:00:00"));
}

TEST(Obligations, OfTheStatisticsOfficeFollowItsOwnDates)
{
    using From = Due::From;
    const auto due = [](PeriodKind kind, From from, unsigned on, unsigned month) {
        return due_days(of_2026(duty("F_21", {dated(kind, from, on, month)})));
    };
    EXPECT_EQ(due(PeriodKind::quarter, From::report_year, 6, 4), (Texts{"2026-Q1 06/04/2026"}));
    EXPECT_EQ(due(PeriodKind::half, From::report_year, 6, 6), (Texts{"2026-S1 08/06/2026"})) << "21.2, before the half ends";
    EXPECT_EQ(due(PeriodKind::nine_months, From::report_year, 6, 10), (Texts{"2026-M9 06/10/2026"}));
    EXPECT_EQ(due(PeriodKind::year, From::report_year, 6, 12), (Texts{"2026 07/12/2026"})) << "21.5, before the year ends";
    EXPECT_EQ(due(PeriodKind::year, From::year_after, 6, 4), (Texts{"2026 06/04/2027"}));
    EXPECT_EQ(due(PeriodKind::quarter, From::report_year, 20, 5), (Texts{"2026-Q1 20/05/2026"})) << "21.7";
    EXPECT_EQ(due(PeriodKind::half, From::report_year, 20, 8), (Texts{"2026-S1 20/08/2026"})) << "21.8";
    EXPECT_EQ(due(PeriodKind::quarter, From::report_year, 20, 11), (Texts{"2026-Q3 20/11/2026"})) << "21.9";
    EXPECT_EQ(due(PeriodKind::quarter, From::report_year, 20, 6), (Texts{"2026-Q1 22/06/2026"})) << "quarter II has not ended";
    EXPECT_EQ(due(PeriodKind::quarter, From::year_after, 20, 4), (Texts{"2026-Q4 20/04/2027"}));
    EXPECT_EQ(due(PeriodKind::year, From::report_year, 10, 2), (Texts{"2026 10/02/2026"})) << "21.16, as it is written";
    EXPECT_EQ(due(PeriodKind::month, From::month_after, 2, 0).front(), "2026-01 02/02/2026") << "21.24";
    EXPECT_EQ(due(PeriodKind::month, From::month_after, 2, 0).size(), 12U);
}

TEST(Obligations, OfSocioEconomicReportsNameOnlyTheFirstQuarterAndHalf)
{
    const auto found = of_2026(duty("KTXH",
                                    {{.kind = PeriodKind::quarter, .parts = {1}},
                                     {.kind = PeriodKind::half, .parts = {1}},
                                     {.kind = PeriodKind::nine_months},
                                     {.kind = PeriodKind::year}},
                                    "dpi", "SL228", ReportClass::socio_economic));
    EXPECT_EQ(due_days(found), (Texts{"2026-Q1 23/03/2026", "2026-S1 23/06/2026", "2026-M9 23/09/2026", "2026 23/12/2026"}));
    EXPECT_TRUE(found.findings.empty());

    const auto all = of_2026(duty("KTXH", {{.kind = PeriodKind::quarter}}, "dpi", "SL228", ReportClass::socio_economic));
    EXPECT_EQ(due_days(all), (Texts{"2026-Q1 23/03/2026"}));
    EXPECT_EQ(codes(all), (Texts{"compliance.no_deadline KTXH|H52.01"})) << "said once, not for each quarter";
}

TEST(Obligations, MonthsOfAListAreOwedForThoseMonths)
{
    EXPECT_EQ(due_days(of_2026(duty("A_1", {{.kind = PeriodKind::month, .parts = {7, 11}}}))),
              (Texts{"2026-07 17/07/2026", "2026-11 17/11/2026"}));
    const auto once =
        plan(duty("A_2", {{.kind = PeriodKind::month, .parts = {12}, .year = 2025}}), day(2025, 1, 1), day(2028, 1, 1));
    EXPECT_EQ(due_days(once), (Texts{"2025-12 17/12/2025"})) << "Tháng 12/2025 is a date";
}

TEST(Obligations, OfEachDayNeedATierForDays)
{
    const Duty daily = duty("F_7", {{.kind = PeriodKind::day}});
    EXPECT_EQ(codes(plan(daily, day(2026, 3, 2), day(2026, 3, 4))), (Texts{"compliance.no_deadline F_7|H52.01"}));

    Regime regime = son_la();
    regime.tiers.push_back({.code = "daily",
                            .from = {"department"},
                            .to = "ioc",
                            .periods = {{PeriodKind::day, 0}},
                            .due = {.from = Due::From::period_end, .shifts = false}});
    EXPECT_EQ(due_days(plan({daily}, day(2026, 3, 2), day(2026, 3, 4), {regime})),
              (Texts{"2026-03-02 02/03/2026", "2026-03-03 03/03/2026"}));
}

TEST(Obligations, HoldOnlyWhileTheDutyAndItsTierDo)
{
    Duty one = duty("F_1", {{.kind = PeriodKind::month}});
    one.validity = {.from = day(2026, 2, 1), .to = day(2026, 4, 1)};
    EXPECT_EQ(due_days(of_2026(one)), (Texts{"2026-02 23/02/2026", "2026-03 17/03/2026"}));

    Regime regime = lao_cai();
    Tier later = regime.tiers[0];
    regime.tiers[0].validity.to = day(2026, 3, 1);
    later.validity.from = day(2026, 3, 1);
    later.due.day = 20;
    regime.tiers.push_back(later);
    const Duty socio =
        duty("KTXH", {{.kind = PeriodKind::month, .parts = {1, 3}}}, "department", "LC17", ReportClass::socio_economic);
    EXPECT_EQ(due_days(plan({socio}, day(2026, 1, 1), day(2027, 1, 1), {regime})),
              (Texts{"2026-01 19/01/2026", "2026-03 20/03/2026"}));
}

TEST(Obligations, ComeFromTheBottomUpWhereTiersFallOnOneDay)
{
    const auto found = plan({duty("A_TOP", {{.kind = PeriodKind::month}}, "dpi", "LC17", ReportClass::socio_economic),
                             duty("B_LOW", {{.kind = PeriodKind::month}}, "department", "LC17", ReportClass::socio_economic)},
                            day(2026, 2, 1), day(2026, 3, 1));
    ASSERT_EQ(found.obligations.size(), 2U);
    EXPECT_EQ(found.obligations[0].subject, "B_LOW");
    EXPECT_EQ(found.obligations[0].above, Squeeze::same_day);
    EXPECT_EQ(found.obligations[1].subject, "A_TOP");
    EXPECT_EQ(found.obligations[1].below, Squeeze::same_day);
}

TEST(Obligations, OfTwoAgenciesWithTheSameContentAreTwo)
{
    // Forms 11.1 and 21.22 of QĐ 228/QĐ-UBND: two agencies owe the same figures by the same day.
    Duty first = duty("F_11_1", {{.kind = PeriodKind::month, .due = Due{.day = 30}}});
    Duty second = duty("F_21_22", {{.kind = PeriodKind::month, .due = Due{.day = 30}}});
    second.agency = "H52.21";
    const auto found = plan({first, second}, day(2026, 3, 1), day(2026, 4, 1));
    ASSERT_EQ(found.obligations.size(), 2U);
    EXPECT_EQ(found.obligations[0].deadline.due, found.obligations[1].deadline.due);
}

TEST(Obligations, OfAYearWhoseDaysOffAreNotKnownAreProvisional)
{
    const auto until_2026 = [](Day from) { return static_cast<int>(from.year()) > 2026 ? std::nullopt : next_working(from); };
    const std::vector<Duty> duties = {duty("F_1", {dated(PeriodKind::year, Due::From::year_after, 10, 2)}),
                                      duty("F_2", {dated(PeriodKind::year, Due::From::year_after, 20, 4)}),
                                      duty("F_3", {{.kind = PeriodKind::year}})};
    const auto found = obligations(duties, std::vector<Regime>{son_la()}, day(2026, 1, 1), day(2027, 1, 1), until_2026);
    EXPECT_EQ(codes(found), (Texts{"compliance.calendar 2027"})) << "once a year";
    EXPECT_EQ(due_days(found), (Texts{"2026 17/12/2026", "2026 10/02/2027", "2026 20/04/2027"}));
    EXPECT_FALSE(found.obligations[0].deadline.provisional);
    EXPECT_TRUE(found.obligations[1].deadline.provisional);
    EXPECT_EQ(found.obligations[1].rule.reckoning,
              "chậm nhất ngày 10/02/2027; lịch nghỉ chưa được công bố nên chưa tính ngày nghỉ");
}

TEST(Obligations, ThatCannotBePlannedAreFindings)
{
    Duty nothing = duty("F_4_10", {});
    Duty elsewhere = duty("F_5", {{.kind = PeriodKind::month}}, "department", "XX");
    Duty stranger = duty("F_6", {{.kind = PeriodKind::month}}, "nobody");
    Duty wrong = duty("F_7", {dated(PeriodKind::year, Due::From::report_year, 6, 13)});
    Duty twice = duty("F_8", {{.kind = PeriodKind::year}, {.kind = PeriodKind::year}});
    Duty continuous = duty("F_15_6", {});
    continuous.continuous = true;
    const auto found = plan({nothing, elsewhere, stranger, wrong, twice, continuous}, day(2026, 1, 1), day(2027, 1, 1));
    EXPECT_EQ(codes(found),
              (Texts{"compliance.no_frequency F_4_10|H52.01", "compliance.no_regime F_5|H52.01",
                     "compliance.no_deadline F_6|H52.01", "compliance.due F_7|H52.01", "compliance.duplicate F_8|H52.01"}));
    EXPECT_EQ(due_days(found), (Texts{"2026 17/12/2026"}));
}
