// What differs between two catalogues, and when a code was given another meaning.
#include "hub/catalogue/diff.hpp"

#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

constexpr const char* rice = "A_1,S,1,Gạo,Rice,,,Tấn,TON,,,month,,,,,H31,,2024-01-01,9999-12-31,act,";

std::vector<FileDiff> compared(const Folder& older, const Folder& newer)
{
    std::vector<Problem> problems;
    auto out = diff(older.path(), newer.path(), problems);
    EXPECT_TRUE(problems.empty());
    return out;
}

}  // namespace

TEST(Diff, OfOneCatalogueWithItselfIsEmpty)
{
    const Folder folder;
    EXPECT_TRUE(compared(folder, folder).empty());
}

TEST(Diff, NamesRowsAddedRemovedAndChangedCellByCell)
{
    const Folder older;
    const Folder newer;
    older.indicators({rice, "A_2,S,2,Ngô,Maize,,yes,,,,,,,,,,,,2024-01-01,9999-12-31,act,"});
    newer.indicators({"A_1,S,1,GẠO,Rice,,,Tấn,KG,,,month,,,,,H31,,2024-01-01,9999-12-31,act,weighed",
                      "A_3,S,3,Khoai,Potatoes,,yes,,,,,,,,,,,,2024-01-01,9999-12-31,act,"});
    const auto files = compared(older, newer);
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0].file, "indicators.csv");
    EXPECT_EQ(files[0].added, std::vector<std::string>{"A_3 from 2024-01-01"});
    EXPECT_EQ(files[0].removed, std::vector<std::string>{"A_2 from 2024-01-01"});
    ASSERT_EQ(files[0].changed.size(), 1U);
    const RowChange& row = files[0].changed[0];
    EXPECT_EQ(row.place, "indicators.csv:2");
    ASSERT_EQ(row.cells.size(), 3U);
    EXPECT_EQ(row.cells[0].column, "name_vi");
    EXPECT_EQ(row.cells[1].column, "unit");
    EXPECT_EQ(row.cells[2].column, "note");
    // Other capitals, and another unit of the same dimension, leave the meaning.
    EXPECT_TRUE(changes_of_meaning(files).empty());
}

TEST(Diff, CallsOutAnotherMeaningUnderAnOldCode)
{
    const Folder older;
    const Folder newer;
    newer.indicators({"A_1,S,1,Ngô,Maize,,,Tấn,TON,,,month,,,,,H31,,2024-01-01,9999-12-31,act,"});
    newer.write("areas.csv",
                "code,name_vi,aliases,level,parent,valid_from,valid_to,act\n"
                "GSO:33,Tỉnh Hưng Yên,,commune,,2008-08-01,9999-12-31,act\n");
    const auto found = changes_of_meaning(compared(older, newer));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].code, "catalogue.meaning_changed");
    EXPECT_EQ(found[0].place, "areas.csv:2");
    EXPECT_EQ(found[0].found, "commune");
    EXPECT_EQ(found[1].place, "indicators.csv:2");
    EXPECT_NE(found[1].expected.find("Gạo"), std::string::npos);
    EXPECT_NE(found[1].rule.find("228/QĐ-UBND"), std::string::npos);
}

TEST(Diff, SeesAnotherMeaningWhereTheFirstDayWasMovedWithIt)
{
    const Folder older;
    const Folder newer;
    newer.indicators({"A_1,S,1,Ngô,Maize,,,Tấn,TON,,,month,,,,,H31,,2024-02-01,9999-12-31,act,"});
    EXPECT_EQ(changes_of_meaning(compared(older, newer)).size(), 1U);
}

TEST(Diff, LetsACodeBeHeldByAnotherOnceTheFirstHasEnded)
{
    const Folder older;
    const Folder newer;
    newer.write("areas.csv",
                "code,name_vi,aliases,level,parent,valid_from,valid_to,act\n"
                "GSO:33,Tỉnh Hưng Yên,,province,,2008-08-01,2025-07-01,act\n"
                "GSO:33,Tỉnh khác,,province,,2025-07-01,9999-12-31,act\n");
    const auto files = compared(older, newer);
    EXPECT_EQ(files.at(0).added.size(), 1U);
    EXPECT_TRUE(changes_of_meaning(files).empty());
}

TEST(Diff, FillingAnEmptyUnitSettlesWhatWasOpen)
{
    const Folder older;
    const Folder newer;
    older.indicators({"A_1,S,1,Gạo,Rice,,,,,,,month,,,,,H31,,2024-01-01,9999-12-31,act,"});
    EXPECT_TRUE(changes_of_meaning(compared(older, newer)).empty());
    EXPECT_EQ(changes_of_meaning(compared(newer, older)).size(), 1U);
}
