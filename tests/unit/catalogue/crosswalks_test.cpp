// A code of one system leads to the code of another that means the same on that day, or says why it does not.
#include "hub/catalogue/crosswalks.hpp"

#include "hub/catalogue/lint.hpp"
#include "hub/model/problem_text.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;
using namespace lienthong::catalogue;
using namespace std::chrono;

namespace {

using Faults = std::vector<std::string>;

const std::string columns = "from_system,from,to_system,to,relation,valid_from,valid_to,mark,act,note\n";

std::string code_of(const Result<CodeMatch>& match)
{
    return match.ok() ? std::string(match->code) : match.problem().code;
}

}  // namespace

TEST(Crosswalk, ReadsProvincesInBothDirectionsAsOfADay)
{
    const Catalogue& all = shipped();
    EXPECT_EQ(code_of(all.crosswalk("GSO", "14", "ISO_3166_2", 2026y / March / 1)), "VN-05");
    EXPECT_EQ(code_of(all.crosswalk("ISO_3166_2", "VN-05", "GSO", 2026y / March / 1)), "14");
    EXPECT_EQ(code_of(all.crosswalk("ISO_3166_2", "VN-66", "GSO", 2025y / March / 1)), "33");
    // Code 15 was Yên Bái, and is Lào Cai.
    EXPECT_EQ(code_of(all.crosswalk("GSO", "15", "ISO_3166_2", 2025y / June / 30)), "VN-06");
}

TEST(Crosswalk, KnowsThatSystemsDoNotMoveTogether)
{
    const Catalogue& all = shipped();
    EXPECT_EQ(code_of(all.crosswalk("LEVEL_1", "H38", "GSO", 2025y / June / 30)), "10");
    EXPECT_EQ(code_of(all.crosswalk("LEVEL_1", "H38", "GSO", 2025y / July / 1)), "15");
    EXPECT_EQ((*all.crosswalk("GSO", "15", "LEVEL_1", 2025y / July / 1)).row->mark, Mark::secondary);
    EXPECT_EQ((*all.crosswalk("GSO", "14", "LEVEL_1", 2025y / July / 1)).row->mark, Mark::inferred);
}

TEST(Crosswalk, GivesNoCodeOfAnotherMeaning)
{
    const auto merged = shipped().crosswalk("GSO", "15", "ISO_3166_2", 2026y / March / 1);
    ASSERT_FALSE(merged.ok());
    EXPECT_EQ(merged.problem().code, "crosswalk.inexact");
    EXPECT_EQ(merged.problem().expected, "VN-02 (broader)");
    const auto turned = shipped().crosswalk("ISO_3166_2", "VN-02", "GSO", 2026y / March / 1);
    ASSERT_FALSE(turned.ok());
    EXPECT_EQ(turned.problem().expected, "15 (narrower)");
}

TEST(Crosswalk, RefusesSeveralCodesWithEachOfThem)
{
    const Folder folder;
    folder.write("crosswalks.csv", columns + "GSO,33,NRS,HYEN,same,2020-01-01,9999-12-31,confirmed,act,\n" +
                                       "GSO,33,NRS,HY,same,2020-01-01,9999-12-31,confirmed,act,\n" +
                                       "GSO,33,NRS,BAC,narrower,2020-01-01,9999-12-31,confirmed,act,\n");
    ASSERT_EQ(folder.problems(), Faults{});
    const auto loaded = folder.load();
    const auto several = loaded->crosswalk("GSO", "33", "NRS", 2025y / March / 1);
    ASSERT_FALSE(several.ok());
    EXPECT_EQ(several.problem().code, "crosswalk.ambiguous");
    EXPECT_EQ(several.problem().expected, "HYEN (same), HY (same)");
    EXPECT_EQ(loaded->crosswalk_all("GSO", "33", "NRS", 2025y / March / 1)->size(), 3U);
    EXPECT_EQ(code_of(loaded->crosswalk("NRS", "HY", "GSO", 2025y / March / 1)), "33");
}

