// Each kind of rule kept, broken, and silent; tolerances; units.
#include "tests/unit/rules/fixture.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace lienthong;
using namespace lienthong::rules;

namespace {

/// The breaks of one rule among figures; the rule's cells as RuleFolder::rule has them.
class Judge : public ::testing::Test
{
protected:
    Told& with(const std::string& cells)
    {
        folder_.rule(cells);
        EXPECT_EQ(folder_.problems(), std::vector<std::string>{});
        catalogue_ = folder_.load();
        told_ = std::make_unique<Told>(*catalogue_);
        return *told_;
    }

private:
    RuleFolder folder_;
    std::shared_ptr<const catalogue::Catalogue> catalogue_;
    std::unique_ptr<Told> told_;
};

}  // namespace

TEST_F(Judge, AWholeIsTheSumOfItsPartsWithinTheirPrintedDigits)
{
    Told& told = with("sum,finding,,A_1,VALUE,,,,PART=*,,,printed");
    told.put("A_1|VALUE|2025-07", "40942", "KG").put("A_1|VALUE|2025-07|PART=A", "25751", "KG");
    EXPECT_EQ(told.breaks(), Breaks{}) << "a part is missing, so nothing is known";
    told.put("A_1|VALUE|2025-07|PART=B", "14741", "KG");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-07: 40942, 40492"});
    told.put("A_1|VALUE|2025-07", "40493", "KG");
    EXPECT_EQ(told.breaks(), Breaks{}) << "three roundings of half a unit make up to 1.5";
    told.put("A_1|VALUE|2025-07", "40494", "KG");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-07: 40494, 40492"});
    told.put("A_1|VALUE|2025-07", "40942", "KG").none("A_1|VALUE|2025-07|PART=B");
    EXPECT_EQ(told.breaks(), Breaks{}) << "a part without a value is no zero";
}

TEST_F(Judge, UnitsOfOneDimensionAreHeldTogetherAndOthersAreNot)
{
    Told& told = with("sum,finding,,A_1,VALUE,,,,A_1_1;A_1_2,,,0");
    told.put("A_1|VALUE|2025-07", "1.5", "TON").put("A_1_1|VALUE|2025-07", "1", "TON").put("A_1_2|VALUE|2025-07", "499", "KG");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-07: 1.5, 1.5"}) << "1.499 tons shown with the digits of the figure";
    told.put("A_1_2|VALUE|2025-07", "500", "KG");
    EXPECT_EQ(told.breaks(), Breaks{});
    told.put("A_1_2|VALUE|2025-07", "7", "CASE");
    EXPECT_EQ(told.breaks(), Breaks{});
}

TEST_F(Judge, LinesBelowAreasBelowAndPeriodsWithinAreParts)
{
    EXPECT_EQ(with("sum,finding,,A_1,VALUE,,,,children,,,0")
                  .put("A_1|VALUE|2025-07", "9", "KG").put("A_1_1|VALUE|2025-07", "3", "KG").put("A_1_2|VALUE|2025-07", "4", "KG").breaks(),
              Breaks{"R 2025-07: 9, 7"});
    Told& areas = with("sum,finding,,A_1,VALUE,,,,areas,,,0");
    areas.put("A_1|VALUE|2025-06", "9", "KG").put("A_1|VALUE|2025-07", "9", "KG");
    areas.put("A_1|VALUE|2025-06|_T|GSO:33001", "4", "KG").put("A_1|VALUE|2025-07|_T|GSO:33001", "4", "KG");
    EXPECT_EQ(areas.breaks(), Breaks{"R 2025-07: 9, 4"}) << "the second commune still was there in June";
    EXPECT_EQ(with("sum,finding,,A_1,VALUE,,,,quarters,,,0")
                  .put("A_1|VALUE|2024-M9", "17629", "CASE").put("A_1|VALUE|2024-Q1", "6577", "CASE").put("A_1|VALUE|2024-Q2", "5776", "CASE")
                  .put("A_1|VALUE|2024-Q3", "5424", "CASE").breaks(),
              Breaks{"R 2024-M9: 17629, 17777"});
}

