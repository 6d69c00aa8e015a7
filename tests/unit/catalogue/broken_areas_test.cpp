// Faults of areas and lineage, as people bring them in with a spreadsheet: each is named with its place and its remedy.
#include "hub/model/problem_text.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

using Sentences = std::vector<std::string>;

const std::string header = "code,name_vi,aliases,level,parent,valid_from,valid_to,act\n";
const std::string events = "from,to,kind,day,act,share\n";

/// Every problem of a catalogue with these areas and events, as people read it.
Sentences sentences(const std::string& areas, const std::string& lineage = {})
{
    const Folder folder;
    folder.write("areas.csv", areas);
    if (!lineage.empty())
        folder.write("area_lineage.csv", lineage);
    return folder.sentences();
}

/// Two provinces until 2025-07-01 and two since, and the events between them.
Sentences after(const std::string& lineage)
{
    return sentences(header +
                         "GSO:10,Lào Cai,,province,,2008-08-01,2025-07-01,act\n"
                         "GSO:15,Yên Bái,,province,,2008-08-01,2025-07-01,act\n"
                         "GSO:15,Lào Cai,,province,,2025-07-01,9999-12-31,act\n"
                         "GSO:16,Sa Pa,,province,,2025-07-01,9999-12-31,act\n"
                         "GSO:17,Hoà Bình,,province,,2008-08-01,9999-12-31,act\n",
                     events + lineage);
}

}  // namespace

TEST(BrokenAreas, OneCodeTwiceOrOnOverlappingDays)
{
    EXPECT_EQ(
        sentences(header + "GSO:15,Yên Bái,,province,,2008-08-01,2025-07-02,act\n"
                           "GSO:15,Lào Cai,,province,,2025-07-01,9999-12-31,act\n"),
        Sentences{"areas.csv:3:1: two rows of one code hold on the same day; found 'GSO:15'; expected a validity apart from "
                  "that at areas.csv:2 [catalogue.overlap]"});
    EXPECT_EQ(sentences(header + "GSO:15,Yên Bái,,province,,2008-08-01,2025-07-01,act\n"
                                 "GSO:15,Yên Bái,,province,,2008-08-01,2025-07-01,act\n"),
              Sentences{"areas.csv:3:1: the code stands twice; found 'GSO:15'; expected once; also at areas.csv:2 "
                        "[catalogue.duplicate]"});
}

TEST(BrokenAreas, AParentThatIsNotThereForAllOfTheTime)
{
    const std::string province = "GSO:14,Sơn La,,province,,2008-08-01,2025-07-01,act\n";
    EXPECT_EQ(
        sentences(header + "GSO:00070,Xã A,,commune,GSO:14,2020-01-01,9999-12-31,act\n" + province),
        Sentences{"areas.csv:2:25: the parent is no area on 2025-07-01, a day of the row; found 'GSO:14'; expected a code that "
                  "holds from 2020-01-01 until before 9999-12-31; this one holds from 2008-08-01 until before 2025-07-01 "
                  "[catalogue.reference]"});
    EXPECT_EQ(sentences(header + "GSO:00070,Xã A,,commune,GSO:14,2020-01-01,9999-12-31,act\n" + province +
                        "GSO:14,Sơn La,,province,,2025-07-01,9999-12-31,act\n"),
              Sentences{});
    EXPECT_EQ(sentences(header + "GSO:00070,Xã A,,commune,GSO:41,2020-01-01,9999-12-31,act\n" + province),
              Sentences{"areas.csv:2:25: no area has the parent's code; found 'GSO:41'; expected a code of areas.csv or nothing "
                        "[catalogue.reference]"});
}

TEST(BrokenAreas, AParentWhoseCodePassesToAnotherArea)
{
    EXPECT_EQ(
        sentences(header + "GSO:00070,Xã A,,commune,GSO:15,2020-01-01,9999-12-31,act\n"
                           "GSO:10,Lào Cai,,province,,2008-08-01,2025-07-01,act\n"
                           "GSO:15,Yên Bái,,province,,2008-08-01,2025-07-01,act\n"
                           "GSO:15,Lào Cai,,province,,2025-07-01,9999-12-31,act\n",
                  events + "GSO:10,GSO:15,merge,2025-07-01,act,\nGSO:15,GSO:15,merge,2025-07-01,act,\n"),
        Sentences{"areas.csv:2:25: the parent's code passes to another area on 2025-07-01, a day of the row; found 'GSO:15'; "
                  "expected two rows, one until 2025-07-01 and one from it [catalogue.reference]"});
}

