// What a frequency says, what it refuses to be read from, and its canonical text.
#include "hub/text/frequency.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using text::Frequency;
using text::FrequencyKind;
using text::Season;

namespace {

Frequency read(std::string_view written)
{
    auto result = text::frequency_from(written);
    EXPECT_TRUE(result.ok()) << written << ": " << (result.ok() ? "" : result.problem().sentence());
    return result.ok() ? *result : Frequency{};
}

Problem refused(std::string_view written)
{
    const auto result = text::frequency_from(written);
    EXPECT_FALSE(result.ok()) << written << " is read as " << (result.ok() ? to_text(*result) : "");
    return result.ok() ? Problem{} : result.problem();
}

}  // namespace

TEST(Frequency, ListsItsKindsInOneOrderHoweverTheyAreWritten)
{
    EXPECT_EQ(read("Năm/Quý, Tháng").kinds, (std::vector{FrequencyKind::month, FrequencyKind::quarter, FrequencyKind::year}));
    EXPECT_EQ(read("Tháng, Quý/Năm"), read("Năm/Quý/Tháng"));
    EXPECT_EQ(to_text(read("mùa vụ, năm, 9 tháng, 6 tháng, quí, tháng, ngày, giờ")), "H;D;M;Q;S;M9;A;CROP");
}

TEST(Frequency, KeepsTheMonthsOfAList)
{
    EXPECT_EQ(read("Tháng 11, 07").months, (std::vector<unsigned>{7, 11}));
    EXPECT_EQ(read("Tháng 7/11 hằng năm"), read("Tháng 7, 11"));
    EXPECT_EQ(to_text(read("Tháng 7 (ngày 20/7/năm báo cáo)")), "M@07@07-20");
    for (const char* written :
         {"Tháng 13", "Tháng 0", "Tháng 7, 7", "Tháng 7,", "Tháng 7, 11, Năm", "Quý 7", "Quý, Tháng 7", "Tháng 7, 11 hàng"})
        EXPECT_EQ(refused(written).code, "frequency.malformed");
}

TEST(Frequency, ADateIsToldApart)
{
    const Frequency december = read("Tháng 12/2025");
    ASSERT_TRUE(december.date);
    EXPECT_EQ(to_text(*december.date), "2025-12");
    EXPECT_TRUE(december.kinds.empty());
    EXPECT_EQ(to_text(read("Quý I/2025")), "@2025-Q1");
    EXPECT_EQ(to_text(read("tháng 6 năm 2025")), "@2025-06");
    EXPECT_FALSE(read("Tháng 12").date);
    EXPECT_EQ(refused("Tháng 13/2025").code, "frequency.malformed");
}

TEST(Frequency, SixMonthsAYearIsAmbiguousInEverySpellingAndHasTwoReadings)
{
    for (const char* written : {"06 tháng /năm", "6 Tháng/ Năm", "6 tháng/năm"}) {
        const Frequency frequency = read(written);
        EXPECT_TRUE(frequency.ambiguous);
        const auto both = readings(frequency);
        ASSERT_EQ(both.size(), 2U);
        EXPECT_EQ(both[0], read("6 tháng, Năm"));
        EXPECT_EQ(both[1], read("6 tháng"));
    }
    for (const char* written : {"6 tháng, năm", "6 tháng/ cả năm", "Năm/6 tháng", "Quý/6 tháng/Năm", "6 tháng/9 tháng/Năm",
                                "6 tháng/Năm/Quý", "Tháng/Năm"}) {
        EXPECT_FALSE(read(written).ambiguous) << written;
        EXPECT_EQ(readings(read(written)), std::vector{read(written)}) << written;
    }
    EXPECT_EQ(to_text(read("9 tháng/năm")), "M9;A?");
}

TEST(Frequency, KeepsTheWordsOfTheSystemItComesFromInRealTime)
{
    EXPECT_EQ(read("Cập nhật từ hệ thống QLVB&ĐH theo thời gian thực").source, "hệ thống QLVB&ĐH");
    EXPECT_EQ(read("CẬP NHẬT TỪ  Cổng\u00A0dịch vụ công  theo Thời gian thực").source, "Cổng dịch vụ công");
    EXPECT_EQ(to_text(read("cập nhật từ LGSP theo thời gian thực")), "REALTIME:LGSP");
    for (const char* written : {"Cập nhật từ theo thời gian thực", "theo thời gian thực", "Cập nhật từ LGSP",
                                "từ LGSP theo thời gian thực", "Cập nhật từ A\x01 theo thời gian thực",
                                "Cập nhật từ \xFF theo thời gian thực", "Cập nhật từ LGSP theo thời gian thực, Tháng"})
        EXPECT_EQ(refused(written).code, "frequency.malformed");
    EXPECT_EQ(refused("Cập nhật từ " + std::string(301, 'x') + " theo thời gian thực").code, "frequency.malformed");
}