TEST_F(Judge, ABoundIsANumberOrOtherFigures)
{
    Told& share = with("at_most,refuse,,,,*,ratio,,,100,,printed");
    share.put("A_1|VALUE|2025-07", "100", "PERCENT").put("A_2|VALUE|2025-07|PART=A", "100.1", "PERCENT").put("A_2|VALUE|2025-07", "101", "KG");
    share.put("A_1|VALUE|2025-08", "1.2", "TIMES");
    EXPECT_EQ(share.breaks(), (Breaks{"R 2025-08: 1.2, at most 1", "R 2025-07: 100.1, at most 100"}));
    EXPECT_EQ(with("at_least,refuse,,,,,case,,,0,,printed").put("A_1|VALUE|2025-07", "-1", "CASE").put("A_2|VALUE|2025-07", "0", "CASE").breaks(),
              Breaks{"R 2025-07: -1, at least 0"});
    EXPECT_EQ(with("at_most,refuse,,A_1,VALUE,,,,/CUMULATIVE,,,printed")
                  .put("A_1|VALUE|2025-07", "50", "KG").put("A_1|CUMULATIVE|2025-07", "49", "KG")
                  .put("A_1|VALUE|2025-08", "50", "KG").put("A_1|CUMULATIVE|2025-08", "48", "KG").breaks(),
              Breaks{"R 2025-08: 50, at most 48"});
}

TEST_F(Judge, ACountIsWholeHoweverManyZerosStandBehindItsPoint)
{
    EXPECT_EQ(with("whole,finding,,,,,case,,,,,printed")
                  .put("A_1|VALUE|2025-07", "4053.0", "CASE").put("A_1|VALUE|2025-08", "4053.5", "CASE").put("A_2|VALUE|2025-08", "0.5", "KG").breaks(),
              Breaks{"R 2025-08: 4053.5, a whole number"});
}

TEST_F(Judge, ACumulativeFigureDoesNotFallWithinTheYearAndBeginsAgainWithIt)
{
    Told& told = with("not_falling,finding,,A_1,CUMULATIVE,,,,,,,printed");
    told.put("A_1|CUMULATIVE|2024-12", "900", "KG").put("A_1|CUMULATIVE|2025-01", "10", "KG").put("A_1|CUMULATIVE|2025-04", "9", "KG");
    EXPECT_EQ(told.breaks(), Breaks{}) << "10 and 9 may be one number printed twice";
    told.put("A_1|CUMULATIVE|2025-04", "8", "KG");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-04: 8, at least 10"}) << "months nobody told are passed over";
    told.put("A_1|CUMULATIVE|2025-03", "7", "KG");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-03: 7, at least 10"}) << "the last one told is what counts";
}

TEST_F(Judge, TwoFiguresAreOne)
{
    Told& told = with("equal,finding,,A_1,VALUE,,,,A_2,,,printed");
    told.put("A_1|VALUE|2025", "106.33", "POINT").put("A_2|VALUE|2025", "106.33176672076075", "POINT");
    EXPECT_EQ(told.breaks(), Breaks{}) << "two digits of the fourteen";
    told.put("A_1|VALUE|2025", "106.34", "POINT");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025: 106.34, 106.33"});
}

TEST_F(Judge, ACumulativeFigureGrowsByThePeriodsOwn)
{
    Told& told = with("difference,finding,,A_1,CUMULATIVE,,,,/VALUE,,,printed");
    told.put("A_1|CUMULATIVE|2025-01", "27", "CASE").put("A_1|VALUE|2025-01", "27", "CASE");
    told.put("A_1|CUMULATIVE|2025-02", "50", "CASE").put("A_1|VALUE|2025-02", "30", "CASE").put("A_1|VALUE|2025-04", "30", "CASE");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-02: 50, 57"});
    told.put("A_1|CUMULATIVE|2025-01", "20", "CASE");
    EXPECT_EQ(told.breaks(), (Breaks{"R 2025-01: 20, 27"})) << "the year's first is its own; 20 and 30 make 50";
}

TEST_F(Judge, APercentageIsTheOneOfTheOther)
{
    Told& told = with("ratio,finding,,A_1,GROWTH,,,,/VALUE;/CUMULATIVE,,,printed");
    told.put("A_1|GROWTH|2025-09", "18.9", "PERCENT").put("A_1|VALUE|2025-09", "1598", "CASE").put("A_1|CUMULATIVE|2025-09", "4131", "CASE");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-09: 18.9, 38.7"});
    told.put("A_1|GROWTH|2025-09", "0.387", "TIMES");
    EXPECT_EQ(told.breaks(), Breaks{});
    told.put("A_1|CUMULATIVE|2025-09", "0", "CASE");
    EXPECT_EQ(told.breaks(), Breaks{}) << "nothing is no part of nothing";
}

