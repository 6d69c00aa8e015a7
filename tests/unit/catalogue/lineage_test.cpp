// What became of areas on 1 July 2025 and since, and which figures of before may be added up for areas of today.
#include "hub/catalogue/lineage.hpp"

#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

using namespace lienthong;
using namespace lienthong::catalogue;
using namespace std::chrono;

namespace {

constexpr Day before = 2025y / June / 30;
constexpr Day since = 2025y / July / 1;
constexpr Day today = 2026y / November / 1;

std::string shown(const Result<AreaList>& areas)
{
    if (!areas.ok())
        return areas.problem().code;
    std::string out;
    for (const Area* area : *areas)
        out.append(out.empty() ? "" : ", ").append(area->code).append(1, ' ').append(area->name_vi);
    return out;
}

std::string sum(const std::vector<std::string>& codes, Day borders, Day day)
{
    return shown(shipped().lineage().sum_of(codes, borders, day));
}

long count(std::string_view inside, std::string_view level, Day day)
{
    const auto& areas = shipped().areas();
    return std::count_if(areas.begin(), areas.end(), [&](const Area& area) {
        return area.level == level && area.validity.holds(day) && shipped().is_within(area.code, inside, day);
    });
}

std::string holder(const char* code, Day day)
{
    const auto area = shipped().area("GSO", code, day);
    return area.ok() ? (*area)->name_vi : area.problem().code;
}

}  // namespace

TEST(Reform2025, LeavesThirtyFourProvincesNoDistrictAndAThirdOfTheCommunes)
{
    EXPECT_EQ(count("ISO:VN", "province", before), 63);
    EXPECT_EQ(count("ISO:VN", "district", before), 696);
    EXPECT_EQ(count("ISO:VN", "commune", before), 10035);
    EXPECT_EQ(count("ISO:VN", "province", since), 34);
    EXPECT_EQ(count("ISO:VN", "district", since), 0);
    EXPECT_EQ(count("ISO:VN", "commune", since), 3321);
    EXPECT_EQ(count("ISO:VN", "commune", today), 3321);
}

TEST(Reform2025, ChangesTheSeedProvincesAsTheTableSays)
{
    struct Seed
    {
        const char *name, *old_code, *new_code, *new_name;
        long districts, old_communes, new_communes;
    };
    for (const Seed& seed : {Seed{"Tỉnh Sơn La", "14", "14", "Tỉnh Sơn La", 12, 200, 75},
                             Seed{"Tỉnh Lào Cai", "10", "15", "Tỉnh Lào Cai", 9, 151, 99},
                             Seed{"Tỉnh Sóc Trăng", "94", "92", "Thành phố Cần Thơ", 11, 108, 103},
                             Seed{"Tỉnh Đắk Nông", "67", "68", "Tỉnh Lâm Đồng", 8, 71, 124}}) {
        const std::string old_code = std::string("GSO:") + seed.old_code;
        const std::string new_code = std::string("GSO:") + seed.new_code;
        EXPECT_EQ(holder(seed.old_code, before), seed.name);
        EXPECT_EQ(shown(shipped().lineage().successors(old_code, before, since)), new_code + ' ' + seed.new_name);
        EXPECT_EQ(count(old_code, "district", before), seed.districts) << seed.name;
        EXPECT_EQ(count(old_code, "commune", before), seed.old_communes) << seed.name;
        EXPECT_EQ(count(new_code, "commune", since), seed.new_communes) << seed.name;
    }
}

TEST(Reform2025, KeepsSonLasWardsAndCommunesApart)
{
    long wards = 0;
    for (const Area& area : shipped().areas())
        wards += area.parent == "GSO:14" && area.validity.holds(since) && area.name_vi.starts_with("Phường ") ? 1 : 0;
    EXPECT_EQ(wards, 8);
}

TEST(Lineage, KnowsWhoHeldACodeOnEachDay)
{
    EXPECT_EQ(holder("15", before), "Tỉnh Yên Bái");
    EXPECT_EQ(holder("15", since), "Tỉnh Lào Cai");
    EXPECT_EQ(holder("00004", before), "Phường Trúc Bạch");
    EXPECT_EQ(holder("00004", since), "Phường Ba Đình");
}

