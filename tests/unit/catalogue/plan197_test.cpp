// The shipped catalogue holds the 158 lines of plan 197/KH-UBND as they stand, with the parsed columns beside them.
#include "hub/text/frequency.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace lienthong;
using namespace lienthong::catalogue;
using namespace std::chrono;

namespace {

template <class Predicate>
long count(Predicate predicate)
{
    const auto& all = shipped().indicators();
    return std::count_if(all.begin(), all.end(), [&](const Indicator& i) { return i.set == "DN197" && predicate(i); });
}

const Indicator& line(const char* code)
{
    const auto found = shipped().indicator(code, 2025y / March / 31);
    if (!found.ok())
        throw std::runtime_error(found.problem().sentence());
    return **found;
}

}  // namespace

TEST(Plan197, HasTheLinesOfEachGroup)
{
    EXPECT_EQ(count([](const Indicator&) { return true; }), 158);
    EXPECT_EQ(count([](const Indicator& i) { return i.code.starts_with("A_"); }), 128);
    EXPECT_EQ(count([](const Indicator& i) { return i.code.starts_with("B_"); }), 15);
    EXPECT_EQ(count([](const Indicator& i) { return i.code.starts_with("C_"); }), 6);
    EXPECT_EQ(count([](const Indicator& i) { return i.code.starts_with("D_"); }), 9);
    EXPECT_EQ(count([](const Indicator& i) { return i.heading; }), 15);
    EXPECT_EQ(count([](const Indicator& i) { return i.parent.empty(); }), 90);
    EXPECT_EQ(count([](const Indicator& i) { return i.code.find("_U") != std::string::npos; }), 28);
}

TEST(Plan197, HasTheLinesOfEachSection)
{
    const std::pair<const char*, long> sections[] = {{"A_I_", 4},   {"A_II_", 4},  {"A_III_", 5}, {"A_IV_", 7},
                                                     {"A_V_", 8},   {"A_VI_", 12}, {"A_VII_", 1}, {"A_VIII_", 11},
                                                     {"A_IX_", 27}, {"A_X_", 15},  {"A_XI_", 25}, {"A_XII_", 8}};
    for (const auto& [prefix, lines] : sections)
        EXPECT_EQ(count([&, start = prefix](const Indicator& i) { return i.code.starts_with(start); }), lines) << prefix;
    EXPECT_EQ(count([](const Indicator& i) { return i.code == "A_XIII"; }), 1);
}

TEST(Plan197, KeepsEmptyCellsAsTheyAreWritten)
{
    EXPECT_EQ(count([](const Indicator& i) { return i.unit_raw.empty(); }), 68);
    EXPECT_EQ(count([](const Indicator& i) { return i.unit_raw.empty() && !i.heading; }), 53);
    EXPECT_EQ(count([](const Indicator& i) { return i.frequency_raw.empty(); }), 16);
    EXPECT_EQ(count([](const Indicator& i) { return i.agency_raw.empty(); }), 19);
    EXPECT_EQ(count([](const Indicator& i) { return i.method_raw.empty(); }), 18);
    EXPECT_EQ(count([](const Indicator& i) { return i.disaggregation_raw.empty(); }), 94);
    std::set<std::string> frequencies;
    for (const Indicator& i : shipped().indicators())
        if (!i.frequency_raw.empty())
            frequencies.insert(i.frequency_raw);
    EXPECT_EQ(frequencies.size(), 19U);
}

TEST(Plan197, KeepsAnomaliesAsWrittenBesideWhatIsUsed)
{
    EXPECT_EQ(line("A_V_3").unit_raw, "Tấn");
    EXPECT_EQ(line("A_V_3").unit, "");
    EXPECT_NE(line("A_V_3").note, "");
    EXPECT_EQ(line("A_VI_1_1").unit_raw, "Tiền");
    EXPECT_EQ(line("A_VI_1_1").unit, "");
    EXPECT_EQ(line("A_V_2_1").unit_raw, "m ³");
    EXPECT_EQ(line("A_V_2_1").unit, "M3");
    EXPECT_EQ(line("A_IX_2_2").name_vi, "Số người giải quyết thưởng mới chế độ BHTN");
    EXPECT_EQ(line("A_VI_4").frequency_raw, "Tháng 12/2025");
    EXPECT_EQ(line("B_7_U1").parent, "B_7");
    EXPECT_TRUE(line("B_7_U1").agencies.empty());
    EXPECT_EQ(count([](const Indicator& i) { return i.name_vi.find('<') != std::string::npos; }), 0);
}

