// One code on one day, with what every file says about it.
#include "hub/catalogue/show.hpp"

#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

Day day(int year, unsigned month, unsigned number)
{
    return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(number)};
}

Sheet sheet(const std::string& code, Day on)
{
    const auto found = show(shipped(), code, on);
    EXPECT_TRUE(found.ok()) << (found.ok() ? "" : found.problem().sentence());
    return found.ok() ? found->front() : Sheet{};
}

/// All values of a detail, joined; empty where the sheet lacks it.
std::string detail(const Sheet& sheet, const std::string& key)
{
    std::string out;
    for (const Detail& one : sheet.details)
        if (one.key == key)
            for (const std::string& value : one.values)
                out += value + '\n';
    return out;
}

bool says(const Sheet& sheet, const std::string& key, const std::string& words)
{
    return detail(sheet, key).find(words) != std::string::npos;
}

}  // namespace

TEST(Show, SaysWhichAreaACodeWasOnADay)
{
    const Sheet before = sheet("GSO:15", day(2025, 6, 30));
    EXPECT_EQ(before.name, "Tỉnh Yên Bái");
    EXPECT_TRUE(says(before, "valid", "đến hết 2025-06-30")) << detail(before, "valid");
    EXPECT_TRUE(says(before, "after", "GSO:15  Tỉnh Lào Cai")) << detail(before, "after");
    EXPECT_TRUE(says(before, "within", "ISO:VN"));
    const Sheet since = sheet("GSO:15", day(2025, 7, 1));
    EXPECT_EQ(since.name, "Tỉnh Lào Cai");
    EXPECT_TRUE(says(since, "before", "GSO:10  Tỉnh Lào Cai")) << detail(since, "before");
    EXPECT_TRUE(says(since, "before", "GSO:15  Tỉnh Yên Bái")) << detail(since, "before");
    EXPECT_TRUE(says(since, "other_days", "Tỉnh Yên Bái"));
}

TEST(Show, GivesAnIndicatorItsOwnerMeasuresAndFrequencyInWords)
{
    const Sheet line = sheet("A_I_1", day(2025, 4, 1));
    EXPECT_EQ(line.kind, "indicator");
    EXPECT_TRUE(says(line, "owner", "H16.01"));
    EXPECT_TRUE(says(line, "measures", "VS_PREVIOUS_MONTH"));
    EXPECT_TRUE(says(line, "frequency", "Tháng  [M]"));
    EXPECT_TRUE(says(line, "place", "indicators.csv:"));
    EXPECT_TRUE(says(sheet("A_I_1", day(2025, 7, 1)), "owner", "chưa phân công"));
    EXPECT_TRUE(says(sheet("A_VI_4", day(2025, 4, 1)), "frequency", "một thời điểm"));
    EXPECT_TRUE(says(sheet("A_XII_5", day(2025, 4, 1)), "frequency", "hoặc"));
    EXPECT_TRUE(says(sheet("A_XI_5_1_U1", day(2025, 4, 1)), "within", "A_XI_5_1  Giáo dục Mầm non"));
}

TEST(Show, GivesAFormItsHeirAndDeadlines)
{
    const Sheet before = sheet("SL228_2_1", day(2025, 2, 28));
    EXPECT_TRUE(says(before, "owner", "H52.02"));
    EXPECT_FALSE(detail(before, "deadlines").empty());
    EXPECT_FALSE(says(sheet("SL228_2_1", day(2025, 3, 1)), "owner", "H52.02"));
}

TEST(Show, GivesAnAgencyWhatItCameFromAndAUnitWhatItMakes)
{
    EXPECT_FALSE(detail(sheet("H52.02", day(2025, 2, 28)), "after").empty());
    EXPECT_EQ(sheet("000.01.14.H52", day(2025, 2, 28)).code, "H52.14.01");
    EXPECT_TRUE(says(sheet("TON", day(2025, 1, 1)), "converts", "1 tấn = 1000 kg"));
    EXPECT_EQ(sheet("Tỉnh Sơn La", day(2025, 1, 1)).kind, "area");
}

TEST(Show, NamesTheNearestWhereACodeIsNotKnown)
{
    const auto found = show(shipped(), "A_I_l", day(2025, 1, 1));
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.problem().code, "catalogue.code_unknown");
    EXPECT_NE(found.problem().expected.find("A_I_1"), std::string::npos) << found.problem().expected;
}

TEST(Show, SaysOnWhichDaysAKnownCodeHolds)
{
    const auto found = show(shipped(), "C_1", day(2026, 1, 1));
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.problem().code, "indicator.not_valid");
    EXPECT_NE(found.problem().expected.find("2026-01-01"), std::string::npos);
}

TEST(Show, SaysInWhichLineEveryKindOfRowStands)
{
    for (const auto& [code, file] : {std::pair("A_I_1", "indicators.csv:"), {"SL228_2_1", "forms.csv:"}, {"GSO:14", "areas.csv:"},
                                     {"H52.02", "agencies.csv:"}, {"TON", "units.csv:"}}) {
        const std::string place = detail(sheet(code, day(2025, 2, 28)), "place");
        EXPECT_TRUE(place.starts_with(file)) << code << ' ' << place;
    }
}

TEST(Show, GivesASetItsMembersAndAnIndicatorItsSets)
{
    const Sheet set = sheet("DEMO_HY", day(2025, 3, 31));
    EXPECT_EQ(set.kind, "set");
    EXPECT_TRUE(says(set, "province", "GSO:33"));
    EXPECT_TRUE(says(set, "count", "27, trong đó 17"));
    EXPECT_TRUE(says(set, "members", "dòng 1  DEMO_HY_GOLD_PRICE"));
    EXPECT_TRUE(says(set, "members", "dòng 23  B_1"));
    EXPECT_TRUE(says(sheet("A_I_1", day(2025, 3, 31)), "sets", "DN197_A  Nhóm chỉ số phục vụ chỉ đạo, điều hành hàng ngày"));
}

TEST(Show, GivesCodesOfOtherSystems)
{
    EXPECT_TRUE(says(sheet("GSO:14", day(2026, 3, 31)), "elsewhere", "ISO_3166_2:VN-05"));
    EXPECT_TRUE(says(sheet("GSO:14", day(2026, 3, 31)), "elsewhere", "LEVEL_1:H52  (suy ra"));
    EXPECT_TRUE(says(sheet("GSO:15", day(2026, 3, 31)), "elsewhere", "ISO_3166_2:VN-02  mã đang xem rộng hơn"));
    EXPECT_EQ(detail(sheet("ISO_3166_2:VN-05", day(2026, 3, 31)), "elsewhere").find("GSO:14"), 0U);
    EXPECT_EQ(show(shipped(), "ISO_3166_2:VN-99", day(2026, 3, 31)).problem().code, "catalogue.code_unknown");
}

TEST(Show, SaysHowAFigureComesAbout)
{
    const Sheet line = sheet("B_10", day(2025, 3, 31));
    EXPECT_TRUE(says(line, "data_method", "thu thập"));
    EXPECT_TRUE(says(line, "calculation", "Số bác sĩ chia cho dân số, nhân 10.000"));
    EXPECT_TRUE(says(sheet("A_I_1", day(2025, 3, 31)), "measures", "chia cho số liệu tháng trước"));
}