TEST(Frequency, NamesCropSeasons)
{
    EXPECT_EQ(read("Vụ Mùa, vụ Đông xuân").seasons, (std::vector{Season::winter_spring, Season::main}));
    EXPECT_EQ(to_text(read("vụ đông xuân/hè thu")), "CROP@DONG_XUAN,HE_THU");
    EXPECT_EQ(to_text(read("Vụ Mùa (ngày 20/9/năm báo cáo)")), "CROP@MUA@09-20");
    EXPECT_EQ(to_vietnamese(read("vụ mùa/đông xuân")), "Vụ Đông xuân, vụ Mùa");
    EXPECT_TRUE(read("Mùa vụ").seasons.empty());
    for (const char* written :
         {"Vụ", "Mùa", "Đông xuân", "Vụ Đông", "Vụ Hè", "Vụ Mùa, Mùa", "vụ vụ Mùa", "Vụ Mùa, Năm", "Mùa vụ Mùa"})
        EXPECT_EQ(refused(written).code, "frequency.malformed");
}

TEST(Frequency, ADueDayStandsBesideTheKindItFits)
{
    EXPECT_EQ(read("Tháng (ngày 02/tháng sau tháng báo cáo)").due, (text::DueRule{.day = 2, .following = true}));
    EXPECT_EQ(read("Năm (ngày 10/2/năm sau năm báo cáo)").due, (text::DueRule{.day = 10, .month = 2, .following = true}));
    EXPECT_EQ(read("Tháng (ngày 30/tháng báo cáo)"), read("Tháng (ngày 30 hàng tháng)"));
    for (const char* written :
         {"Quý (ngày 30 hàng tháng)", "Năm (ngày 02/tháng sau tháng báo cáo)", "Ngày (ngày 06/4/năm báo cáo)",
          "Giờ (ngày 30 hàng tháng)", "Quý, Năm (ngày 06/4/năm báo cáo)", "6 tháng/năm (ngày 06/4/năm báo cáo)"})
        EXPECT_NE(refused(written).expected.find("beside one kind"), std::string::npos) << written;
    for (const char* written : {"Năm (ngày 31/4/năm báo cáo)", "Năm (ngày 30/2/năm báo cáo)", "Tháng (ngày 32 hàng tháng)",
                                "Tháng (ngày 0 hàng tháng)", "Năm (ngày 06/13/năm báo cáo)"})
        EXPECT_EQ(refused(written).expected, "a day that exists") << written;
    EXPECT_TRUE(read("Năm (ngày 29/2/năm báo cáo)").due);
    for (const char* written :
         {"Năm ()", "Năm (ngày)", "Năm (ngày 06/0/năm báo cáo)", "Tháng (ngày 006 hàng tháng)", "Năm (ngày 06/4)",
          "Năm (ngày 06/4/năm)", "Năm (ngày 06/4/năm sau báo cáo)", "Năm (ngày 06/4/năm báo cáo", "Năm ngày 06/4/năm báo cáo",
          "(ngày 06/4/năm báo cáo)", "Năm (ngày 06/4/tháng báo cáo)", "Tháng (ngày 02/năm báo cáo)", "Tháng (ngày 30 hàng năm)"})
        EXPECT_EQ(refused(written).code, "frequency.malformed");
}

TEST(Frequency, RefusesEverythingElse)
{
    for (const char* written : {"",       " ",           "Tuần",         "đột xuất",   "Tháng Quý", "Tháng;Quý",     "Tháng//Quý",
                                "/Tháng", "Tháng/Tháng", "7 tháng",      "006 tháng",  "6",         "tháng 6 tháng", "cả tháng",
                                "cả",     "Thang",       "01 tháng/lần", "hàng tháng", "\xFF",      "Tháng\xFF"})
        EXPECT_EQ(refused(written).code, "frequency.malformed");
    EXPECT_EQ(refused(std::string(2000, ' ') + "Tháng").code, "frequency.malformed");
}

TEST(Frequency, ARefusalSaysFromWhereOnAndWhatWouldBeRight)
{
    const Problem week = refused("Tháng/ Tuần");
    EXPECT_EQ(week.found, "Tháng/ Tuần");
    EXPECT_EQ(week.detail, "not a frequency from 'tuần' on");
    EXPECT_EQ(week.expected, "giờ, ngày, tháng, quý, 6 tháng, 9 tháng, năm or mùa vụ, each once");
    EXPECT_EQ(refused("Quý/7 tháng").detail, "not a frequency from '7 tháng' on");
    EXPECT_EQ(refused("Quý (ngày 30 hàng tháng)").detail, "not a frequency from '(ngày 30 hàng tháng)' on");
    EXPECT_EQ(refused("Quý/").detail, "not a frequency: it ends too early");
    EXPECT_EQ(refused("Tháng 7, 13").expected, "months 1 to 12, each once");
    EXPECT_EQ(refused("Tháng 7, 7").expected, "months 1 to 12, each once");
}