TEST_F(Judge, AGrowthAgreesWithTheTwoLevels)
{
    Told& told = with("growth,finding,,A_1,GROWTH,,,,/VALUE,,1,printed");
    told.put("A_1|VALUE|2025-04", "9899", "KG").put("A_1|VALUE|2025-05", "8174", "KG").put("A_1|GROWTH|2025-05", "5.69", "PERCENT");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-05: 5.69, -17.43"});
    told.put("A_1|GROWTH|2025-05", "-17.43", "PERCENT");
    EXPECT_EQ(told.breaks(), Breaks{});
    told.put("A_1|VALUE|2025-04", "5", "KG").put("A_1|VALUE|2025-05", "6", "KG").put("A_1|GROWTH|2025-05", "40", "PERCENT");
    EXPECT_EQ(told.breaks(), Breaks{}) << "6.5 against 4.5 would be 44 %";
    Told& yearly = with("growth,finding,,A_1,GROWTH,,,,/VALUE,,year,printed");
    yearly.put("A_1|VALUE|2024-05", "100", "KG").put("A_1|VALUE|2025-05", "150", "KG").put("A_1|GROWTH|2025-05", "7.4", "PERCENT");
    EXPECT_EQ(yearly.breaks(), Breaks{"R 2025-05: 7.4, 50"});
}

TEST_F(Judge, GrowthSinceDecemberChainsWithThatOfTheMonth)
{
    Told& told = with("chained,finding,,A_1,SINCE_DECEMBER,,,,/GROWTH,,,printed");
    told.put("A_1|SINCE_DECEMBER|2025-07", "1.87", "PERCENT").put("A_1|GROWTH|2025-08", "-0.01", "PERCENT");
    told.put("A_1|SINCE_DECEMBER|2025-08", "1.86", "PERCENT");
    EXPECT_EQ(told.breaks(), Breaks{});
    told.put("A_1|SINCE_DECEMBER|2025-08", "2.45", "PERCENT");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-08: 2.45, 1.86"});
    told.put("A_1|SINCE_DECEMBER|2025-01", "1.2", "PERCENT").put("A_1|GROWTH|2025-01", "1.58", "PERCENT");
    EXPECT_EQ(told.breaks(), (Breaks{"R 2025-01: 1.2, 1.6", "R 2025-08: 2.45, 1.86"})) << "January's is the month's own";
}

TEST_F(Judge, AJumpIsSeenAgainstTheMedianOfTheLastPeriods)
{
    Told& told = with("jump,hint,,A_1,VALUE,,,,,1.5,6,printed");
    told.put("A_1|VALUE|2025-04", "120825", "KG").put("A_1|VALUE|2025-05", "123081", "KG").put("A_1|VALUE|2025-07", "247850", "KG");
    EXPECT_EQ(told.breaks(), Breaks{}) << "two periods make no median";
    told.put("A_1|VALUE|2025-06", "125112", "KG");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-07: 247850, from 82054 to 184622"});
    told.put("A_1|VALUE|2025-07", "82000", "KG");
    EXPECT_EQ(told.breaks(), Breaks{"R 2025-07: 82000, from 82054 to 184622"});
    told.put("A_1|VALUE|2025-07", "82100", "KG");
    EXPECT_EQ(told.breaks(), Breaks{});
}

TEST_F(Judge, AToleranceIsANumberOrAShareOfWhatWouldBeRight)
{
    const auto off_by_ten = [](Told& told) -> Told& {
        return told.put("A_1|VALUE|2025", "1010", "KG").put("A_2|VALUE|2025", "1000", "KG");
    };
    EXPECT_EQ(off_by_ten(with("equal,finding,,A_1,VALUE,,,,A_2,,,10")).breaks(), Breaks{});
    EXPECT_EQ(off_by_ten(with("equal,finding,,A_1,VALUE,,,,A_2,,,9.9")).breaks(), Breaks{"R 2025: 1010, 1000"});
    EXPECT_EQ(off_by_ten(with("equal,finding,,A_1,VALUE,,,,A_2,,,1%")).breaks(), Breaks{});
    EXPECT_EQ(off_by_ten(with("equal,finding,,A_1,VALUE,,,,A_2,,,0.9%")).breaks(), Breaks{"R 2025: 1010, 1000"});
}

