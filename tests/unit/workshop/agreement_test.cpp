// A sender learns at once that the figures of its message do not agree: a rule that refuses keeps out every record with a part in
// the break, another leaves a finding, and figures of other agencies are another matter.
#include "tests/unit/workshop/fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

namespace {

std::string told(const char* indicator, const char* measure, const char* value, const char* unit, const std::string& breakdown = "_T",
                 const char* agency = "H31.01", const char* period = "2025-07")
{
    const auto quoted = [](const std::string& text) { return '"' + text + '"'; };
    return record({{"indicator", quoted(indicator)}, {"measure", quoted(measure)}, {"period", quoted(period)}, {"value", value},
                   {"unit", quoted(unit)}, {"breakdown", quoted(breakdown)}, {"agency", quoted(agency)}});
}

std::string retail(const char* measure, const char* value, const char* agency = "H31.01")
{
    return told("A_VIII_1", measure, value, "tỷ đồng", "_T", agency);
}

}  // namespace

TEST(Agreement, ARuleThatRefusesKeepsOutEveryRecordOfTheBreakAndNamesBothPlaces)
{
    const auto outcome = worked(message({retail("VALUE", "17776"), retail("CUMULATIVE", "11892"),
                                         told("A_III_5", "VALUE", "247850", "tỷ đồng")}));
    for (const std::size_t i : {0U, 1U}) {
        const Verdict& verdict = outcome.verdicts[i];
        ASSERT_EQ(codes(verdict), "rule.broken") << i;
        const Problem& problem = verdict.problems.front();
        EXPECT_EQ(problem.place, "/records/" + std::to_string(i));
        EXPECT_EQ(problem.found, "/records/0: 17776 BILLION_VND; /records/1: 11892 BILLION_VND");
        EXPECT_EQ(problem.expected, "at most 11892");
        EXPECT_EQ(problem.rule, "rules.csv A_VIII_1_WITHIN_YEAR (arithmetic)");
        EXPECT_NE(problem.detail.find("Số trong kỳ không lớn hơn lũy kế"), std::string::npos);
        EXPECT_TRUE(verdict.observations.empty());
        EXPECT_NE(verdict.excerpt.find("A_VIII_1"), std::string::npos);
    }
    EXPECT_EQ(codes(outcome.verdicts[2]), "") << "what has no part in it goes in";
    EXPECT_EQ(outcome.verdicts[2].observations.size(), 1U);
}

TEST(Agreement, AFigureOutOfItsBoundsIsRefusedByItself)
{
    const auto outcome = worked(message({told("A_XII_2", "VALUE", "100.5", "%"), told("A_XII_3", "VALUE", "-0.1", "%"),
                                         told("A_XII_4", "VALUE", "100", "%"), told("A_X_3", "ACCIDENTS", "-3", "vụ")}));
    EXPECT_EQ(codes(outcome.verdicts[0]), "rule.broken");
    EXPECT_EQ(outcome.verdicts[0].problems.front().expected, "at most 100");
    EXPECT_EQ(codes(outcome.verdicts[1]), "rule.broken");
    EXPECT_EQ(codes(outcome.verdicts[2]), "");
    EXPECT_EQ(outcome.verdicts[3].problems.front().rule, "rules.csv COUNT_NOT_NEGATIVE (arithmetic)");
}

TEST(Agreement, OtherRulesLeaveAFindingAtTheSubjectsRecordAndTheFiguresGoIn)
{
    const auto part = [](const char* code, const char* value) {
        return told("A_II_2", "CUMULATIVE", value, "tỷ đồng", std::string("EXPENDITURE_ITEM=") + code);
    };
    const auto outcome = worked(message(
        {part("RECURRENT", "14741"), part("DEVELOPMENT_INVESTMENT", "25751"), told("A_II_2", "CUMULATIVE", "40942", "tỷ đồng")}));
    for (const Verdict& verdict : outcome.verdicts)
        EXPECT_EQ(codes(verdict), "");
    std::vector<Problem> of_rules;
    for (const Problem& finding : outcome.verdicts[2].findings)
        if (finding.code == "rule.broken")
            of_rules.push_back(finding);
    ASSERT_EQ(of_rules.size(), 1U);
    EXPECT_EQ(of_rules.front().place, "/records/2");
    EXPECT_EQ(of_rules.front().expected, "40492");
    EXPECT_EQ(of_rules.front().found, "/records/2: 40942 BILLION_VND; /records/1: 25751 BILLION_VND; /records/0: 14741 BILLION_VND");
}

TEST(Agreement, AnotherAgencysFigureIsAnotherMatter)
{
    const auto outcome = worked(message({retail("VALUE", "17776", "H31.01"), retail("CUMULATIVE", "11892", "H31.03")}));
    EXPECT_EQ(codes(outcome.verdicts[0]), "");
    EXPECT_EQ(codes(outcome.verdicts[1]), "");
}

TEST(Agreement, ARecordThatIsRefusedAnywayIsHeldAgainstNothing)
{
    const auto outcome = worked(message({retail("VALUE", "17776"), told("A_VIII_1", "CUMULATIVE", "11892", "vụ")}));
    EXPECT_EQ(codes(outcome.verdicts[0]), "");
    EXPECT_EQ(codes(outcome.verdicts[1]).find("rule"), std::string::npos);
}
