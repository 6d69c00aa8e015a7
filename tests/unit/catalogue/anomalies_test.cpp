// The anomalies of plan 197/KH-UBND and Decision 228/QĐ-UBND, one test each, by their number in the list of anomalies.
#include "hub/catalogue/lint.hpp"

#include "hub/model/problem_text.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

using Lines = std::vector<std::string>;

const std::vector<Problem>& all()
{
    static const std::vector<Problem> found = lint(shipped());
    return found;
}

/// The findings of this code about rows of one file.
std::vector<Problem> findings(const std::string& code, const std::string& file = "indicators.csv")
{
    std::vector<Problem> out;
    for (const Problem& problem : all())
        if (problem.code == "finding." + code && problem.place.starts_with(file + ':'))
            out.push_back(problem);
    return out;
}

Lines lines(const std::string& code, const std::string& file = "indicators.csv")
{
    Lines out;
    for (const Problem& problem : findings(code, file))
        if (!problem.detail.starts_with("NSDP_") &&
            !problem.detail.starts_with("GSO_MONTHLY_"))  // figures of no act, so without an act's words
            out.push_back(problem.detail.substr(0, problem.detail.find(':')));
    return out;
}

std::size_t count_found(const std::string& code, const std::string& words)
{
    const auto some = findings(code);
    return static_cast<std::size_t>(
        std::count_if(some.begin(), some.end(), [&](const Problem& problem) { return problem.found == words; }));
}

bool holds(const Lines& all_lines, const std::string& code)
{
    return std::find(all_lines.begin(), all_lines.end(), code) != all_lines.end();
}

}  // namespace

TEST(Anomalies, Item1ElectricityIsWrittenInTonnesWhileItsLinesAreInKilowattHours)
{
    EXPECT_EQ(lines("unit_contradicts"), Lines{"A_V_3"});
    EXPECT_EQ(findings("unit_contradicts").at(0).found, "Tấn");
    EXPECT_EQ(findings("unit_contradicts").at(0).expected, "KWH");
}

TEST(Anomalies, Item2RiceGivenAsAidIsCountedInHouseholds)
{
    EXPECT_EQ(lines("unit_unfit"), (Lines{"A_V_3", "D_5"}));
    EXPECT_EQ(count_found("unit_unread", "Hộ/người"), 1U);
}

TEST(Anomalies, Item3MoneyIsAUnitInFiveLines)
{
    EXPECT_EQ(count_found("unit_unread", "Tiền"), 5U);
}

TEST(Anomalies, Item4TonnesHaveTwoSpellingsAndCubicMetresABlank)
{
    EXPECT_TRUE(holds(lines("unit_spelling"), "A_V_2_2"));
    EXPECT_EQ(lines("unit_spacing"), (Lines{"A_V_2_1", "A_V_2_3"}));
}

TEST(Anomalies, Item5CasesHaveTwoSpellingsAndRatiosAreWrittenAsCounts)
{
    EXPECT_TRUE(holds(lines("unit_spelling"), "A_X_2_1"));
    EXPECT_EQ(lines("unit_ratio"), (Lines{"B_10", "B_11"}));
}

TEST(Anomalies, Item6UnitsAreAbbreviatedAndDifferUnderOneName)
{
    EXPECT_EQ(lines("unit_abbreviated"), (Lines{"A_XI_5_2_U4", "A_XI_5_3_U4", "A_XI_5_4_U4"}));
    EXPECT_EQ(lines("unit_of_same_name"), (Lines{"A_XI_5_1_U4", "A_XI_5_4_U1"}));
}

TEST(Anomalies, Item7OneUnitStandsForSeveralValues)
{
    const Lines several = lines("unit_of_several");
    for (const char* code : {"A_X_4", "A_X_5", "A_XI_1", "A_XI_4", "D_6", "A_XII_6", "A_XII_7"})
        EXPECT_TRUE(holds(several, code)) << code;
    EXPECT_TRUE(holds(lines("frequency_hourly"), "D_6"));
}