TEST_F(Judge, ARuleSpeaksOfItsOwnSubjectsAndDaysAlone)
{
    const auto low = [](Told& told) -> Told& {
        return told.put("A_1|VALUE|2023", "-5", "KG").put("A_1|VALUE|2025", "-5", "KG").put("A_1|VALUE|2025-07", "-5", "KG")
            .put("A_1|VALUE|2025|PART=A", "-5", "KG").put("A_1|GROWTH|2025", "-5", "KG").put("A_2|VALUE|2025", "-5", "KG");
    };
    EXPECT_EQ(low(with("at_least,refuse,,A_1,VALUE,,,year,,0,,printed")).breaks(), Breaks{"R 2025: -5, at least 0"});
    EXPECT_EQ(low(with("at_least,refuse,,A_1,VALUE,*,,year,,0,,printed")).breaks().size(), 2U);
    EXPECT_EQ(low(with("at_least,refuse,,,,,,,,0,,printed")).breaks().size(), 4U);
    EXPECT_EQ(low(with("at_least,refuse,S,,,,,,,0,,printed")).breaks().size(), 4U);
}

TEST(PlainlyKept, IsWhatJudgingFindsKeptAndNeverWhatItFindsBroken)
{
    const RuleFolder folder;
    const std::string end = ",printed,vi,en,2024-01-01,9999-12-31,act,\n";
    folder.write("rules.csv", rule_columns + "R1,at_least,refuse,,,,*,,,,0," + end + "R2,at_most,refuse,,,,*,,,,100," + end +
                                  "R3,whole,refuse,,,,*,,,,," + end + "R4,equal,refuse,,A_1,VALUE,*,,,A_2,," + end);
    ASSERT_EQ(folder.problems(), std::vector<std::string>{});
    const auto catalogue = folder.load();
    unsigned kept = 0, broken = 0;
    for (const char* unit : {"PERCENT", "TIMES", "KG", "TON", "CASE", "unknown"})
        for (const char* value : {"0", "-0.4", "-0.01", "0.5", "1", "1.004", "1.01", "99.9", "100", "100.0", "100.01", "101", "4053.0"}) {
            Told told(*catalogue);
            told.put("A_1|VALUE|2025", value, unit);
            const Observation& subject = told.figures().begin()->second;
            for (const catalogue::Rule& rule : catalogue->rules())
                if (plainly_keeps(rule, *catalogue, subject)) {
                    ++kept;
                    const double base = std::stod(subject.value) * (subject.unit == "TIMES" ? 100 : subject.unit == "TON" ? 1000 : 1);
                    EXPECT_TRUE(rule.code == "R1"   ? base >= 0
                                : rule.code == "R2" ? base <= 100
                                                    : rule.code == "R3" && base == std::floor(base))
                        << rule.code << ' ' << value << unit << ": what stands beside R4's subject must be looked at";
                } else if (judge(*catalogue, {&rule, told.figures().begin()->first}, told.look())) {
                    ++broken;
                }
        }
    EXPECT_GT(kept, 50U);
    EXPECT_GT(broken, 20U);
}

TEST_F(Judge, ABreakIsToldWithEveryFigureItsPlaceAndWhatWouldBeRight)
{
    Told& told = with("equal,refuse,,A_1,VALUE,,,,A_2,,,0");
    told.put("A_1|VALUE|2025", "1010", "KG").put("A_2|VALUE|2025", "1", "TON");
    const auto& figures = told.figures();
    catalogue::Rule rule;
    rule.code = "R";
    rule.act = "arithmetic";
    rule.name_vi = "Hai số là một";
    rule.name_en = "Two are one";
    const Broken broken{{&rule, figures.begin()->first}, {figures.begin()->first, figures.rbegin()->first}, "1000"};
    const Problem problem = problem_of(broken, told.look(), [](const FigureKey& figure) { return "/" + figure.indicator; });
    EXPECT_EQ(problem.code, "rule.broken");
    EXPECT_EQ(problem.found, "/A_1: 1010 KG; /A_2: 1 TON");
    EXPECT_EQ(problem.expected, "1000");
    EXPECT_EQ(problem.rule, "rules.csv R (arithmetic)");
    EXPECT_EQ(problem.detail, "Hai số là một / Two are one: A_1|VALUE|2025|GSO:33|_T");
}
