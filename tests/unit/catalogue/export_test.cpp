// A catalogue written again is the same one, and its counts are those of its acts.
#include "hub/catalogue/export.hpp"

#include "hub/catalogue/counts.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

using namespace lienthong;
using namespace lienthong::catalogue;

namespace {

constexpr const char* shipped_folder = LIENTHONG_SOURCE_DIR "/mappings/catalogue";

const LineCount& counted(const std::vector<LineCount>& counts, const std::string& set, const std::string& section)
{
    return *std::find_if(counts.begin(), counts.end(),
                         [&](const LineCount& count) { return count.set == set && count.section == section; });
}

}  // namespace

TEST(Export, OfTheShippedCatalogueIsTheShippedFiles)
{
    std::vector<Problem> problems;
    const auto files = exported(shipped_folder, problems);
    ASSERT_TRUE(problems.empty());
    EXPECT_EQ(files.size(), 19U);
    for (const ExportedFile& file : files) {
        std::ifstream in(std::string(shipped_folder) + "/" + file.name, std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        EXPECT_TRUE(bytes.str() == file.text) << file.name;
    }
}

TEST(Export, LoadsToTheSameDigest)
{
    Folder folder;
    folder.write("units.csv", "name_vi,code,spellings,factor,dimension\n\"tấn, \"\"t\"\"\",TON,t,1000,mass\nkg,KG,,1,mass\n");
    std::vector<Problem> problems;
    const auto files = exported(folder.path(), problems);
    ASSERT_TRUE(problems.empty());
    Folder again;
    ASSERT_TRUE(write_files(again.path(), files).ok());
    EXPECT_EQ(again.load()->digest(), folder.load()->digest());
    const auto units = std::find_if(files.begin(), files.end(), [](const ExportedFile& file) { return file.name == "units.csv"; });
    EXPECT_EQ(units->text, "code,dimension,factor,name_vi,spellings\nKG,mass,1,kg,\nTON,mass,1000,\"tấn, \"\"t\"\"\",t\n");
    EXPECT_EQ(units->rows, 2U);
}

TEST(Export, SaysWhenAFolderCannotBeWrittenTo)
{
    const auto written = write_files("/dev/null/catalogue", {{"units.csv", "code\n", 0}});
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.problem().code, "catalogue.not_written");
}

TEST(Counts, OfPlan197AreThoseOfItsAppendix)
{
    const auto counts = count_lines(shipped());
    const LineCount& all = counted(counts, "DN197", "");
    EXPECT_EQ(all.lines, 158U);
    EXPECT_EQ(all.with_values(), 143U);
    EXPECT_EQ(all.top_level, 90U);
    EXPECT_EQ(all.headings, 15U);
    EXPECT_EQ(all.numbered, 129U);
    EXPECT_EQ(all.unnumbered, 28U);
    const LineCount& insurance = counted(counts, "DN197", "A_IX");
    EXPECT_EQ(insurance.lines, 27U);
    EXPECT_EQ(insurance.numbered, 16U);
    EXPECT_EQ(insurance.unnumbered, 11U);
    EXPECT_EQ(insurance.top_level, 4U);
    EXPECT_EQ(insurance.headings, 7U);
    EXPECT_EQ(counted(counts, "DN197", "A_XIII").lines, 1U);
    EXPECT_EQ(counted(counts, "DN197", "B").lines, 15U);
    EXPECT_EQ(counted(counts, "DN197", "C").top_level, 4U);
    EXPECT_EQ(counted(counts, "DN197", "D").top_level, 7U);
}

TEST(Counts, OfDecision228Are182FormsOf35Bodies)
{
    const auto counts = count_forms(shipped());
    EXPECT_EQ(counts.size(), 36U);
    EXPECT_EQ(counts.back().forms, 182U);
    EXPECT_EQ(counts.back().bodies, 35U);
    EXPECT_EQ(counts.back().numbered_bodies, 34U);
}
