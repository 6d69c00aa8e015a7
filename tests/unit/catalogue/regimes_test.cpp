// Deadlines stand in the catalogue as each act sets them, with what is inclusive and what a day off moves.
#include "hub/catalogue/regimes.hpp"

#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::catalogue;
using namespace std::chrono;
using text::PeriodKind;

namespace {

/// The rules of a regime for periodic reports of a kind on a day: "tier:day", then '<' where the day is too late
/// already, then '+' where a day off moves it.
std::string steps(std::string_view regime, PeriodKind kind, Day day)
{
    std::string out;
    for (const DeadlineRule& rule : shipped().deadline_rules())
        if (rule.regime == regime && rule.report_class == ReportClass::periodic && rule.holds_for(kind) &&
            rule.validity.holds(day))
            out.append(out.empty() ? "" : " ")
                .append(std::to_string(rule.tier) + ':' + std::to_string(rule.day))
                .append(rule.inclusive ? "" : "<")
                .append(rule.shifts ? "+" : "");
    return out;
}

constexpr Day in_2024 = 2024y / March / 1;
constexpr Day in_2026 = 2026y / March / 1;

}  // namespace

TEST(Regimes, Decision228HasThreeTiers)
{
    EXPECT_EQ(steps("SL228", PeriodKind::month, in_2024), "1:17+ 2:18<+ 3:25+");
    EXPECT_EQ(steps("SL228", PeriodKind::year, in_2024), "1:17+ 2:18<+ 3:25+");
    EXPECT_EQ(steps("SL228", PeriodKind::month, in_2026), "2:18<+ 3:25+") << "districts ended";
    EXPECT_EQ(steps("SL228", PeriodKind::month, 2023y / February / 14), "");
}

TEST(Regimes, SocioEconomicReportsGoThroughPlanningAndInvestment)
{
    EXPECT_EQ(steps("SL228_SE", PeriodKind::month, in_2024), "1:18<+ 2:23+");
    for (const PeriodKind kind : {PeriodKind::quarter, PeriodKind::half, PeriodKind::nine_months, PeriodKind::year}) {
        EXPECT_EQ(steps("SL228_SE", kind, in_2024), "1:18+ 2:23+");
        EXPECT_EQ(steps("LC17_SE", kind, in_2024), "1:18+ 2:20+");
    }
    EXPECT_EQ(steps("LC17_SE", PeriodKind::month, in_2024), "1:18+ 2:20+");
}

TEST(Regimes, NationalReportsAreDueOnDay25WithAWindowFromThe15thToThe14th)
{
    for (const PeriodKind kind :
         {PeriodKind::month, PeriodKind::quarter, PeriodKind::half, PeriodKind::nine_months, PeriodKind::year})
        EXPECT_EQ(steps("ND09", kind, in_2024), "1:25");
    for (const DeadlineRule& rule : shipped().deadline_rules())
        if (rule.regime == "ND09") {
            EXPECT_EQ(rule.cutoff_from_day, 15U);
            EXPECT_EQ(rule.cutoff_to_day, 14U);
            EXPECT_EQ(rule.month, DueMonth::last);
        }
}

TEST(Regimes, SomeDaysAreSetElsewhere)
{
    for (const DeadlineRule& rule : shipped().deadline_rules()) {
        if (rule.report_class != ReportClass::periodic)
            EXPECT_EQ(rule.due_by, DueBy::request) << rule.place;
        else if (rule.regime == "SL228_STATS")
            EXPECT_EQ(rule.due_by, DueBy::form);
        else
            EXPECT_EQ(rule.due_by, rule.regime == "ST" ? DueBy::list : DueBy::day) << rule.place;
        EXPECT_EQ(rule.day != 0, rule.due_by == DueBy::day) << rule.place;
        EXPECT_NE(rule.note, "") << rule.place;
        EXPECT_EQ(rule.place.substr(0, 12), "regimes.csv:");
    }
    EXPECT_EQ(shipped().deadline_rules().size(), 20U);
}

TEST(BrokenRegimes, HaveWindowsThatDoNotFollowEachOther)
{
    for (const char* window : {"15,15", "15,13", "1,31", "29,28"}) {
        const Folder folder;
        folder.write("regimes.csv",
                     "regime,class,periods,tier,from_roles,to_role,due_by,day,month,inclusive,shifts,cutoff_from_day,cutoff_to_day,"
                     "valid_from,valid_to,act,note\n"
                     "R,periodic,month,1,DEPARTMENT,LEAD,day,25,last,,," +
                         std::string(window) + ",2023-01-01,9999-12-31,act,\n");
        ASSERT_EQ(folder.problems().size(), 1U) << window;
        EXPECT_EQ(folder.problems().front().substr(0, 15), "catalogue.value") << window;
    }
}

TEST(BrokenRegimes, NameTheirFaultsWhereTheyStand)
{
    const Folder folder;
    folder.write("regimes.csv",
                 "regime,class,periods,tier,from_roles,to_role,due_by,day,month,inclusive,shifts,cutoff_from_day,cutoff_to_day,"
                 "valid_from,valid_to,act,note\n"
                 "R,periodic,month,1,DEPARTMENT,LEAD,day,32,last,,,15,14,2023-01-01,9999-12-31,act,\n"
                 "R,periodic,month,1,DEPARTMENT,LEAD,day,,,,,15,,2024-01-01,9999-12-31,act,\n"
                 "R,often,week,2,department,,form,3,last,,,,,2023-01-01,9999-12-31,act,\n");
    EXPECT_EQ(folder.problems(),
              (std::vector<std::string>{
                  "catalogue.value regimes.csv:2:40", "catalogue.value regimes.csv:3:40", "catalogue.kind regimes.csv:3:41",
                  "catalogue.value regimes.csv:3:47", "catalogue.kind regimes.csv:4:3", "catalogue.kind regimes.csv:4:9",
                  "catalogue.code regimes.csv:4:16", "catalogue.code regimes.csv:4:27", "catalogue.value regimes.csv:4:33",
                  "catalogue.value regimes.csv:4:35", "catalogue.overlap regimes.csv:3:1"}));
}
