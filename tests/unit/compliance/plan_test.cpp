// The duties of Decision 228/QĐ-UBND of Sơn La, out of the shipped catalogue: a year of them, counted and dated.
#include "hub/compliance/plan.hpp"

#include "fixture.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace lienthong;
using namespace lienthong::compliance;
using catalogue::shipped;

namespace {

const Plan& year_2026()
{
    static const Plan planned = obligations(duties_of(shipped(), "SL228").duties, regimes_of(shipped()), day(2026, 1, 1),
                                            day(2027, 1, 1), next_working_of(shipped()));
    return planned;
}

const Plan& due_in_2026()
{
    static const Plan planned = plan_of(shipped(), "SL228", {day(2026, 1, 1), day(2027, 1, 1)}).value();
    return planned;
}

const Obligation& of(const Plan& plan, const std::string& subject, const std::string& period)
{
    for (const Obligation& one : plan.obligations)
        if (one.subject == subject && one.period_text == period)
            return one;
    throw std::runtime_error("no obligation " + subject + ' ' + period);
}

std::string due(const std::string& subject, const std::string& period)
{
    return day_text(of(due_in_2026(), subject, period).deadline.due);
}

std::set<std::string> places(const std::vector<Problem>& findings, const std::string& code)
{
    std::set<std::string> out;
    for (const Problem& finding : findings)
        if (finding.code == code)
            out.insert(finding.place);
    return out;
}

}  // namespace

TEST(PlanOfSonLa, CountsTheObligationsOf2026ByKind)
{
    std::map<std::string, unsigned> counts;
    for (const Obligation& one : year_2026().obligations)
        ++counts[std::string(text::to_text(one.period.kind))];
    // 65 monthly forms; 23 quarterly ones and 3 of one quarter; 6 half-yearly ones and 3 of one half; 75 yearly ones and the
    // 4 of crop seasons.
    EXPECT_EQ(counts,
              (std::map<std::string, unsigned>{{"month", 780}, {"quarter", 95}, {"half", 15}, {"nine_months", 2}, {"year", 79}}));
    EXPECT_EQ(year_2026().obligations.size(), 971U);
}

TEST(PlanOfSonLa, SaysWhatTheActLeavesOpen)
{
    const Plan& plan = year_2026();
    EXPECT_EQ(places(plan.findings, "compliance.no_frequency"), std::set<std::string>{"SL228_4_10|H52.04"});
    EXPECT_EQ(places(plan.findings, "compliance.no_deadline"),
              (std::set<std::string>{"SL228_7_2|H52.36", "SL228_14CDC_5|H52.14.01", "SL228_14CDC_6|H52.14.01",
                                     "SL228_14CDC_7|H52.14.01", "SL228_20_1|H52.20", "SL228_20_2|H52.20", "SL228_20_3|H52.20",
                                     "SL228_27_2|H52.27"}))
        << "no tier speaks of a day";
    EXPECT_EQ(places(plan.findings, "compliance.no_regime"), std::set<std::string>{});
    EXPECT_EQ(places(plan.findings, "compliance.duplicate"), std::set<std::string>{});
    EXPECT_EQ(places(duties_of(shipped(), "SL228").findings, "compliance.no_owner"),
              (std::set<std::string>{"SL228_15_1|01/03/2025", "SL228_15_2|01/03/2025", "SL228_15_17|01/03/2025"}));
}

TEST(PlanOfSonLa, FeedsFromSystemsFallDueOnNoDay)
{
    std::set<std::string> continuous;
    for (const Duty& duty : duties_of(shipped(), "SL228").duties)
        if (duty.continuous)
            continuous.insert(duty.subject);
    EXPECT_EQ(continuous, (std::set<std::string>{"SL228_17_6", "SL228_17_7"}));
}

TEST(PlanOfSonLa, TheHeirOwesWhatFallsDueAfterTheMerger)
{
    const auto agency = [](int year, unsigned month, const char* period) {
        const Plan due = plan_of(shipped(), "SL228", {day(year, month, 1), day(year, month + 1, 1)}).value();
        return of(due, "SL228_2_3", period).agency;
    };
    EXPECT_EQ(agency(2025, 2, "2025-02"), "H52.02");
    EXPECT_EQ(agency(2025, 3, "2025-03"), "H52.03");
}