TEST(Plan197, ParsesPeriodKindsMonthsAndAgencies)
{
    using text::PeriodKind;
    EXPECT_EQ(line("A_I_1").kinds, std::vector{PeriodKind::month});
    EXPECT_EQ(line("A_IX_1_3").kinds, (std::vector{PeriodKind::month, PeriodKind::quarter, PeriodKind::year}));
    EXPECT_EQ(line("A_XII_5").kinds, (std::vector{PeriodKind::half, PeriodKind::year}));
    EXPECT_EQ(line("A_XI_5_1_U1").months, (std::vector<unsigned>{7, 11}));
    EXPECT_TRUE(line("B_1").may_have(PeriodKind::nine_months));
    EXPECT_FALSE(line("A_I_1").may_have(PeriodKind::year));
    EXPECT_TRUE(line("A_V_2").may_have(PeriodKind::day));
    EXPECT_EQ(line("D_2").agencies, (std::vector<std::string>{"H31.07", "H31.03"}));
    EXPECT_EQ(line("A_VIII_2").agencies, std::vector<std::string>{"H31.12"});
}

TEST(Plan197, PeriodKindsAndMonthsAreWhatTheWordsSay)
{
    long read = 0;
    for (const Indicator& indicator : shipped().indicators()) {
        if (indicator.set != "DN197" || indicator.frequency_raw.empty())
            continue;
        const auto frequency = text::frequency_from(indicator.frequency_raw);
        ASSERT_TRUE(frequency.ok()) << indicator.place << ": " << frequency.problem().sentence();
        ++read;
        if (frequency->date) {
            EXPECT_EQ(indicator.kinds, std::vector{frequency->date->kind}) << indicator.place;
            EXPECT_EQ(indicator.months, std::vector{frequency->date->part}) << indicator.place;
            continue;
        }
        std::vector<text::PeriodKind> kinds;
        for (const text::FrequencyKind kind : frequency->kinds)
            if (const auto period_kind = text::period_kind(kind))
                kinds.push_back(*period_kind);
        EXPECT_TRUE(indicator.kinds == kinds || !indicator.note.empty()) << indicator.place;
        EXPECT_EQ(indicator.months, frequency->months) << indicator.place;
    }
    EXPECT_EQ(read, 142);
}

TEST(Plan197, EveryAgencyTheLinesNameResolvesByItsNameAndByItsCode)
{
    std::set<std::string> names;
    for (const Indicator& i : shipped().indicators()) {
        if (i.agencies.size() == 1 && !i.agency_raw.empty()) {
            const auto found = shipped().agency(i.agency_raw, 2025y / March / 31);
            ASSERT_TRUE(found.ok()) << i.agency_raw;
            EXPECT_EQ((*found)->code, i.agencies.front());
            names.insert(i.agency_raw);
        }
        EXPECT_EQ(i.agencies.empty(), i.agency_raw.empty() && i.set == "DN197") << i.code;
    }
    EXPECT_EQ(names.size(), 19U);
}

TEST(Plan197, SplitsThePackedMeasuresTheLineNames)
{
    EXPECT_NE(line("A_I_1").measure("VALUE"), nullptr);
    for (const char* code : {"VS_PREVIOUS_MONTH", "VS_DECEMBER", "VS_SAME_PERIOD"}) {
        ASSERT_NE(line("A_I_1").measure(code), nullptr) << code;
        EXPECT_EQ(line("A_I_1").measure(code)->set, "DN197");
    }
    EXPECT_NE(line("A_X_3").measure("DEATHS"), nullptr);
    EXPECT_EQ(line("A_X_3").measure("DEATHS_CUMULATIVE")->set, "DEMO_HY");
    EXPECT_EQ(line("A_X_3").measure("NONE"), nullptr);
    EXPECT_TRUE(line("A_X_2").measures.empty());
}

TEST(Plan197, AGrowthMeasureIsPercentWhereverItsIndicatorIsMoney)
{
    for (const Indicator& i : shipped().indicators())
        for (const Measure& m : i.measures) {
            const bool growth = m.code.find("VS_") != std::string::npos;
            EXPECT_TRUE(!growth || i.unit_of(m) == "PERCENT") << i.code << ' ' << m.code;
        }
    const Indicator& retail = line("A_VIII_1_1");
    EXPECT_EQ(retail.unit_of(*retail.measure("VALUE")), "BILLION_VND");
}