TEST(Frequency, ReadsCanonicalTextOnlyAsItIsWritten)
{
    for (const char* canonical : {"H", "M;Q;A", "M@07,11", "M@07,11@D30", "CROP@DONG_XUAN,HE_THU,MUA", "CROP@MUA@+1:02-10",
                                  "M@D30", "M@+1:D02", "Q@04-06", "A@+1:02-10", "S;A?", "M9;A?", "REALTIME:LGSP",
                                  "REALTIME:a%20b", "@2025-12", "@2025-Q3", "@2025", "A@02-29"}) {
        const auto result = text::frequency_from_canonical(canonical);
        ASSERT_TRUE(result.ok()) << canonical;
        EXPECT_EQ(to_text(*result), canonical);
    }
    for (const char* written : {"",
                                "m",
                                "M ",
                                "M;",
                                ";M",
                                "A;M",
                                "M;M",
                                "M,Q",
                                "W",
                                "M@",
                                "M@7",
                                "M@11,07",
                                "M@07,",
                                "M@00",
                                "M@13",
                                "Q@07",
                                "M;Q@07",
                                "M@D30@07",
                                "M@D0",
                                "M@D32",
                                "M@D3",
                                "M@+2:D02",
                                "M@+1:07",
                                "Q@D30",
                                "Q@04-31",
                                "Q@4-6",
                                "H@04-06",
                                "M;Q@04-06",
                                "A@02-30",
                                "S;A??",
                                "M;A?",
                                "S?",
                                "S;M9;A?",
                                "S;A?@04-06",
                                "CROP@MUA,MUA",
                                "CROP@mua",
                                "M@MUA",
                                "REALTIME:",
                                "REALTIME:a b",
                                "REALTIME:%41",
                                "REALTIME:%20a",
                                "REALTIME:%e1%bb%87",
                                "REALTIME:%FF",
                                "REALTIME:%01",
                                "REALTIME:%",
                                "REALTIME:%4",
                                "@",
                                "@2025-13",
                                "@2025-12@D30",
                                "M@2025-12",
                                "tháng"}) {
        const auto result = text::frequency_from_canonical(written);
        ASSERT_FALSE(result.ok()) << written;
        EXPECT_EQ(result.problem().code, "frequency.malformed");
    }
}

TEST(Frequency, WhatDoesNotGoTogetherDoesNotExist)
{
    EXPECT_FALSE(exists(Frequency{}));
    EXPECT_FALSE(exists(Frequency{.kinds = {FrequencyKind::year, FrequencyKind::month}}));
    EXPECT_FALSE(exists(Frequency{.kinds = {FrequencyKind::month}, .source = "LGSP"}));
    EXPECT_FALSE(exists(Frequency{.kinds = {FrequencyKind::month}, .date = text::Period{.year = 2025}}));
    EXPECT_FALSE(exists(Frequency{.source = "LGSP", .date = text::Period{.year = 2025}}));
    EXPECT_FALSE(exists(Frequency{.source = " LGSP"}));
    EXPECT_FALSE(exists(Frequency{.date = text::Period{.year = 25}}));
    EXPECT_TRUE(exists(Frequency{.date = text::Period{.year = 2025}}));
}

TEST(Frequency, HasTheCodeOfSdmxWhereSdmxHasOne)
{
    using text::sdmx_frequency;
    EXPECT_EQ(sdmx_frequency(FrequencyKind::hour), "H");
    EXPECT_EQ(sdmx_frequency(FrequencyKind::day), "D");
    EXPECT_EQ(sdmx_frequency(FrequencyKind::month), "M");
    EXPECT_EQ(sdmx_frequency(FrequencyKind::quarter), "Q");
    EXPECT_EQ(sdmx_frequency(FrequencyKind::half), "S");
    EXPECT_EQ(sdmx_frequency(FrequencyKind::year), "A");
    EXPECT_EQ(sdmx_frequency(FrequencyKind::nine_months), std::nullopt);
    EXPECT_EQ(sdmx_frequency(FrequencyKind::season), std::nullopt);
}

TEST(Frequency, HasAKindOfPeriodWhereOneIs)
{
    EXPECT_EQ(text::period_kind(FrequencyKind::nine_months), text::PeriodKind::nine_months);
    EXPECT_EQ(text::period_kind(FrequencyKind::day), text::PeriodKind::day);
    EXPECT_EQ(text::period_kind(FrequencyKind::hour), std::nullopt);
    EXPECT_EQ(text::period_kind(FrequencyKind::season), std::nullopt);
}
