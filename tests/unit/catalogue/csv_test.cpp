// CSV is read strictly, and every cell knows its place.
#include "hub/catalogue/csv.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

std::string fault(std::string_view bytes)
{
    const auto rows = read_csv(bytes, "f.csv");
    return rows.ok() ? "ok" : rows.problem().code + ' ' + rows.problem().place;
}

}  // namespace

TEST(Csv, ReadsQuotedCellsWithEverythingInThem)
{
    const auto rows = read_csv("a,\"b,\"\"c\"\"\nd\",e\r\n,,\n\n", "f.csv");
    ASSERT_TRUE(rows.ok());
    ASSERT_EQ(rows->size(), 2U);
    ASSERT_EQ((*rows)[0].size(), 3U);
    EXPECT_EQ((*rows)[0][1].text, "b,\"c\"\nd");
    EXPECT_EQ((*rows)[1].size(), 3U);
}

TEST(Csv, PartsCellsByAnotherSeparatorWhereOneIsNamed)
{
    const auto rows = read_csv("a;\"b;c\";d,e\n", "f.csv", ';');
    ASSERT_TRUE(rows.ok());
    ASSERT_EQ((*rows)[0].size(), 3U);
    EXPECT_EQ((*rows)[0][1].text, "b;c");
    EXPECT_EQ((*rows)[0][2].text, "d,e");
}

TEST(Csv, ShowsWhatItFoundInWholeCharacters)
{
    const auto rows = read_csv("x\x01;1234567890123456\u1EA5", "f.csv");
    ASSERT_FALSE(rows.ok());
    EXPECT_EQ(rows.problem().found, "\x01;1234567890123456…");
}

TEST(Csv, KnowsLineAndCharacterOfEveryCell)
{
    const auto rows = read_csv("\xEF\xBB\xBFmã,tên\n\"Hưng\nYên\",x", "f.csv");
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ((*rows)[0][1].column, 4U);
    EXPECT_EQ((*rows)[1][0].line, 2U);
    EXPECT_EQ((*rows)[1][1].line, 3U);
    EXPECT_EQ((*rows)[1][1].column, 6U);
}

TEST(Csv, RefusesWhatRfc4180DoesNotAllow)
{
    EXPECT_EQ(fault("a,b\nx,\"open"), "catalogue.csv f.csv:2:3");
    EXPECT_EQ(fault("a,b\nx,y\"z"), "catalogue.csv f.csv:2:4");
    EXPECT_EQ(fault("a,\"b\"c"), "catalogue.csv f.csv:1:6");
    EXPECT_EQ(fault("a\rb"), "catalogue.csv f.csv:1:2");
    EXPECT_EQ(fault("a\tb"), "catalogue.csv f.csv:1:2");
    EXPECT_EQ(fault("a\nb\xFF"), "catalogue.csv f.csv:2:1");
    EXPECT_EQ(fault(""), "ok");
}