TEST(Lineage, FollowsAreasForwardAndBack)
{
    const Lineage& lineage = shipped().lineage();
    EXPECT_EQ(shown(lineage.successors("GSO:15", before, today)), "GSO:15 Tỉnh Lào Cai");
    EXPECT_EQ(shown(lineage.predecessors("GSO:15", today, before)), "GSO:10 Tỉnh Lào Cai, GSO:15 Tỉnh Yên Bái");
    EXPECT_EQ(shown(lineage.predecessors("GSO:14", today, before)), "GSO:14 Tỉnh Sơn La");
    EXPECT_EQ(shown(lineage.successors("GSO:00007", before, since)), "GSO:00008 Phường Ngọc Hà, GSO:00025 Phường Giảng Võ");
    EXPECT_EQ(shown(lineage.successors("GSO:318", before, since)), "GSO:11948 Đặc khu Bạch Long Vĩ");
    EXPECT_EQ(shown(lineage.successors("GSO:001", before, since)), "");
    EXPECT_EQ(shown(lineage.successors("GSO:75", before, today)), "GSO:75 Thành phố Đồng Nai");
    EXPECT_EQ(shown(lineage.predecessors("GSO:23737", today, before)), "GSO:23938 Xã Ia Mơ");
    EXPECT_EQ(shown(lineage.successors("GSO:10", since, today)), "area.not_valid");
    EXPECT_EQ(shown(lineage.successors("GSO:98", before, today)), "area.unknown");
    EXPECT_THROW((void)lineage.successors("GSO:15", today, before), std::logic_error);
}

TEST(Lineage, EveryAreaThatEndsHasAnEventOrItsCodeGoesOn)
{
    const Lineage& lineage = shipped().lineage();
    for (const Area& area : shipped().areas()) {
        if (area.validity.to == Day{year{9999}, December, day{31}} || !lineage.from(area, area.validity.to).empty())
            continue;
        const Area* next = shipped().find_area(area.code, area.validity.to);
        ASSERT_NE(next, nullptr) << area.code;
        EXPECT_TRUE(lineage.to(*next, area.validity.to).empty()) << area.code;
    }
}

TEST(Lineage, EveryCommuneOfTodayHasAForerunner)
{
    for (const Area& area : shipped().areas()) {
        if (area.level != "commune" || !area.validity.holds(since))
            continue;
        const auto forerunners = shipped().lineage().predecessors(area.code, since, before);
        ASSERT_TRUE(forerunners.ok());
        EXPECT_FALSE(forerunners->empty()) << area.code;
    }
}

TEST(Lineage, IsPartOfTheDigestWhereItIsThere)
{
    const Folder folder;
    const auto without = folder.load();
    ASSERT_TRUE(without);
    EXPECT_TRUE(without->lineage().events().empty());
    folder.write("area_lineage.csv", "from,to,kind,day,act,share\n");
    const auto with = folder.load();
    ASSERT_TRUE(with);
    EXPECT_NE(without->digest(), with->digest());
}

TEST(SumOf, AddsUpTheProvincesThatWereMerged)
{
    EXPECT_EQ(sum({"GSO:15"}, today, 2023y / March / 31), "GSO:10 Tỉnh Lào Cai, GSO:15 Tỉnh Yên Bái");
    EXPECT_EQ(sum({"GSO:92"}, today, before), "GSO:92 Thành phố Cần Thơ, GSO:93 Tỉnh Hậu Giang, GSO:94 Tỉnh Sóc Trăng");
    EXPECT_EQ(sum({"GSO:14"}, today, before), "GSO:14 Tỉnh Sơn La");
    EXPECT_EQ(sum({"GSO:75"}, today, before), "GSO:70 Tỉnh Bình Phước, GSO:75 Tỉnh Đồng Nai");
    EXPECT_EQ(sum({"GSO:14", "GSO:15"}, today, before), "GSO:10 Tỉnh Lào Cai, GSO:14 Tỉnh Sơn La, GSO:15 Tỉnh Yên Bái");
    EXPECT_EQ(sum({"ISO:VN"}, today, before), "ISO:VN Việt Nam");
    EXPECT_EQ(sum({"GSO:15"}, today, today), "GSO:15 Tỉnh Lào Cai");
}

TEST(SumOf, AddsUpCommunesThatWereMergedWhole)
{
    EXPECT_EQ(sum({"GSO:03679"}, today, before), "GSO:03673 Xã Chiềng Ngần, GSO:03679 Phường Chiềng Sinh");
    EXPECT_EQ(sum({"GSO:00008"}, today, before), "area.not_additive");
    EXPECT_EQ(sum({"GSO:11948"}, today, before), "GSO:318 Huyện Bạch Long Vĩ");
    EXPECT_EQ(sum({"GSO:23737"}, today, before), "GSO:23938 Xã Ia Mơ");
}