TEST(Anomalies, Item8UnitsAreMissingWhereTheyAreVital)
{
    const Lines missing = lines("unit_missing");
    EXPECT_EQ(missing.size(), 53U);
    EXPECT_EQ(std::count_if(missing.begin(), missing.end(), [](const std::string& code) {
                  return code.starts_with("A_I_") || code.starts_with("A_II_") || code.starts_with("A_III_") ||
                         code.starts_with("A_IV_");
              }),
              20);
    for (const char* code : {"A_VI_5", "A_VI_6", "A_VIII_4", "A_VIII_5", "A_VIII_6", "A_X_3", "A_X_6", "A_X_7", "A_X_8", "A_XI_2",
                             "A_XI_3", "A_XII_1", "A_XIII", "B_1", "B_2", "B_3", "B_4", "B_5", "B_6", "B_7", "B_8", "B_9", "B_13",
                             "C_2", "C_3", "D_1", "D_3", "D_7"})
        EXPECT_TRUE(holds(missing, code)) << code;
}

TEST(Anomalies, Item9ADateStandsWhereAFrequencyBelongs)
{
    EXPECT_EQ(lines("frequency_date"), (Lines{"A_VI_4", "C_1_1", "C_1_2"}));
}

TEST(Anomalies, Item10FrequenciesAreWrittenInSeveralWaysAndTwoAreAmbiguous)
{
    EXPECT_EQ(count_found("frequency_spelling", "Tháng/ Quý/ Năm"), 3U);
    EXPECT_EQ(count_found("frequency_spelling", "Tháng/Quý/Năm"), 1U);
    EXPECT_EQ(count_found("frequency_spelling", "Tháng/Năm"), 1U);
    EXPECT_EQ(count_found("frequency_spelling", "Giờ/Ngày/ Tháng"), 3U);
    EXPECT_EQ(count_found("frequency_spelling", "Tháng 7, 11 hàng năm"), 4U);
    EXPECT_TRUE(holds(lines("frequency_ambiguous"), "A_XII_5"));
    EXPECT_EQ(findings("frequency_unread").size(), 0U);
}

TEST(Anomalies, Item11LinesAreReportedForOtherPeriodsThanTheLineAbove)
{
    const Lines differ = lines("frequency_differs");
    for (const char* code : {"C_1_1", "C_1_2", "D_2_1", "D_2_2"})
        EXPECT_TRUE(holds(differ, code)) << code;
    EXPECT_EQ(std::count_if(differ.begin(), differ.end(), [](const std::string& code) { return code.starts_with("A_XI_5_"); }), 16);
    EXPECT_EQ(differ.size(), 20U);
}

TEST(Anomalies, Item12AGroupOfMonthlyFiguresHoldsRarerOnesAndProgrammesAreHourly)
{
    EXPECT_EQ(lines("frequency_group"), (Lines{"A_IV_2", "A_IV_3", "A_IV_7", "A_XI_1", "A_XII_5", "A_XII_8"}));
    EXPECT_EQ(lines("frequency_hourly"), (Lines{"C_1", "C_2", "C_3", "C_4", "D_1", "D_2", "D_6"}));
}

TEST(Anomalies, Item13TheTargetProgrammesEndWith2025)
{
    EXPECT_EQ(lines("ends"), (Lines{"C_1", "C_1_1", "C_1_2", "C_2", "C_3", "C_4"}));
}

TEST(Anomalies, Item14NineteenLinesHaveNoAgencyAndEighteenNoMethod)
{
    const auto& rows = shipped().indicators();
    const auto headings = static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [](const Indicator& row) { return row.heading; }));
    EXPECT_EQ(lines("agency_missing").size() + headings, 19U);
    EXPECT_EQ(lines("method_missing").size() + headings, 18U);
}