TEST(Crosswalk, NamesWhatIsNearWhereNothingIsFound)
{
    const Catalogue& all = shipped();
    const auto code = all.crosswalk("ISO_3166_2", "VNHN", "GSO", 2026y / March / 1);
    ASSERT_FALSE(code.ok());
    EXPECT_EQ(code.problem().code, "crosswalk.unknown");
    EXPECT_NE(code.problem().expected.find("VN-HN"), std::string::npos) << code.problem().expected;
    const auto system = all.crosswalk("ISO", "VN-05", "GSO", 2026y / March / 1);
    ASSERT_FALSE(system.ok());
    EXPECT_EQ(system.problem().code, "crosswalk.system");
    EXPECT_NE(system.problem().expected.find("GSO and ISO_3166_2"), std::string::npos);
    const auto day = all.crosswalk("GSO", "67", "LEVEL_1", 2026y / March / 1);
    ASSERT_FALSE(day.ok());
    EXPECT_EQ(day.problem().code, "crosswalk.not_valid");
    EXPECT_NE(day.problem().expected.find("2025-07-01"), std::string::npos);
    for (const char* of : {"crosswalk.system", "crosswalk.unknown", "crosswalk.not_valid", "crosswalk.ambiguous", "crosswalk.inexact"})
        EXPECT_EQ(problem_text(of).code, of);
}

TEST(Crosswalk, ChecksSidesThatHaveATableOnEveryDayOfTheRow)
{
    const Folder folder;
    folder.write("crosswalks.csv", columns + "GSO,99,NRS,X,same,2020-01-01,9999-12-31,confirmed,act,\n" +
                                       "GSO,33,AGENCY,H31,same,2023-01-01,9999-12-31,confirmed,act,\n" +
                                       "NRS,Y,INDICATOR,A_9,same,2024-01-01,9999-12-31,confirmed,act,\n" +
                                       "NRS,Z,INDICATOR,A_1,same,2024-01-01,9999-12-31,confirmed,act,\n" +
                                       "NRS,Z,NRS,Q,alike,2024-01-01,9999-12-31,sure,act,\n");
    EXPECT_EQ(folder.problems(), (Faults{"catalogue.reference crosswalks.csv:2:5", "catalogue.reference crosswalks.csv:3:15",
                                         "catalogue.reference crosswalks.csv:4:17", "catalogue.kind crosswalks.csv:6:41",
                                         "catalogue.kind crosswalks.csv:6:13", "catalogue.value crosswalks.csv:6:7"}));
}

TEST(Crosswalk, RefusesOneRowTwiceOnTheSameDays)
{
    const Folder folder;
    folder.write("crosswalks.csv", columns + "GSO,33,NRS,X,same,2020-01-01,9999-12-31,confirmed,act,\n" +
                                       "GSO,33,NRS,X,part,2021-01-01,9999-12-31,confirmed,act,\n");
    EXPECT_EQ(folder.problems(), Faults{"catalogue.overlap crosswalks.csv:3:12"});
}

TEST(Crosswalk, LintFindsManyCodesSaidToMeanOne)
{
    const Folder folder;
    folder.write("areas.csv",
                 "code,name_vi,aliases,level,parent,valid_from,valid_to,act\n"
                 "GSO:33,Tỉnh Hưng Yên,,province,,2008-08-01,9999-12-31,act\n"
                 "GSO:34,Tỉnh Thái Bình,,province,,2008-08-01,9999-12-31,act\n");
    const auto several = [&] {
        const auto found = lint(*folder.load());
        return std::count_if(found.begin(), found.end(), [](const Problem& one) { return one.code == "finding.crosswalk_several"; });
    };
    folder.write("crosswalks.csv", columns + "GSO,33,NRS,X,same,2020-01-01,9999-12-31,confirmed,act,\n" +
                                       "GSO,34,NRS,X,same,2021-01-01,9999-12-31,confirmed,act,\n");
    EXPECT_EQ(several(), 1);
    folder.write("crosswalks.csv", columns + "GSO,33,NRS,X,same,2020-01-01,2021-01-01,confirmed,act,\n" +
                                       "GSO,34,NRS,X,same,2021-01-01,9999-12-31,confirmed,act,\n");
    EXPECT_EQ(several(), 0);
    folder.write("crosswalks.csv", columns + "GSO,33,NRS,X,narrower,2020-01-01,9999-12-31,confirmed,act,\n" +
                                       "GSO,34,NRS,X,narrower,2021-01-01,9999-12-31,confirmed,act,\n");
    EXPECT_EQ(several(), 0);
}

TEST(Crosswalk, OfTheShippedCatalogueContradictsNothing)
{
    const auto found = lint(shipped());
    EXPECT_TRUE(std::none_of(found.begin(), found.end(), [](const Problem& one) { return one.code == "finding.crosswalk_several"; }));
    // Every province of either list has its ISO code or is said to be broader than what the code meant.
    for (const Area& area : shipped().areas())
        if (area.level == "province") {
            EXPECT_TRUE(shipped().crosswalk_all("GSO", area.code.substr(4), "ISO_3166_2", area.validity.from).ok()) << area.code;
        }
}