TEST(BrokenAreas, SemicolonsOfAVietnameseSpreadsheet)
{
    EXPECT_EQ(
        sentences("code;name_vi;aliases;level;parent;valid_from;valid_to;act\n"
                  "GSO:14;Sơn La;;province;;2008-08-01;9999-12-31;act\n"),
        Sentences{"areas.csv:1:5: the cells are parted by semicolons, as a spreadsheet with Vietnamese settings saves them; "
                  "found 'code;name_vi;aliases;level;parent;valid_from;valid_to;act'; expected commas: set ',' as list "
                  "separator and save as 'CSV UTF-8' [catalogue.csv]"});
}

TEST(BrokenAreas, ByteOrderMarksAndUtf16)
{
    const std::string row = "GSO:14,Sơn La,,province,,2008-08-01,9999-12-31,act\n";
    EXPECT_EQ(sentences("\xEF\xBB\xBF" + header + row), Sentences{});
    EXPECT_EQ(
        sentences(header + row + "\xEF\xBB\xBFGSO:15,Lào Cai,,province,,2008-08-01,9999-12-31,act\n"),
        Sentences{"areas.csv:3:1: a byte order mark stands inside the file, as where two files were joined; expected at most "
                  "one mark, at the very beginning [catalogue.csv]"});
    EXPECT_EQ(sentences(std::string("\xFF\xFE") + "c\0o\0"),
              Sentences{"areas.csv:1:1: the file is UTF-16, as a spreadsheet saves 'Unicode text'; expected UTF-8: save as 'CSV "
                        "UTF-8 (comma delimited)' [catalogue.csv]"});
}

TEST(BrokenAreas, AFileThatWasCutOff)
{
    const std::string row = "GSO:14,Sơn La,,province,,2008-08-01,9999-12-31,202/2025/QH15\n";
    EXPECT_EQ(
        sentences(header + row.substr(0, row.size() - 4)),
        Sentences{"areas.csv:2:48: the file ends in the middle of a line, as one that was cut off; found '202/2025/Q'; expected "
                  "a line feed after the last row: fetch or save the whole file again [catalogue.csv]"});
    EXPECT_EQ(sentences(""),
              Sentences{"areas.csv:1:1: the file has no header row; expected code, name_vi, aliases, level, parent, "
                        "valid_from, valid_to, act [catalogue.columns]"});
}

TEST(BrokenAreas, ComposedAndDecomposedNamesInOneFile)
{
    EXPECT_EQ(sentences(header + "GSO:14,Sơn La,,province,,2008-08-01,9999-12-31,act\n"
                                 "GSO:15,La\xCC\x80o Cai,,province,,2008-08-01,9999-12-31,act\n"),
              Sentences{"areas.csv:3:8: the text is not in Unicode form NFC; found 'La\xCC\x80o Cai'; expected Lào Cai "
                        "[catalogue.not_nfc]"});
}

TEST(BrokenAreas, OneSlipInEveryRowIsToldAHundredTimesAndNoMore)
{
    std::string areas = header;
    for (unsigned code = 1000; code < 1300; ++code)
        areas += "GSO:" + std::to_string(code) + ",Xã A,,planet,,2020-01-01,9999-12-31,act\n";
    const Sentences told = sentences(areas);
    ASSERT_EQ(told.size(), 101U);
    EXPECT_EQ(told[99],
              "areas.csv:101:16: not a level of areas; found 'planet'; expected country, province, district or commune "
              "[catalogue.kind]");
    EXPECT_EQ(told[100], "areas.csv: the file has more faults, which are not listed [catalogue.kind]");
}

TEST(BrokenLineage, NamesAreasThatDoNotHoldThatDay)
{
    EXPECT_EQ(
        after("GSO:16,GSO:10,recode,2025-07-01,act,\n"),
        (Sentences{"area_lineage.csv:2:1: no area has this code on the day before; found 'GSO:16'; expected a code of areas.csv "
                   "that holds on 2025-06-30 [catalogue.reference]",
                   "area_lineage.csv:2:8: no area has this code on the day; found 'GSO:10'; expected a code of areas.csv that "
                   "holds on 2025-07-01 [catalogue.reference]"}));
}

TEST(BrokenLineage, HasKindsDaysAndSharesOfNoMeaning)
{
    EXPECT_EQ(
        after("GSO:10,GSO:15,fusion,2025-07-01,,2\n"),
        (Sentences{"area_lineage.csv:2:15: not a kind of change; found 'fusion'; expected merge, split, rename, recode, "
                   "kind_change or abolished [catalogue.kind]",
                   "area_lineage.csv:2:33: the column act must not be empty [catalogue.value]",
                   "area_lineage.csv:2:34: not the share of an area that is split; found '2'; expected a decimal above 0 and at "
                   "most 1, of at most nine places, or nothing [catalogue.value]"}));
    EXPECT_EQ(
        after("GSO:10,GSO:15,abolished,2025-07-01,act,\n"),
        Sentences{"area_lineage.csv:2:8: an abolished area goes into none; found 'GSO:15'; expected nothing, or another kind "
                  "[catalogue.value]"});
}

