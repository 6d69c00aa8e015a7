// Each rule by which an observation is judged, as of its own period and within the flow's scope.
#include "hub/text/number.hpp"
#include "hub/workshop/validate.hpp"
#include "tests/unit/workshop/fixture.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

Observation cpi()
{
    return {.key = {"A_I_1", "VS_DECEMBER", "2025-03", "GSO:33", "_T", "H31.01"}, .value = "101.2", .unit = "PERCENT"};
}

/// The codes of what is said, findings in parentheses.
std::string said(Observation& observation, const workshop::Scope& scope = {.agencies = {"*"}, .area = "GSO:33"})
{
    std::string out;
    for (const workshop::Judgement& one : workshop::judge(observation, the_catalogue(), scope))
        out += (out.empty() ? "" : " ") + (one.finding ? "(" + one.problem.code + ")" : one.problem.code);
    return out;
}

std::string said_with(void (*change)(Observation&), const workshop::Scope& scope = {.agencies = {"*"}, .area = "GSO:33"})
{
    Observation observation = cpi();
    change(observation);
    return said(observation, scope);
}

}  // namespace

TEST(Validate, RemembersWhatWasRightAndJudgesNothingOtherwise)
{
    const workshop::Scope scope{.agencies = {"H31.01", "H31.04"}, .area = "GSO:33", .today = std::chrono::year(2025) / 6 / 30};
    workshop::JudgeMemory memory;
    unsigned number = 1;
    const auto draw = [&](std::vector<std::string> of) {
        number = number * 1'103'515'245U + 12'345U;
        return of[(number >> 16U) % of.size()];
    };
    for (int i = 0; i < 3000; ++i) {
        Observation one = cpi();
        one.key.indicator = draw({"A_I_1", "A_X_3", "A_VI_1", "B_99"});
        one.key.period = draw({"2025-03", "2025-03", "2025-07", "2025-Q1", "1999-01", "", "x"});
        one.key.area = draw({"GSO:33", "33", "GSO:34", "GSO:99", ""});
        one.key.agency = draw({"H31.01", "000.00.01.H31", "H31.02", "H99", ""});
        one.unit = draw({"PERCENT", "%", "vụ", "tỷ đồng", "?", ""});
        Observation other = one;
        const auto alone = workshop::judge(one, the_catalogue(), scope);
        const auto after_others = workshop::judge(other, the_catalogue(), scope, memory);
        ASSERT_EQ(alone.size(), after_others.size());
        for (std::size_t n = 0; n < alone.size(); ++n)
            EXPECT_EQ(alone[n].problem.sentence(), after_others[n].problem.sentence());
        EXPECT_EQ(one, other);
    }
}

TEST(Validate, HasNothingToSayOfAGoodFigure)
{
    Observation observation = cpi();
    EXPECT_EQ(said(observation), "");
    EXPECT_EQ(observation, cpi()) << "and changes nothing in it";
}

TEST(Validate, JudgesEachField)
{
    EXPECT_EQ(said_with([](Observation& o) { o.key.indicator = "A_I_99"; }), "indicator.unknown");
    EXPECT_EQ(said_with([](Observation& o) { o.key.indicator = "A_VI_1"; }), "indicator.heading");
    EXPECT_EQ(said_with([](Observation& o) { o.key.measure = "CUMULATIVE"; }), "measure.unknown");
    EXPECT_EQ(said_with([](Observation& o) { o.key.period = "03/2025"; }), "period.malformed");
    EXPECT_EQ(said_with([](Observation& o) { o.key.period = "2025-Q1"; }), "period.kind");
    EXPECT_EQ(said_with([](Observation& o) { o.key.area = "GSO:99"; }), "area.unknown");
    EXPECT_EQ(said_with([](Observation& o) { o.key.area = "GSO:01"; }), "area.outside");
    EXPECT_EQ(said_with([](Observation& o) { o.key.agency = "H99"; }), "agency.unknown");
    EXPECT_EQ(said_with([](Observation& o) { o.key.breakdown = "SEX=F"; }), "breakdown.unknown");
    EXPECT_EQ(said_with([](Observation& o) { o.value = "1,5"; }), "value.not_a_number");
    EXPECT_EQ(said_with([](Observation& o) { o.value = "01.5"; }), "value.not_a_number");
    EXPECT_EQ(said_with([](Observation& o) { o.value.clear(); }), "value.missing");
    EXPECT_EQ(said_with([](Observation& o) { o.unit.clear(); }), "unit.missing");
    EXPECT_EQ(said_with([](Observation& o) { o.unit = "chén"; }), "unit.unknown");
    EXPECT_EQ(said_with([](Observation& o) { o.unit = "vụ"; }), "unit.dimension");
    EXPECT_EQ(said_with([](Observation& o) { o.availability = Availability::no_case; }), "value.unexpected");
}

