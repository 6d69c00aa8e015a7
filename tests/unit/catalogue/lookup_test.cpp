// What a code or name means on a day, and what is nearest to one that means nothing.
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::catalogue;
using namespace std::chrono;

namespace {

constexpr Day before_merger = 2025y / June / 30;
constexpr Day after_merger = 2025y / July / 1;

std::string area(std::string_view system, std::string_view code, Day day)
{
    const auto found = shipped().area(system, code, day);
    return found.ok() ? (*found)->code + ' ' + (*found)->name_vi : found.problem().code;
}

std::string agency(std::string_view text, Day day = before_merger)
{
    const auto found = shipped().agency(text, day);
    return found.ok() ? (*found)->code : found.problem().code;
}

std::string breakdown(const char* indicator, std::string_view text)
{
    const auto found = shipped().indicator(indicator, before_merger);
    const auto checked = shipped().check_breakdown(**found, text);
    return checked.ok() ? "ok" : checked.problem().code;
}

}  // namespace

TEST(Areas, ACodeChangesItsHolderOnTheDayOfTheMerger)
{
    EXPECT_EQ(area("GSO", "15", before_merger), "GSO:15 Tỉnh Yên Bái");
    EXPECT_EQ(area("GSO", "15", after_merger), "GSO:15 Tỉnh Lào Cai");
    EXPECT_EQ(area("GSO", "10", before_merger), "GSO:10 Tỉnh Lào Cai");
    EXPECT_EQ(area("GSO", "10", after_merger), "area.not_valid");
    EXPECT_EQ(area("GSO", "34", before_merger), "GSO:34 Tỉnh Thái Bình");
    EXPECT_EQ(area("GSO", "34", after_merger), "area.not_valid");
    EXPECT_EQ(area("GSO", "33", after_merger), "GSO:33 Tỉnh Hưng Yên");
}

TEST(Areas, AreSixtyThreeBeforeAndThirtyFourAfter)
{
    const auto provinces = [](Day day) {
        const auto& all = shipped().areas();
        return std::count_if(all.begin(), all.end(),
                             [&](const Area& a) { return a.level == "province" && a.validity.holds(day); });
    };
    EXPECT_EQ(provinces(before_merger), 63);
    EXPECT_EQ(provinces(after_merger), 34);
    EXPECT_EQ(provinces(2008y / July / 31), 0);
}

TEST(Areas, AreFoundByNameHoweverItIsWritten)
{
    EXPECT_EQ(area("NAME", "Lào Cai", before_merger), "GSO:10 Tỉnh Lào Cai");
    EXPECT_EQ(area("NAME", "LÀO  CAI", after_merger), "GSO:15 Tỉnh Lào Cai");
    EXPECT_EQ(area("NAME", "tỉnh Thanh Hoá", after_merger), "GSO:38 Tỉnh Thanh Hóa");
    EXPECT_EQ(area("NAME", "TP. Hồ Chí Minh", after_merger), "GSO:79 Thành phố Hồ Chí Minh");
    EXPECT_EQ(area("NAME", "Thái Bình", after_merger), "area.not_valid");
    EXPECT_EQ(area("NAME", "Việt Nam", after_merger), "ISO:VN Việt Nam");
}

TEST(Areas, NearestNamesAreThoseOfThatDay)
{
    const auto wrong = shipped().area("NAME", "Hung Yen", after_merger);
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.problem().code, "area.unknown");
    EXPECT_NE(wrong.problem().expected.find("Hưng Yên"), std::string::npos) << wrong.problem().expected;
    EXPECT_EQ(area("GSO", "99", after_merger), "area.unknown");
    EXPECT_EQ(area("GSO", std::string(1000, '3'), after_merger), "area.unknown");
    EXPECT_EQ(area("XXX", "33", after_merger), "area.unknown");
}

TEST(Areas, LieWithinTheirCountryOnly)
{
    EXPECT_TRUE(shipped().is_within("GSO:33", "ISO:VN", after_merger));
    EXPECT_TRUE(shipped().is_within("GSO:33", "GSO:33", after_merger));
    EXPECT_FALSE(shipped().is_within("ISO:VN", "GSO:33", after_merger));
    EXPECT_FALSE(shipped().is_within("GSO:34", "ISO:VN", after_merger));
}

TEST(Areas, ANameTwoAreasBearIsAmbiguous)
{
    const Folder folder;
    folder.write("areas.csv",
                 "code,name_vi,aliases,level,parent,valid_from,valid_to,act\n"
                 "GSO:1,Tân Lập,,commune,,2025-07-01,9999-12-31,act\n"
                 "GSO:2,Tân Lập,,commune,,2025-07-01,9999-12-31,act\n"
                 "GSO:3,Huế,,province,,2025-07-01,9999-12-31,act\n"
                 "GSO:4,Huế,,commune,,2025-07-01,9999-12-31,act\n");
    const auto loaded = folder.load();
    ASSERT_TRUE(loaded);
    const auto twice = loaded->area("NAME", "tân lập", after_merger);
    ASSERT_FALSE(twice.ok());
    EXPECT_EQ(twice.problem().code, "area.ambiguous");
    const auto higher = loaded->area("NAME", "Huế", after_merger);
    ASSERT_TRUE(higher.ok());
    EXPECT_EQ((*higher)->code, "GSO:3");
}

