// Names of communes are found below their province however they are written, and a wrong one is told what is near.
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::catalogue;
using namespace std::chrono;

namespace {

constexpr Day before = 2025y / June / 30;
constexpr Day since = 2025y / July / 1;

std::string within(std::string_view parent, std::string_view name, Day day, std::string_view level = {})
{
    const auto area = shipped().area_within(parent, name, day, level);
    return area.ok() ? (*area)->code + ' ' + (*area)->name_vi : area.problem().code + ": " + area.problem().expected;
}

}  // namespace

TEST(AreaNames, AreFoundBelowTheirParentHoweverWritten)
{
    for (const char* name : {"Xã Chiềng Mung", "xã chiềng mung", "  XÃ  CHIỀNG  MUNG ", "Chiềng Mung", "chiềng mung"})
        EXPECT_EQ(within("GSO:14", name, since), "GSO:04123 Xã Chiềng Mung") << name;
    EXPECT_EQ(within("GSO:01", "Phường Yên Hoà", since), "GSO:00175 Phường Yên Hòa");
    EXPECT_EQ(within("ISO:VN", "Sơn La", since), "GSO:14 Tỉnh Sơn La");
    EXPECT_EQ(within("GSO:67", "Buôn Choah", before), "GSO:24694 Xã Buôn Choáh");
}

TEST(AreaNames, AreThoseOfTheDay)
{
    EXPECT_EQ(within("GSO:01", "Ba Đình", before), "GSO:001 Quận Ba Đình");
    EXPECT_EQ(within("GSO:01", "Ba Đình", since), "GSO:00004 Phường Ba Đình");
    EXPECT_EQ(within("GSO:10", "Sa Pa", since).substr(0, 14), "area.not_valid");
    EXPECT_EQ(within("GSO:10", "Thị xã Sa Pa", before), "GSO:088 Thị xã Sa Pa");
    EXPECT_EQ(within("GSO:10", "Sa Pa", before, "commune"), "GSO:03001 Phường Sa Pa");
}

TEST(AreaNames, WhatSeveralBearIsAmbiguousUntilTheDistrictIsNamed)
{
    const auto twice = shipped().area_within("GSO:79", "Phường 1", before);
    ASSERT_FALSE(twice.ok());
    EXPECT_EQ(twice.problem().code, "area.ambiguous");
    EXPECT_NE(twice.problem().expected.find("Phường 1 (GSO:"), std::string::npos) << twice.problem().expected;
    EXPECT_EQ(within("GSO:770", "Phường 1", before), "GSO:27160 Phường 1");
}

TEST(AreaNames, TheNearestBelowTheParentAreNamedWithTheirCodes)
{
    EXPECT_EQ(within("GSO:14", "Xã Chiềng Mumg", since).substr(0, 43), "area.unknown: Xã Chiềng Mung (GSO:04123)");
    EXPECT_EQ(within("GSO:14", "Chieng Mung", since).substr(0, 43), "area.unknown: Xã Chiềng Mung (GSO:04123)");
    EXPECT_EQ(within("GSO:14", "Phường Hoàn Kiếm", since), "area.unknown: ");
    EXPECT_EQ(within("GSO:16", "Hoàn Kiếm", since), "area.unknown: GSO:11, GSO:12, GSO:14");
}

TEST(AreaCodes, TheNearestOfThatDayAreNamed)
{
    const auto near = [](std::string_view code, Day day) {
        const auto area = shipped().area("GSO", code, day);
        return area.ok() ? (*area)->code : area.problem().expected;
    };
    EXPECT_EQ(near("1", since).substr(0, 6), "GSO:01");  // The zero a spreadsheet ate.
    EXPECT_EQ(near("4123", since).substr(0, 9), "GSO:04123");
    EXPECT_EQ(near("041230", since), "GSO:04123");
    EXPECT_EQ(near("HANOI", since), "a code of areas.csv, as in GSO:33");
}

TEST(Agencies, TheNearestAreNamed)
{
    const auto wrong = shipped().agency("Sở Tài chín", before);
    ASSERT_FALSE(wrong.ok());
    EXPECT_NE(wrong.problem().expected.find("Sở Tài chính"), std::string::npos) << wrong.problem().expected;
}