TEST(PlanOfSonLa, KeepsTheStatisticsOfficesOwnDates)
{
    const std::vector<std::array<const char*, 3>> expected = {
        {"SL228_21_1", "2026-Q1", "06/04/2026"}, {"SL228_21_2", "2026-S1", "08/06/2026"},
        {"SL228_21_3", "2026", "06/08/2026"}, {"SL228_21_4", "2026-M9", "06/10/2026"},
        {"SL228_21_5", "2026", "07/12/2026"}, {"SL228_21_6", "2025", "06/04/2026"},
        {"SL228_21_7", "2026-Q1", "20/05/2026"}, {"SL228_21_8", "2026-S1", "20/08/2026"},
        {"SL228_21_9", "2026-Q3", "20/11/2026"}, {"SL228_21_10", "2025", "30/03/2026"},
        {"SL228_21_11", "2026", "20/05/2026"}, {"SL228_21_12", "2026", "20/08/2026"},
        {"SL228_21_13", "2026", "21/09/2026"}, {"SL228_21_14", "2025", "10/02/2026"},
        {"SL228_21_15", "2026", "21/09/2026"}, {"SL228_21_16", "2026", "10/02/2026"},
        {"SL228_21_17", "2026-S1", "20/05/2026"}, {"SL228_21_18", "2026-M9", "21/09/2026"},
        {"SL228_21_19", "2025", "10/02/2026"}, {"SL228_21_20", "2026", "03/09/2026"},
        {"SL228_21_21", "2025", "20/04/2026"}, {"SL228_21_22", "2026-01", "30/01/2026"},
        {"SL228_21_23", "2026-02", "02/03/2026"}, {"SL228_21_24", "2025-12", "05/01/2026"}};
    std::set<std::string> forms;
    for (const auto& [form, period, day] : expected) {
        EXPECT_EQ(due(form, period), day) << form;
        forms.insert(form);
    }
    EXPECT_EQ(forms.size(), 24U);
    const Obligation& one = of(due_in_2026(), "SL228_21_2", "2026-S1");
    EXPECT_EQ(one.rule.words, "6 tháng (ngày 06/6/năm báo cáo)");
    EXPECT_EQ(one.rule.act, "228/QĐ-UBND 2023-02-15");
    EXPECT_EQ(due("SL228_11_1", "2026-02"), "02/03/2026") << "a department's form with a date of its own, on February's last day";
}

TEST(PlanOfSonLa, TheTiersOfFebruary2026CollapseOntoTheMondayAfterTet)
{
    const Obligation& department = of(due_in_2026(), "SL228_1_1", "2026-02");
    EXPECT_EQ(day_text(department.deadline.named), "18/02/2026");
    EXPECT_EQ(day_text(department.deadline.due), "23/02/2026");
    EXPECT_EQ(department.above, Squeeze::none) << "the lead hands on by the 25th";
    EXPECT_EQ(department.rule.words, "trước ngày 18 của tháng cuối kỳ báo cáo");
    const Obligation& lead = of(due_in_2026(), "SL228_2_3", "2026-02");
    EXPECT_EQ(day_text(lead.deadline.due), "23/02/2026");
    EXPECT_EQ(lead.below, Squeeze::same_day) << "departments send to the lead on the day the lead hands on";
    EXPECT_EQ(of(due_in_2026(), "SL228_2_3", "2026-03").below, Squeeze::none);
    unsigned together = 0;
    for (const Obligation& one : due_in_2026().obligations)
        together += day_text(one.deadline.due) == "23/02/2026" ? 1U : 0U;
    EXPECT_EQ(together, 60U) << "of 65 monthly forms all but the five with a date of their own";
}

TEST(PlanOf, ASetNobodyHasIsRefusedWithThoseThereAre)
{
    const auto plan = plan_of(shipped(), "SL229", {day(2026, 1, 1), day(2026, 2, 1)});
    ASSERT_FALSE(plan.ok());
    EXPECT_EQ(plan.problem().code, "compliance.set");
    EXPECT_EQ(plan.problem().expected, "DEMO_DVC, DEMO_HY, DN197, DN197_A, DN197_B, DN197_C, DN197_D, GSO_MONTHLY, NSDP, QD766, SL228");
}