TEST(Plan197, GroupCEndsWithItsTitlesYear)
{
    EXPECT_TRUE(shipped().indicator("C_1", 2025y / December / 31).ok());
    const auto after = shipped().indicator("C_1", 2026y / January / 1);
    ASSERT_FALSE(after.ok());
    EXPECT_EQ(after.problem().code, "indicator.not_valid");
    EXPECT_EQ(after.problem().expected, "a day from 2024-01-01 until before 2026-01-01");
}

TEST(DemoSet, StandsApartFromThePlan)
{
    for (const char* code : {"DEMO_HY_GOLD_PRICE", "DEMO_HY_USD_PRICE", "DEMO_HY_GRDP_VALUE", "DEMO_HY_ENV_VIOLATIONS",
                             "DEMO_HY_IMPORT_EXPORT_REVENUE", "DEMO_HY_DOMESTIC_REVENUE"}) {
        EXPECT_EQ(line(code).set, "DEMO_HY");
        EXPECT_EQ(line(code).act, "demonstration");
    }
    EXPECT_EQ(line("DEMO_HY_GOLD_PRICE").unit, "VND_PER_CHI");
}

TEST(Plan197, SaysHowFiguresAreCollectedAndRatiosCalculated)
{
    EXPECT_EQ(count([](const Indicator& i) { return i.data_method == DataMethod::collected; }), 140);
    EXPECT_EQ(count([](const Indicator& i) { return i.data_method == DataMethod::computed; }), 0);
    // What is ours is said to be ours.
    EXPECT_EQ(count([](const Indicator& i) { return !i.calculation.empty(); }), 17);
    EXPECT_EQ(count([](const Indicator& i) {
                  return i.calculation.empty() == (i.note.find("calculation is our reading") != std::string::npos);
              }),
              0);
    EXPECT_EQ(line("A_I_1").measure("VS_DECEMBER")->calculation,
              "Số liệu tháng báo cáo chia cho số liệu tháng 12 năm trước, trừ 1, nhân 100");
}

TEST(Plan197, HasAMeasureOrALineForEveryValueABracketNames)
{
    // How many values the words in brackets name. None: "CPI" is the name again, two of very serious cases say which cases the
    // one rate counts. What has no number (obstacles, proposals, coordinates, ways of repair) is no value.
    const std::map<std::string, std::size_t> named = {
        {"A_I_1", 3},  {"A_I_3", 3},   {"A_I_4", 3},    {"A_II_1", 2},   {"A_II_2", 2},   {"A_II_4", 5},  {"A_IV_1", 7},
        {"A_IV_2", 3}, {"A_IV_3", 4},  {"A_IV_4", 5},   {"A_IV_5", 6},   {"A_IV_6", 3},   {"A_IV_7", 3},  {"A_V_3", 4},
        {"A_VI_5", 2}, {"A_VI_7", 2},  {"A_VII_1", 4},  {"A_VIII_1", 5}, {"A_VIII_4", 2}, {"A_VIII_5", 2}, {"A_VIII_7", 3},
        {"A_X_1_2", 0}, {"A_X_1_3", 4}, {"A_X_2", 4},   {"A_X_3", 3},    {"A_X_4", 3},    {"A_X_5", 2},   {"A_X_6", 4},
        {"A_X_7", 3},  {"A_X_8", 3},   {"A_XI_1", 4},   {"A_XI_2", 3},   {"A_XI_4", 4},   {"A_XI_5", 4},  {"A_XII_1", 7},
        {"B_4", 0},    {"D_1", 3},     {"D_2", 5},      {"D_3", 6},      {"D_6", 4},      {"D_7", 2}};
    EXPECT_EQ(named.size(), 41U);
    for (const Indicator& one : shipped().indicators()) {
        if (one.set != "DN197")
            continue;
        const auto expected = named.find(one.code);
        ASSERT_EQ(expected != named.end(), one.name_vi.find('(') != std::string::npos) << one.code;
        if (expected == named.end())
            continue;
        const auto measures = std::count_if(one.measures.begin(), one.measures.end(), [](const Measure& measure) {
            return measure.set == "DN197" && measure.code != "VALUE";
        });
        // Lines below repeat what the brackets of these name.
        const bool split_in_lines = one.code == "A_VIII_1" || one.code == "A_X_2" || one.code == "D_2";
        const long lines = split_in_lines ? count([&](const Indicator& below) { return below.parent == one.code; }) : 0;
        EXPECT_EQ(static_cast<std::size_t>(measures + lines), expected->second) << one.code;
    }
}