TEST(Agencies, AreFoundByCodeOldCodeAndName)
{
    EXPECT_EQ(agency("H31.01"), "H31.01");
    EXPECT_EQ(agency("000.00.01.H31"), "H31.01");
    EXPECT_EQ(agency("000.00.00.H31"), "H31");
    EXPECT_EQ(agency("Chi cục Thống kê"), "H31.01");
    EXPECT_EQ(agency("SỞ TÀI CHÍNH"), "H31.02");
    EXPECT_EQ(agency("Ngân hàng nhà nước khu vực 11"), "H31.06");
    EXPECT_EQ(agency("H99"), "agency.unknown");
    ASSERT_NE(shipped().find_agency("H31.01"), nullptr);
    EXPECT_TRUE(shipped().find_agency("H31.01")->inferred);
    EXPECT_EQ(shipped().find_agency("000.00.01.H31"), nullptr);
}

TEST(Agencies, DistrictsEndWithTheDistrictLevel)
{
    EXPECT_EQ(agency("UBND huyện, thành phố", before_merger), "H31.19");
    EXPECT_EQ(agency("UBND huyện, thành phố", after_merger), "agency.not_valid");
}

TEST(Indicators, NearestCodesAreNamed)
{
    const auto wrong = shipped().indicator("A_VIII_9", before_merger);
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.problem().code, "indicator.unknown");
    EXPECT_EQ(wrong.problem().found, "A_VIII_9");
    EXPECT_NE(wrong.problem().expected.find("A_VIII_1"), std::string::npos) << wrong.problem().expected;
    EXPECT_FALSE(shipped().indicator("A_I_1", 2023y / December / 31).ok());
    EXPECT_FALSE(shipped().indicator("a_i_1", before_merger).ok());
}

TEST(Breakdowns, AreThoseOfTheLineInTheirOrder)
{
    EXPECT_EQ(breakdown("A_XI_5_1_U1", "_T"), "ok");
    EXPECT_EQ(breakdown("A_XI_5_1_U1", "SCHOOL_OWNERSHIP=PUBLIC"), "ok");
    EXPECT_EQ(breakdown("A_XI_5_1_U3", "SCHOOL_OWNERSHIP=NON_PUBLIC;SEX=F"), "ok");
    EXPECT_EQ(breakdown("A_II_2", "EXPENDITURE_ITEM=RECURRENT"), "ok");
    EXPECT_EQ(breakdown("A_I_4", "_T"), "ok");
    for (const char* text : {"", "SEX=F;SCHOOL_OWNERSHIP=PUBLIC", "SEX=F;SEX=M", "SEX=X", "SEX", "SEX=", "SEX=F;", ";SEX=F",
                             "SEX=_T", "TAX=VAT", "=F"})
        EXPECT_EQ(breakdown("A_XI_5_1_U3", text), "breakdown.unknown") << text;
    EXPECT_EQ(breakdown("A_I_4", "SEX=F"), "breakdown.unknown");
}

TEST(Vintages, AreFoundByCodeNameAndShortForm)
{
    const auto vintage = [](std::string_view text) {
        const auto found = shipped().vintage(text);
        return found.ok() ? std::string(to_text(*found)) : found.problem().code;
    };
    EXPECT_EQ(vintage("Ước tính"), "estimated");
    EXPECT_EQ(vintage("SB"), "preliminary");
    EXPECT_EQ(vintage("CT"), "official");
    EXPECT_EQ(vintage("official"), "official");
    EXPECT_EQ(vintage(""), "unstated");
    EXPECT_EQ(vintage("final"), "vintage.unknown");
}

TEST(Digest, IsEqualExactlyWhenTheMeaningIs)
{
    const Folder folder;
    const auto first = folder.load();
    ASSERT_TRUE(first);
    folder.write("units.csv", "dimension,code,factor,name_vi,spellings\r\nmass,TON,1000,tấn,t\r\nmass,KG,1,\"kg\",\r\n");
    const auto same = folder.load();
    ASSERT_TRUE(same);
    EXPECT_EQ(first->digest(), same->digest());
    folder.write("units.csv", "code,dimension,factor,name_vi,spellings\nKG,mass,1,kg,\nTON,mass,2000,tấn,t\n");
    const auto other = folder.load();
    ASSERT_TRUE(other);
    EXPECT_NE(first->digest(), other->digest());
}