TEST(PlanOf, ReadsFrequenciesThatAreDatesHoursOrAmbiguous)
{
    const catalogue::Folder folder;
    folder.write("regimes.csv",
                 "regime,class,periods,tier,from_roles,to_role,due_by,day,month,inclusive,shifts,cutoff_from_day,cutoff_to_day,"
                 "valid_from,valid_to,act,note\n"
                 "R,periodic,,1,UNIT,LEAD,day,5,next,yes,,15,14,2023-01-01,9999-12-31,act,\n");
    folder.write("forms.csv",
                 "code,set,agency_number,number,name_vi,frequency_raw,frequency,regime,agency,role,kind,valid_from,valid_to,act,"
                 "note\n"
                 "F_1,S,1,1,Một,Tháng 12/2025,@2025-12,R,H31,UNIT,periodic,2024-01-01,9999-12-31,act,\n"
                 "F_2,S,1,2,Hai,Giờ,H,R,H31,UNIT,periodic,2024-01-01,9999-12-31,act,\n"
                 "F_3,S,1,3,Ba,6 tháng/năm,S;A?,R,H31,UNIT,periodic,2024-01-01,9999-12-31,act,\n"
                 "F_4,S,1,4,Bốn,\"Tháng 7, 11\",\"M@07,11\",R,H31,UNIT,periodic,2024-01-01,9999-12-31,act,\n");
    folder.write("assignments.csv",
                 "subject,agency,role,valid_from,valid_to,mark,act\n"
                 "F_1,H31,owner,2024-01-01,9999-12-31,confirmed,act\n"
                 "F_2,H31,owner,2024-01-01,9999-12-31,confirmed,act\n"
                 "F_3,H31,owner,2024-01-01,9999-12-31,confirmed,act\n"
                 "F_4,H31,owner,2024-01-01,9999-12-31,confirmed,act\n");
    EXPECT_EQ(folder.sentences(), std::vector<std::string>{});
    const auto small = folder.load();
    ASSERT_TRUE(small);
    const Duties duties = duties_of(*small, "S");
    const Plan planned =
        obligations(duties.duties, regimes_of(*small), day(2025, 1, 1), day(2026, 1, 1), next_working_of(*small));
    EXPECT_EQ(due_days(planned), (std::vector<std::string>{"2025-S1 05/07/2025", "2025-07 05/08/2025", "2025-11 05/12/2025",
                                                           "2025-12 05/01/2026", "2025-S2 05/01/2026", "2025 05/01/2026"}));
    EXPECT_EQ(planned.obligations.front().rule.words, "chậm nhất vào ngày 5 của tháng sau kỳ báo cáo");
    EXPECT_EQ(planned.obligations.front().rule.window_act, "act");
    EXPECT_EQ(places(duties.findings, "compliance.no_period"), std::set<std::string>{"forms.csv:3"});
    EXPECT_EQ(places(duties.findings, "compliance.ambiguous"), std::set<std::string>{"forms.csv:4"});
}

TEST(PlanOfIndicators, EachFigureOfTheSetIsOwedAsOftenAsItsLineSaysByTheDatesOfTheSetsRegime)
{
    const Plan plan = plan_of(shipped(), "DEMO_HY", {day(2025, 4, 1), day(2025, 5, 1)}).value();
    const Obligation& prices = of(plan, "A_I_1", "2025-04");
    EXPECT_EQ(prices.agency, "H31.01");
    EXPECT_EQ(prices.deadline.due, day(2025, 4, 18));
    EXPECT_EQ(prices.rule.act, "17/2022/QĐ-UBND 2022-04-14");
    EXPECT_EQ(prices.name, shipped().indicator("A_I_1", day(2025, 4, 1)).value()->name_vi);
    for (const Obligation& one : plan.obligations)
        EXPECT_EQ(one.agency.substr(0, 3), "H31") << one.id << ": of the set's own province, though another has an owner for it";
}

TEST(PlanOfIndicators, TheOwnerAssignedInTheSetsProvinceOwesItOnItsDaysAndTheBodyNamedFirstOnTheOthers)
{
    const auto who = [](Day on) -> std::string {
        for (const Duty& duty : duties_of(shipped(), "DN197").duties)
            if (duty.subject == "A_III_1" && duty.validity.holds(on))
                return duty.agency;
        return {};
    };
    EXPECT_EQ(who(day(2025, 6, 30)), "H16.06");
    EXPECT_EQ(who(day(2025, 7, 1)), shipped().indicator("A_III_1", day(2025, 7, 1)).value()->agencies.front());
}

TEST(PlanOfIndicators, ASetWithoutRegimeAndALineWithoutAnybodyAreFindings)
{
    const Plan plan = plan_of(shipped(), "DN197", {day(2025, 4, 1), day(2025, 5, 1)}).value();
    EXPECT_TRUE(plan.obligations.empty());
    EXPECT_TRUE(places(plan.findings, "compliance.no_regime").contains("A_III_1|H16.06"));
    EXPECT_TRUE(places(plan.findings, "compliance.no_owner").contains("A_VIII_1_1|01/01/2024"));
}