TEST(Anomalies, Item15SixLinesHaveTwoAgenciesPartedInTwoWays)
{
    EXPECT_EQ(lines("agency_several"), (Lines{"A_VIII_1", "B_6", "B_7", "B_8", "D_2", "D_3"}));
    EXPECT_EQ(lines("agency_separator"), Lines{"D_2"});
}

TEST(Anomalies, Item16AWholeLevelOfAbolishedBodiesIsResponsible)
{
    EXPECT_EQ(lines("agency_set"), Lines{"A_XIII"});
    EXPECT_EQ(lines("agency_ends"), Lines{"A_XIII"});
}

TEST(Anomalies, Item17BodiesOfFourMonthsHaveNoHeirAndRegionsTwoKindsOfNumbers)
{
    EXPECT_EQ(lines("agency_number"), (Lines{"A_III_1", "A_III_2", "A_III_3", "A_III_4", "A_III_5"}));
    const auto ended = findings("owner_ends", "assignments.csv");
    const auto names = [&](const char* part) {
        return std::any_of(ended.begin(), ended.end(), [&](const Problem& problem) { return problem.found.starts_with(part); });
    };
    EXPECT_TRUE(names("Chi cục Thống kê"));
    EXPECT_TRUE(names("Chi cục Thuế"));
    EXPECT_TRUE(names("Ngân hàng"));
    EXPECT_TRUE(names("Bảo hiểm xã hội"));
}

TEST(Anomalies, Item18OwnersAreNotTheOnesExpected)
{
    EXPECT_EQ(lines("remark_owner"), (Lines{"A_X_3", "B_12", "B_9", "C_2"}));
}

TEST(Anomalies, Item19NumbersBeginAnewInEverySection)
{
    const auto repeated = findings("number_repeated");
    ASSERT_FALSE(repeated.empty());
    EXPECT_EQ(repeated.front().found, "1");
    EXPECT_NE(repeated.front().detail.find("15 places"), std::string::npos) << repeated.front().detail;
}

TEST(Anomalies, Item20TwentyEightLinesHaveNoNumberAndManyTheSameName)
{
    EXPECT_EQ(lines("number_missing").size(), 28U);
    EXPECT_EQ(count_found("name_repeated", "Số trường"), 4U);
    EXPECT_EQ(count_found("name_repeated", "Số lớp"), 4U);
    EXPECT_EQ(count_found("name_repeated", "Số giáo viên"), 4U);
    EXPECT_EQ(count_found("name_repeated", "Số học sinh"), 3U);
}

TEST(Anomalies, Item21LinesBelowCountCasesWhereTheLineAboveCountsPeople)
{
    EXPECT_EQ(lines("unit_differs"), (Lines{"A_IX_2_1_U3", "A_IX_2_1_U4", "A_IX_2_1_U5"}));
}

TEST(Anomalies, Item22OfWhichIsAPart)
{
    EXPECT_EQ(lines("part_of"), Lines{"B_7_U1"});
}

TEST(Anomalies, Item23ASectionIsALineAndALineIsHollow)
{
    EXPECT_EQ(lines("section_line"), Lines{"A_XIII"});
    EXPECT_EQ(lines("line_hollow"), Lines{"A_V_2"});
}

TEST(Anomalies, Item24ComponentsAreMissingOrJoined)
{
    EXPECT_TRUE(holds(lines("components_missing"), "A_VIII_1"));
    EXPECT_EQ(lines("remark_joined"), (Lines{"A_VIII_7_1", "A_XI_5_3"}));
}

TEST(Anomalies, Item25TwoSectionsAreAboutFinance)
{
    EXPECT_EQ(lines("remark_section"), Lines{"A_II_1"});
}

TEST(Anomalies, Item26SixThingsAreAskedForTwice)
{
    EXPECT_EQ(lines("remark_duplicate"), (Lines{"A_II_3", "A_I_2", "A_VII_1", "A_VI_5", "A_VI_6", "A_X_1"}));
}