TEST(BrokenLineage, SaysTheSameTwiceOrContradictsItself)
{
    EXPECT_EQ(
        after("GSO:10,GSO:15,split,2025-07-01,act,0.5\nGSO:10,GSO:16,split,2025-07-01,act,0.4\n"
              "GSO:15,GSO:15,merge,2025-07-01,act,\n"),
        Sentences{
            "area_lineage.csv:2:36: the shares of the area do not add up to 1; found '0.5'; expected shares of sum 1 on all "
            "its rows [catalogue.lineage]"});
    EXPECT_EQ(after("GSO:10,GSO:15,merge,2025-07-01,act,\nGSO:10,GSO:15,merge,2025-07-01,act,\n"),
              (Sentences{
                  "area_lineage.csv:2:15: the area went to several areas that day; found 'merge'; expected kind split on each of "
                  "its rows [catalogue.lineage]",
                  "area_lineage.csv:3:8: the event stands twice; found 'GSO:15'; expected once; also at area_lineage.csv:2 "
                  "[catalogue.duplicate]"}));
    EXPECT_EQ(
        after("GSO:10,GSO:16,split,2025-07-01,act,\n"),
        Sentences{
            "area_lineage.csv:2:15: an area is split among several, and this is the only one; found 'split'; expected a row "
            "for each area that has a part, or kind merge [catalogue.lineage]"});
    EXPECT_EQ(
        after("GSO:10,GSO:16,merge,2025-07-01,act,\n"),
        Sentences{"area_lineage.csv:2:15: nothing else went into the area that day; found 'merge'; expected kind rename, recode "
                  "or kind_change [catalogue.lineage]"});
    EXPECT_EQ(
        after("GSO:10,GSO:15,recode,2025-07-01,act,\nGSO:15,GSO:15,merge,2025-07-01,act,\n"),
        Sentences{"area_lineage.csv:2:15: others went into the same area that day; found 'recode'; expected kind merge or split "
                  "[catalogue.lineage]"});
    EXPECT_EQ(after("GSO:15,GSO:15,recode,2025-07-01,act,\n"),
              Sentences{"area_lineage.csv:2:15: the code is the same; found 'recode'; expected kind rename or kind_change "
                        "[catalogue.lineage]"});
}

TEST(BrokenLineage, ForgetsWhatIsLeftOfAnAreaThatGoesOn)
{
    EXPECT_EQ(
        after("GSO:17,GSO:16,rename,2025-07-01,act,\n"),
        Sentences{"area_lineage.csv:2:1: the area goes on after the day, but no row says what is left of it; found 'GSO:17'; "
                  "expected a row from GSO:17 to itself, or 2025-07-01 as its valid_to in areas.csv [catalogue.lineage]"});
    EXPECT_EQ(
        after("GSO:10,GSO:17,rename,2025-07-01,act,\n"),
        Sentences{"area_lineage.csv:2:8: the area was there before the day, but no row says that it goes on; found 'GSO:17'; "
                  "expected a row from GSO:17 to itself, or 2025-07-01 as its valid_from in areas.csv [catalogue.lineage]"});
}

TEST(BrokenLineage, GoesRoundInACircle)
{
    const std::string areas = header +
                              "GSO:1,A,,commune,,2020-01-01,2025-07-01,act\n"
                              "GSO:1,X,,commune,,2025-07-01,9999-12-31,act\n"
                              "GSO:2,B,,commune,,2020-01-01,2025-07-01,act\n"
                              "GSO:2,Y,,commune,,2025-07-01,9999-12-31,act\n";
    EXPECT_EQ(
        sentences(areas, events + "GSO:1,GSO:2,rename,2025-07-01,act,\nGSO:2,GSO:1,rename,2025-07-01,act,\n"),
        Sentences{"area_lineage.csv:2:7: the areas of the day go round in a circle: GSO:1 to GSO:2 to GSO:1; found 'GSO:2'; "
                  "expected one direction; areas that trade codes are of kind recode [catalogue.cycle]"});
    EXPECT_EQ(sentences(areas, events + "GSO:1,GSO:2,recode,2025-07-01,act,\nGSO:2,GSO:1,recode,2025-07-01,act,\n"), Sentences{});
}

TEST(BrokenLineage, EveryProblemHasItsSentences)
{
    for (const char* code : {"catalogue.lineage", "catalogue.cycle", "area.not_additive", "area.no_longer"})
        EXPECT_EQ(problem_text(code).code, code);
}