TEST(Validate, SaysEverythingThatIsWrong)
{
    EXPECT_EQ(said_with([](Observation& o) {
                  o.key.measure = "X";
                  o.key.area = "GSO:01";
                  o.key.agency = "H99";
                  o.value = "x";
              }),
              "measure.unknown area.outside agency.unknown value.not_a_number");
}

TEST(Validate, ASenderSpeaksOnlyForTheAgenciesOfItsFlow)
{
    Observation observation = cpi();
    EXPECT_EQ(said(observation, {.agencies = {"H31.02", "H31.01"}, .area = {}}), "");
    EXPECT_EQ(said(observation, {.agencies = {"H31.02"}, .area = {}}), "agency.not_allowed");
    EXPECT_EQ(said(observation, {.agencies = {}, .area = {}}), "agency.not_allowed");
    observation.key.agency = "000.00.01.H31";
    EXPECT_EQ(said(observation, {.agencies = {"H31.01"}, .area = {}}), "");
    EXPECT_EQ(observation.key.agency, "H31.01") << "an older identifier is the same agency";
}

TEST(Validate, AnAreaIsJudgedAsOfThePeriod)
{
    const workshop::Scope anywhere{.agencies = {"*"}, .area = {}};
    Observation observation = cpi();
    observation.key.area = "GSO:34";
    EXPECT_EQ(said(observation, anywhere), "");
    observation.key.period = "2025-07";
    EXPECT_EQ(said(observation, anywhere), "area.not_valid") << "Thái Bình is part of Hưng Yên since 2025-07-01";
}

TEST(Validate, OnlyAPlanIsOfAPeriodThatHasNotBegun)
{
    workshop::Scope scope{.agencies = {"*"}, .area = "GSO:33", .today = std::chrono::year(2025) / 2 / 28};
    const auto unchanged = [](Observation&) {};
    EXPECT_EQ(said_with(unchanged, scope), "period.future");
    scope.today = std::chrono::year(2025) / 3 / 1;
    EXPECT_EQ(said_with(unchanged, scope), "") << "an estimate is told before its period ends";
    scope.today = std::chrono::year(2024) / 12 / 30;
    Observation plan{.key = {"GSO_MONTHLY_BUDGET_INVESTMENT", "PLAN", "2025", "GSO:33", "_T", "H31.01"}, .value = "1", .unit = "VND_BN"};
    for (const workshop::Judgement& one : workshop::judge(plan, the_catalogue(), scope))
        EXPECT_NE(one.problem.code, "period.future");
    Observation early = cpi();
    const auto told = workshop::judge(early, the_catalogue(), scope);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].field, mapping::Field::period);
    EXPECT_EQ(told[0].problem.detail, "the period begins on 2025-03-01");
    EXPECT_EQ(told[0].problem.expected, "a period that has begun on 2024-12-30");
}

TEST(Validate, ConvertsExactlyToTheUnitOfTheCatalogue)
{
    Observation revenue = cpi();
    revenue.key.indicator = "DEMO_HY_DOMESTIC_REVENUE";
    revenue.key.measure = "CUMULATIVE";
    revenue.value = "10882500";
    revenue.unit = "triệu đồng";
    EXPECT_EQ(said(revenue), "");
    EXPECT_EQ(revenue.unit, "BILLION_VND");
    EXPECT_EQ(text::compare(revenue.value, "10882.5"), 0) << revenue.value;
}

TEST(Validate, ABlankUnitInTheCatalogueTakesTheSendersAndIsAFinding)
{
    Observation budget = cpi();
    budget.key.indicator = "A_II_1";
    budget.key.measure = "CUMULATIVE";
    budget.unit = "tỉ đồng";
    EXPECT_EQ(said(budget), "(unit.from_mapping)");
    EXPECT_EQ(budget.unit, "BILLION_VND");
}

TEST(Validate, AFigureThatIsNotThereNeedsNoUnit)
{
    EXPECT_EQ(said_with([](Observation& o) {
                  o.availability = Availability::not_available;
                  o.value.clear();
                  o.unit.clear();
              }),
              "");
}

TEST(Validate, GivesAVerdictItsProblemsAtItsOwnPlace)
{
    Observation observation = cpi();
    observation.key.measure = "X";
    Verdict verdict;
    verdict.place = "/records/4";
    workshop::validate(observation, the_catalogue(), {.agencies = {"*"}, .area = {}}, verdict);
    ASSERT_EQ(verdict.problems.size(), 1U);
    EXPECT_EQ(verdict.problems[0].place, "/records/4");
    EXPECT_EQ(verdict.problems[0].rule, "indicators.csv A_I_1 (197/KH-UBND 2025-03-27)");
}