TEST(Anomalies, Item27NationalFiguresAreGivenTheScopeOfAProvince)
{
    EXPECT_EQ(lines("remark_national"), (Lines{"A_III_1", "A_III_3", "A_III_4", "A_VI_3", "B_1", "B_9", "D_2"}));
}

TEST(Anomalies, Item28ScopesAndDisaggregationsStandInEachOthersColumns)
{
    EXPECT_EQ(lines("scope_other"), (Lines{"A_VIII_4", "A_VIII_5", "A_VIII_6", "A_XII_7", "A_XII_8"}));
    EXPECT_EQ(count_found("disaggregation_scope", "Cấp tỉnh"), 3U);
    EXPECT_EQ(count_found("disaggregation_scope", "Không"), 2U);
    EXPECT_EQ(count_found("disaggregation_spelling", "Huyện/thành phố"), 4U);
    EXPECT_EQ(count_found("disaggregation_mixed", "Công lập, ngoài công lập/nữ/dân tộc"), 8U);
}

TEST(Anomalies, Item29EighteenLinesAreBrokenDownByDistrictsThatEnded)
{
    EXPECT_EQ(lines("disaggregation_district").size(), 18U);
}

TEST(Anomalies, Item33ElevenPeriodicFormsBearTheYear2022)
{
    EXPECT_EQ(lines("name_frozen", "forms.csv").size(), 11U);
}

TEST(Anomalies, Item34FourFormsHaveOneNameAndOneOfThemAnotherFrequency)
{
    EXPECT_EQ(lines("name_repeated", "forms.csv"), (Lines{"SL228_25_1", "SL228_26_1", "SL228_27_1", "SL228_28_1"}));
    EXPECT_EQ(lines("frequency_of_same_name", "forms.csv"), Lines{"SL228_27_1"});
}

TEST(Anomalies, Item35TwoBodiesReportTheSame)
{
    EXPECT_EQ(lines("remark_duplicate", "forms.csv"), (Lines{"SL228_11_1", "SL228_11_3", "SL228_22_1"}));
}

TEST(Anomalies, Item36FrequenciesAreMissingAndDueDaysDoNotFit)
{
    EXPECT_EQ(lines("frequency_missing", "forms.csv"), Lines{"SL228_4_10"});
    EXPECT_EQ(lines("due_day_missing", "forms.csv"), (Lines{"SL228_11_1", "SL228_11_3", "SL228_21_22", "SL228_21_23"}));
    EXPECT_EQ(lines("due_early", "forms.csv"), Lines{"SL228_21_16"});
    EXPECT_EQ(lines("due_spelling", "forms.csv"), Lines{"SL228_21_4"});
    EXPECT_EQ(lines("frequency_spelling", "forms.csv").size(), 1U);
}

TEST(Anomalies, EveryFindingSaysWhereAndWhatWouldSettleIt)
{
    for (const Problem& problem : all()) {
        EXPECT_NE(problem.place.find(".csv:"), std::string::npos) << problem.sentence();
        EXPECT_EQ(problem_text(problem.code).code, problem.code) << problem.sentence();
        EXPECT_FALSE(problem.rule.empty()) << problem.sentence();
    }
    EXPECT_TRUE(findings("remark_stale", "remarks.csv").empty());
}

TEST(Anomalies, ARemarkOnWordsThatAreGoneIsStale)
{
    Folder folder;
    folder.write("remarks.csv",
                 "subject,kind,column,words,others,note\n"
                 "A_1,owner,name_vi,Ngô,,was maize\n"
                 "A_1,owner,name_vi,Gạo,,is rice\n");
    const auto found = lint(*folder.load());
    ASSERT_GE(found.size(), 2U);
    EXPECT_EQ(found[found.size() - 2].code, "finding.remark_stale");
    EXPECT_EQ(found[found.size() - 2].place, "remarks.csv:2");
    EXPECT_EQ(found.back().code, "finding.remark_owner");
    EXPECT_EQ(found.back().place, "indicators.csv:2");
}
