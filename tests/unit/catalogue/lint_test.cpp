// Lint finds what plan 197 left open or wrote in two ways.
#include "hub/catalogue/lint.hpp"

#include "hub/model/problem_text.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

/// The codes of the lines with this finding, in order.
std::vector<std::string> lines(const std::string& code)
{
    static const std::vector<Problem> all = lint(shipped());
    std::vector<std::string> out;
    for (const Problem& problem : all)
        if (problem.code == code && !problem.detail.starts_with("NSDP_") &&
            !problem.detail.starts_with("GSO_MONTHLY_"))  // figures of no act, so without an act's words
            out.push_back(problem.detail.substr(0, problem.detail.find(':')));
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST(Lint, FindsMissingUnitsAndUnitsThatAreNone)
{
    EXPECT_EQ(lines("finding.unit_missing").size(), 53U);
    EXPECT_EQ(lines("finding.unit_unread"),
              (Lines{"A_VI_1_1", "A_VI_1_2", "A_VI_2_1", "A_VI_2_2", "A_VII_1", "D_4"}));
}

TEST(Lint, FindsUnitsAndFrequenciesWrittenInTwoWays)
{
    EXPECT_EQ(lines("finding.unit_spelling"), (Lines{"A_V_2_2", "A_X_2_1"}));
    const auto frequencies = lines("finding.frequency_spelling");
    EXPECT_NE(std::find(frequencies.begin(), frequencies.end(), "A_XI_5_1_U1"), frequencies.end());
    EXPECT_NE(std::find(frequencies.begin(), frequencies.end(), "B_12"), frequencies.end());
    EXPECT_EQ(std::find(frequencies.begin(), frequencies.end(), "A_I_1"), frequencies.end());
}

TEST(Lint, FindsLinesThatDoNotFitTheLineAbove)
{
    EXPECT_EQ(lines("finding.unit_differs"), (Lines{"A_IX_2_1_U3", "A_IX_2_1_U4", "A_IX_2_1_U5"}));
    EXPECT_EQ(lines("finding.frequency_date"), (Lines{"A_VI_4", "C_1_1", "C_1_2"}));
    EXPECT_EQ(lines("finding.frequency_missing"), (Lines{"A_V_2", "SL228_4_10"}));
}

TEST(Lint, FindsDutiesThatAreUnclear)
{
    EXPECT_EQ(lines("finding.agency_missing"), (Lines{"A_VIII_1_1", "A_VIII_1_2", "A_VIII_1_3", "B_7_U1"}));
    EXPECT_EQ(lines("finding.agency_several"), (Lines{"A_VIII_1", "B_6", "B_7", "B_8", "D_2", "D_3"}));
    EXPECT_EQ(lines("finding.agency_ends"), Lines{"A_XIII"});
    EXPECT_EQ(lines("finding.method_missing"), (Lines{"A_VIII_1_1", "A_VIII_1_2", "A_VIII_1_3"}));
}

TEST(Lint, FindsNamesThatAreNoIdentity)
{
    const auto repeated = lines("finding.name_repeated");
    for (const char* code : {"A_XI_5_1_U1", "A_XI_5_2_U1", "A_XI_5_3_U1", "A_XI_5_4_U1", "A_XI_5_2_U4"})
        EXPECT_NE(std::find(repeated.begin(), repeated.end(), code), repeated.end()) << code;
    EXPECT_EQ(
        std::count_if(repeated.begin(), repeated.end(), [](const std::string& code) { return code.starts_with("A_XI_5_"); }), 15);
}

TEST(Lint, EveryFindingNamesItsLineAndHasItsSentences)
{
    const auto all = lint(shipped());
    ASSERT_FALSE(all.empty());
    for (const Problem& problem : all) {
        EXPECT_NE(problem.place.find(".csv:"), std::string::npos);
        EXPECT_EQ(problem_text(problem.code).code, problem.code);
    }
}

TEST(Lint, FindsNamesThatLeaveTheirListOpen)
{
    EXPECT_EQ(lines("finding.name_open").size(), 27U);
}

TEST(Lint, AsksHowAComputedFigureIsCalculated)
{
    const auto asked = [](const std::string& method, const std::string& calculation) {
        const Folder folder;
        folder.write("indicators.csv",
                     "code,set,line,name_vi,name_en,parent,heading,unit_raw,unit,scope_raw,frequency_raw,period_kinds,months,"
                     "disaggregation_raw,breakdown_dimensions,agency_raw,agencies,method_raw,data_method,calculation,valid_from,"
                     "valid_to,act,note\nA_1,S,1,Gạo,Rice,,,Tấn,TON,,,month,,,,,H31,," +
                         method + ',' + calculation + ",2024-01-01,9999-12-31,act,\n");
        const auto found = lint(*folder.load());
        return std::any_of(found.begin(), found.end(), [](const Problem& one) { return one.code == "finding.calculation_missing"; });
    };
    EXPECT_TRUE(asked("computed", ""));
    EXPECT_FALSE(asked("computed", "tổng các xã"));
    EXPECT_FALSE(asked("collected", ""));
    EXPECT_FALSE(asked("", ""));
}
