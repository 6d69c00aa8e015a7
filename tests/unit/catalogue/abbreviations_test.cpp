// What is written short in names, and its words.
#include "hub/catalogue/abbreviations.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

using namespace lienthong::catalogue;

namespace {

using Faults = std::vector<std::string>;
const std::string header = "abbreviation,words,act\n";

}  // namespace

TEST(Abbreviations, AreWrittenOutAsWholeWords)
{
    Folder folder;
    folder.write("abbreviations.csv", header + "BHXH,bảo hiểm xã hội,act\nBHYT,bảo hiểm y tế,act\n");
    const auto catalogue = folder.load();
    EXPECT_EQ(catalogue->spelled_out("Thu BHXH, bhyt"), "thu bảo hiểm xã hội, bảo hiểm y tế");
    EXPECT_EQ(catalogue->spelled_out("BHXHX và XBHXH"), "bhxhx và xbhxh");
    EXPECT_EQ(catalogue->abbreviations().front().place, "abbreviations.csv:2");
}

TEST(Abbreviations, ChangeNoDigestAndMayBeAbsent)
{
    Folder folder;
    const std::string without = folder.load()->digest();
    EXPECT_EQ(folder.load()->spelled_out("Thu BHXH"), "thu bhxh");
    folder.write("abbreviations.csv", header + "BHXH,bảo hiểm xã hội,act\n");
    EXPECT_EQ(folder.load()->digest(), without);
}

TEST(Abbreviations, AreOneWordAndStandOnce)
{
    Folder folder;
    folder.write("abbreviations.csv", header + "BH XH,bảo hiểm xã hội,act\nBHYT,bảo hiểm y tế,act\nBhyt,y tế,act\n");
    EXPECT_EQ(folder.problems(), (Faults{"catalogue.value abbreviations.csv:2:1", "catalogue.duplicate abbreviations.csv:4:1"}));
}