TEST(SumOf, RefusesWhereAnOldAreaWentToSeveralAndSaysWhatWouldDo)
{
    const Folder folder;
    folder.write("areas.csv",
                 "code,name_vi,aliases,level,parent,valid_from,valid_to,act\n"
                 "GSO:00001,Xã A,,commune,GSO:14,2020-01-01,2025-07-01,act\n"
                 "GSO:00002,Xã B,,commune,GSO:14,2020-01-01,2025-07-01,act\n"
                 "GSO:00003,Xã C,,commune,GSO:14,2025-07-01,9999-12-31,act\n"
                 "GSO:00004,Xã D,,commune,GSO:14,2025-07-01,9999-12-31,act\n"
                 "GSO:14,Tỉnh Sơn La,,province,,2008-08-01,9999-12-31,act\n");
    folder.write("area_lineage.csv",
                 "from,to,kind,day,act,share\n"
                 "GSO:00001,GSO:00003,split,2025-07-01,1681/NQ-UBTVQH15,0.25\n"
                 "GSO:00001,GSO:00004,split,2025-07-01,1681/NQ-UBTVQH15,0.75\n"
                 "GSO:00002,GSO:00004,merge,2025-07-01,1681/NQ-UBTVQH15,\n");
    EXPECT_EQ(folder.problems(), std::vector<std::string>{});
    const auto loaded = folder.load();
    ASSERT_TRUE(loaded);
    const auto part = loaded->lineage().sum_of({"GSO:00003"}, today, before);
    ASSERT_FALSE(part.ok());
    EXPECT_EQ(part.problem().sentence(),
              "Xã A (GSO:00001) was split on 2025-07-01, so no figure of before is the part that went to Xã C (GSO:00003); found "
              "'GSO:00003'; expected the figure together with Xã D (GSO:00004), or of GSO:14 as a whole"
              " [area.not_additive]");
    EXPECT_EQ(part.problem().rule, "1681/NQ-UBTVQH15");
    EXPECT_EQ(shown(loaded->lineage().sum_of({"GSO:00003", "GSO:00004"}, today, before)), "GSO:00001 Xã A, GSO:00002 Xã B");
    EXPECT_EQ(loaded->lineage().events().front().share, "0.25");
    // The other way: the figures since do not tell what is in the old borders, but both old communes together.
    const auto later = loaded->lineage().sum_of({"GSO:00001"}, before, today);
    ASSERT_FALSE(later.ok());
    EXPECT_EQ(later.problem().code, "area.not_additive");
    EXPECT_EQ(later.problem().expected, "the figure of Xã D (GSO:00004), which is this one together with Xã B (GSO:00002)");
    EXPECT_EQ(shown(loaded->lineage().sum_of({"GSO:00001", "GSO:00002"}, before, today)), "GSO:00003 Xã C, GSO:00004 Xã D");
}

TEST(SumOf, RefusesAnOldProvinceInTodaysFigures)
{
    const auto refused = shipped().lineage().sum_of({"GSO:10"}, before, today);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problem().sentence(),
              "Tỉnh Lào Cai (GSO:10) has been part of Tỉnh Lào Cai (GSO:15) since 2025-07-01, so no figure since is its own; "
              "found 'GSO:10'; expected the figure of Tỉnh Lào Cai (GSO:15), which is this one together with Tỉnh Yên Bái "
              "(GSO:15) [area.not_additive]");
    EXPECT_EQ(refused.problem().rule, "202/2025/QH15");
    EXPECT_EQ(sum({"GSO:10", "GSO:15"}, before, today), "GSO:15 Tỉnh Lào Cai");
}

TEST(SumOf, RefusesADistrictOnceThereAreNone)
{
    const auto refused = shipped().lineage().sum_of({"GSO:116"}, before, today);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problem().sentence(),
              "Thành phố Sơn La (GSO:116) ended on 2025-07-01 and no area took its place; there is no district since; found "
              "'GSO:116'; expected the figure of Tỉnh Sơn La (GSO:14), or those of the communes in it"
              " [area.no_longer]");
    EXPECT_EQ(refused.problem().rule, "203/2025/QH15");
    EXPECT_EQ(sum({"GSO:116"}, today, before), "area.not_valid");
    EXPECT_EQ(sum({"GSO:116"}, before, 2025y / March / 1), "GSO:116 Thành phố Sơn La");
}

TEST(SumOf, RefusesADayTheCatalogueDoesNotReach)
{
    EXPECT_EQ(sum({"GSO:23737"}, today, 2024y / December / 31), "area.not_valid");
    EXPECT_EQ(sum({"GSO:14"}, today, 2007y / January / 1), "area.not_valid");
}
