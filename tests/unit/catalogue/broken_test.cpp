// A broken catalogue is refused whole, with every fault at its file, line and character.
#include "hub/model/problem_text.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

using Faults = std::vector<std::string>;

const std::string good_row = "A_1,S,1,Gạo,Rice,,,Tấn,TON,,,month,,,,,H31,,2024-01-01,2025-01-01,act,";

}  // namespace

TEST(BrokenCatalogue, TheSmallOneOfTheseTestsIsSound)
{
    const Folder folder;
    EXPECT_EQ(folder.problems(), Faults{});
}

TEST(BrokenCatalogue, EveryProblemHasItsSentences)
{
    for (const char* code :
         {"catalogue.file",     "catalogue.csv",       "catalogue.columns", "catalogue.duplicate", "catalogue.overlap",
          "catalogue.validity", "catalogue.date",      "catalogue.not_nfc", "catalogue.code",      "catalogue.reference",
          "catalogue.kind",     "catalogue.value",     "catalogue.factor",  "catalogue.base_unit", "catalogue.measures",
          "indicator.unknown",  "indicator.not_valid", "area.unknown",      "area.not_valid",      "area.ambiguous",
          "agency.unknown",     "agency.not_valid",    "unit.unknown",      "unit.dimension",      "breakdown.unknown",
          "vintage.unknown"})
        EXPECT_EQ(problem_text(code).code, code);
}

TEST(BrokenCatalogue, NamesMissingFilesAndColumns)
{
    const Folder folder;
    folder.remove("vintages.csv");
    folder.write("units.csv", "code,dimension,factor,spellings,colour\nKG,mass,1,,\n");
    folder.write("breakdowns.csv", "");
    EXPECT_EQ(folder.problems(), (Faults{"catalogue.columns units.csv:1:33", "catalogue.columns units.csv:1:1",
                                         "catalogue.columns breakdowns.csv:1:1", "catalogue.file vintages.csv"}));
}

TEST(BrokenCatalogue, FindsACodeTwiceAndOverlappingValidity)
{
    const Folder folder;
    folder.indicators({good_row, "A_1,S,2,Lúa,Paddy,,,Tấn,TON,,,month,,,,,H31,,2024-06-01,9999-12-31,act,"});
    EXPECT_EQ(folder.problems(), Faults{"catalogue.overlap indicators.csv:3:1"});
    folder.indicators({good_row, good_row});
    EXPECT_EQ(folder.problems(), Faults{"catalogue.duplicate indicators.csv:3:1"});
    folder.indicators({good_row, "A_1,S,2,Lúa,Paddy,,,Tấn,TON,,,month,,,,,H31,,2025-01-01,9999-12-31,act,"});
    EXPECT_EQ(folder.problems(), Faults{});
}

TEST(BrokenCatalogue, FindsEveryFaultOfARowAtOnce)
{
    const Folder folder;
    folder.indicators({good_row, "a-1,S,x,Gạo,Rice,Z,maybe,Tấn,STONE,,,week,13,,SHAPE,,H99,,2024-02-30,9999-12-31,,"});
    EXPECT_EQ(folder.problems(), (Faults{"catalogue.date indicators.csv:3:59", "catalogue.value indicators.csv:3:81",
                                         "catalogue.code indicators.csv:3:1", "catalogue.value indicators.csv:3:7",
                                         "catalogue.value indicators.csv:3:20", "catalogue.reference indicators.csv:3:30",
                                         "catalogue.kind indicators.csv:3:38", "catalogue.value indicators.csv:3:43",
                                         "catalogue.reference indicators.csv:3:47", "catalogue.reference indicators.csv:3:54",
                                         "catalogue.measures indicators.csv:3:1", "catalogue.reference indicators.csv:3:18"}));
}

TEST(BrokenCatalogue, RefusesARowThatEndsBeforeItBegins)
{
    const Folder folder;
    folder.indicators({"A_1,S,1,Gạo,Rice,,,Tấn,TON,,,month,,,,,H31,,2025-01-01,2024-01-01,act,"});
    EXPECT_EQ(folder.problems(), Faults{"catalogue.validity indicators.csv:2:56"});
}

