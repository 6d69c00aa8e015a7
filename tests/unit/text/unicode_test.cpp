// Vietnamese text meets itself however it was typed.
#include "hub/text/unicode.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

TEST(Unicode, TellsUtf8FromOtherBytes)
{
    EXPECT_TRUE(text::is_utf8("Hưng Yên"));
    EXPECT_TRUE(text::is_utf8(""));
    for (const char* bytes :
         {"\xFF", "\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "a\xE1\xBB"})
        EXPECT_FALSE(text::is_utf8(bytes));
}

TEST(Unicode, ComposesDecomposedText)
{
    EXPECT_EQ(text::to_nfc("Hu\xCC\x9Bng Ye\xCC\x82n"), "Hưng Yên");
    EXPECT_EQ(text::to_nfc("plain"), "plain");
    EXPECT_EQ(text::to_nfc("\xFF"), std::nullopt);
    EXPECT_TRUE(text::is_nfc("Hưng Yên"));
    EXPECT_FALSE(text::is_nfc("Ye\xCC\x82n"));
    EXPECT_FALSE(text::is_nfc("\xFF"));
}

TEST(Unicode, FoldsCaseBlanksAndTonePlaces)
{
    EXPECT_EQ(text::folded("Khánh  Hoà"), text::folded("KHÁNH HÒA "));
    EXPECT_EQ(text::folded("sức khỏe"), text::folded("sức khoẻ"));
    EXPECT_EQ(text::folded("thủy điện"), text::folded("thuỷ điện"));
    EXPECT_EQ(text::folded("ĐÀ NẴNG"), "đà nẵng");
    EXPECT_EQ(text::folded("tỷ\xC2\xA0"
                           "đồng"),
              "tỷ đồng");
    EXPECT_EQ(text::folded(" Quý  I "), "quý i");
}

TEST(Unicode, KeepsDifferentNamesApart)
{
    EXPECT_NE(text::folded("Hòa"), text::folded("Hóa"));
    EXPECT_NE(text::folded("của"), text::folded("cua"));
    EXPECT_NE(text::folded("Hà Nam"), text::folded("Hà Năm"));
}

TEST(Unicode, OffersTheNearestNamesFirst)
{
    const std::vector<std::string> names = {"Hưng Yên", "Hà Nội", "Hải Phòng", "Thái Bình", "Thái Nguyên"};
    EXPECT_EQ(text::nearest("Hung Yen", names), std::vector<std::string>{"Hưng Yên"});
    EXPECT_EQ(text::nearest("thai binh", names).front(), "Thái Bình");
    EXPECT_TRUE(text::nearest("Cần Thơ", names).empty());
    EXPECT_EQ(text::nearest("A_I_9", {"A_I_1", "A_I_2", "A_I_3", "A_I_4"}).size(), 3U);
    EXPECT_TRUE(text::nearest(std::string(100000, 'x'), names).empty());
}

TEST(Unicode, TidiesBlanksAndFormAndKeepsTheLetters)
{
    EXPECT_EQ(text::tidied("  Co\xCC\x82\xCC\x89ng\xC2\xA0 \tHoà \xE2\x80\x8B" "Bình\n"), "Cổng Hoà Bình");
    EXPECT_EQ(text::tidied("a\xFF"), "a\xEF\xBF\xBD");
    EXPECT_EQ(text::tidied(" \t"), "");
}

TEST(Unicode, TakesEveryMarkOffForGuessing)
{
    EXPECT_EQ(text::unmarked("Kỳ báo cáo"), "ky bao cao");
    EXPECT_EQ(text::unmarked("ĐƠN VỊ"), "don vi");
    EXPECT_EQ(text::unmarked("Ky\xCC\x80 Q"), "ky q");
    EXPECT_EQ(text::unmarked("maTinh"), "matinh");
}