TEST(BrokenCatalogue, RefusesTextThatIsNotComposed)
{
    const Folder folder;
    folder.write("vintages.csv",
                 "code,name_vi,spellings,act\nofficial,chi\xCC\x81nh thu\xCC\x9B\xCC\x81"
                 "c,CT,act\n");
    EXPECT_EQ(folder.problems(), Faults{"catalogue.not_nfc vintages.csv:2:10"});
}

TEST(BrokenCatalogue, RefusesRowsOfAnotherLength)
{
    const Folder folder;
    folder.write("measures.csv", "indicator,code,set,name_vi,name_en,unit,act\nA_1,VALUE,S,giá trị,value,act\n");
    EXPECT_EQ(folder.problems(), Faults{"catalogue.csv measures.csv:2:1"});
}

TEST(BrokenCatalogue, ChecksUnits)
{
    const Folder folder;
    folder.write("units.csv",
                 "code,dimension,factor,name_vi,spellings\nKG,mass,1,kg,\nTON,mass,-5,tấn,KG\nCHI,mass,3,chỉ,a;;b\n");
    EXPECT_EQ(folder.problems(),
              (Faults{"catalogue.factor units.csv:3:10", "catalogue.value units.csv:4:16", "catalogue.duplicate units.csv:3:17",
                      "catalogue.base_unit units.csv:2:4", "catalogue.factor units.csv:2:9", "catalogue.factor units.csv:3:10"}));
}

TEST(BrokenCatalogue, ADimensionNeedsItsBaseUnit)
{
    const Folder folder;
    folder.write("units.csv", "code,dimension,factor,name_vi,spellings\nKG,mass,2,kg,\nTON,mass,1000,tấn,\n");
    EXPECT_EQ(folder.problems(), Faults{"catalogue.base_unit units.csv:2:4"});
}

TEST(BrokenCatalogue, ChecksMeasures)
{
    const Folder folder;
    folder.write(
        "measures.csv",
        "indicator,code,set,name_vi,name_en,unit,act\nA_1,VALUE,S,giá trị,value,STONE,act\nA_2,VALUE,S,giá trị,value,,act\n"
        "A_1,VALUE,S,giá trị,value,,act\n");
    EXPECT_EQ(folder.problems(), (Faults{"catalogue.reference measures.csv:2:27", "catalogue.reference measures.csv:3:1",
                                         "catalogue.duplicate measures.csv:4:5"}));
    folder.write("measures.csv", "indicator,code,set,name_vi,name_en,unit,act\nA_1,OTHER,S,khác,other,,act\n");
    EXPECT_EQ(folder.problems(), Faults{"catalogue.measures indicators.csv:2:1"});
}

TEST(BrokenCatalogue, ChecksAreasAndAgencies)
{
    const Folder folder;
    folder.write("areas.csv",
                 "code,name_vi,aliases,level,parent,valid_from,valid_to,act\n"
                 "GSO33,Hưng Yên,,province,,2008-08-01,9999-12-31,act\n"
                 "GSO:34,Thái Bình,,planet,GSO:99,2008-08-01,9999-12-31,act\n"
                 "GSO:35,Hà Nam,,province,GSO:36,2008-08-01,9999-12-31,act\n"
                 "GSO:36,Nam Định,,province,GSO:35,2008-08-01,9999-12-31,act\n");
    folder.write("agencies.csv",
                 "code,name_vi,aliases,inferred,valid_from,valid_to,act\n"
                 "H31,UBND tỉnh,,yes,2024-01-01,9999-12-31,act\n"
                 "H32,Sở,ubnd  tỉnh,,2024-01-01,9999-12-31,act\n");
    EXPECT_EQ(folder.problems(), (Faults{"catalogue.code areas.csv:2:1", "catalogue.kind areas.csv:3:19",
                                         "catalogue.reference areas.csv:3:26", "catalogue.reference areas.csv:4:25",
                                         "catalogue.reference areas.csv:5:27", "catalogue.duplicate agencies.csv:3:8"}));
}
