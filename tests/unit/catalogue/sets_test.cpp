// An indicator stands in several sets; sets differ by province and come in versions.
#include "hub/catalogue/sets.hpp"

#include "hub/catalogue/counts.hpp"
#include "hub/model/problem_text.hpp"
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;
using namespace lienthong::catalogue;
using namespace std::chrono;

namespace {

using Faults = std::vector<std::string>;

const std::string set_columns = "code,name_vi,province,valid_from,valid_to,act,note\n";
const std::string member_columns = "set,line,indicator,valid_from,valid_to,act\n";

/// Two indicators at home in S, and the sets S and T, of which T has two versions.
struct TwoSets : Folder
{
    TwoSets()
    {
        indicators({"A_1,S,1,Gạo,Rice,,,Tấn,TON,,,month,,,,,H31,,2024-01-01,9999-12-31,act,",
                    "A_2,S,2,Ngô,Maize,,,Tấn,TON,,,month,,,,,H31,,2024-01-01,9999-12-31,act,"});
        write("measures.csv",
              "indicator,code,set,name_vi,name_en,unit,act\nA_1,VALUE,S,giá trị,value,,act\nA_2,VALUE,S,giá trị,value,,act\n");
        write("indicator_sets.csv", set_columns + "S,Bộ S,GSO:33,2024-01-01,9999-12-31,act,\n" +
                                        "T,Bộ T,,2025-01-01,2026-01-01,01/NQ-CP 2025,\nT,Bộ T,,2026-01-01,9999-12-31,01/NQ-CP 2026,\n");
        write("set_members.csv", member_columns + "T,1,A_2,2025-01-01,2026-01-01,act\nT,1,A_1,2026-01-01,9999-12-31,act\n" +
                                     "T,2,A_2,2026-01-01,9999-12-31,act\n");
    }
};

std::vector<std::string> codes(const Result<std::vector<const Membership*>>& members)
{
    std::vector<std::string> out;
    if (members.ok())
        for (const Membership* member : *members)
            out.push_back(std::to_string(member->line) + ' ' + member->indicator);
    return out;
}

}  // namespace

TEST(Sets, HoldHomeAndFurtherMembersAsOfADay)
{
    const TwoSets folder;
    ASSERT_EQ(folder.problems(), Faults{});
    const auto loaded = folder.load();
    EXPECT_EQ(codes(loaded->members("S", 2025y / March / 1)), (Faults{"1 A_1", "2 A_2"}));
    EXPECT_EQ(codes(loaded->members("T", 2025y / March / 1)), Faults{"1 A_2"});
    EXPECT_EQ(codes(loaded->members("T", 2026y / March / 1)), (Faults{"1 A_1", "2 A_2"}));
    EXPECT_EQ((*loaded->indicator_set("T", 2025y / March / 1))->act, "01/NQ-CP 2025");
    EXPECT_EQ((*loaded->indicator_set("T", 2026y / January / 1))->act, "01/NQ-CP 2026");
    const auto of_maize = loaded->sets_of("A_2", 2026y / March / 1);
    ASSERT_EQ(of_maize.size(), 2U);
    EXPECT_TRUE(of_maize[0]->home);
    EXPECT_EQ(of_maize[1]->set, "T");
    EXPECT_EQ(loaded->sets_of("A_1", 2025y / March / 1).size(), 1U);
}

TEST(Sets, SayWhichAreNearAndOnWhichDaysTheyHold)
{
    const auto loaded = TwoSets().load();
    const auto none = loaded->members("TT", 2025y / March / 1);
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.problem().code, "set.unknown");
    EXPECT_NE(none.problem().expected.find('T'), std::string::npos);
    const auto early = loaded->members("T", 2024y / March / 1);
    ASSERT_FALSE(early.ok());
    EXPECT_EQ(early.problem().code, "set.not_valid");
    EXPECT_NE(early.problem().expected.find("2025-01-01"), std::string::npos) << early.problem().expected;
    for (const char* code : {"set.unknown", "set.not_valid"})
        EXPECT_EQ(problem_text(code).code, code);
}

TEST(Sets, AreKnownByTheirMembersWhereNoFileListsThem)
{
    const Folder folder;
    const auto loaded = folder.load();
    EXPECT_EQ(codes(loaded->members("S", 2025y / March / 1)), Faults{"1 A_1"});
    EXPECT_FALSE(loaded->members("X", 2025y / March / 1).ok());
}

TEST(Sets, MustBeListedOnceThereIsAList)
{
    const TwoSets folder;
    folder.write("indicator_sets.csv", set_columns + "T,Bộ T,,2025-01-01,9999-12-31,act,\n");
    EXPECT_EQ(folder.problems(), (Faults{"catalogue.reference indicators.csv:2:5", "catalogue.reference indicators.csv:3:5"}));
}

TEST(Sets, HaveAVersionOnEveryDayOfTheirMembers)
{
    const TwoSets folder;
    folder.write("indicator_sets.csv", set_columns + "S,Bộ S,,2024-01-01,9999-12-31,act,\nT,Bộ T,,2025-01-01,2025-06-01,act,\n" +
                                           "T,Bộ T,,2025-07-01,9999-12-31,act,\n");
    EXPECT_EQ(folder.problems(), Faults{"catalogue.reference set_members.csv:2:1"});
    folder.write("indicator_sets.csv", set_columns + "S,Bộ S,,2024-01-01,9999-12-31,act,\nT,Bộ T,,2025-01-01,2025-08-01,act,\n" +
                                           "T,Bộ T,,2025-07-01,9999-12-31,act,\n");
    EXPECT_EQ(folder.problems(), Faults{"catalogue.overlap indicator_sets.csv:4:1"});
}

TEST(Sets, BelongToAProvince)
{
    const TwoSets folder;
    folder.write("indicator_sets.csv", set_columns + "S,Bộ S,GSO:99,2024-01-01,9999-12-31,act,\nT,Bộ T,,2025-01-01,9999-12-31,act,\n");
    EXPECT_EQ(folder.problems(), Faults{"catalogue.reference indicator_sets.csv:2:8"});
}

TEST(Sets, NameARegimeAndARoleThatSendsInItOrNeither)
{
    const TwoSets folder;
    const auto with = [&](const std::string& cells) {
        folder.write("indicator_sets.csv", "code,name_vi,province,regime,role,valid_from,valid_to,act,note\nS,Bộ S,GSO:33," + cells +
                                               ",2024-01-01,9999-12-31,act,\nT,Bộ T,,,,2025-01-01,9999-12-31,act,\n");
        return folder.problems();
    };
    folder.write("regimes.csv", "regime,class,periods,tier,from_roles,to_role,due_by,day,month,inclusive,shifts,cutoff_from_day,cutoff_to_day,"
                                "valid_from,valid_to,act,note\nR,periodic,month,1,DEPARTMENT,LEAD,day,18,last,yes,yes,,,2022-01-01,9999-12-31,act,\n");
    EXPECT_EQ(with("R,DEPARTMENT"), Faults{});
    EXPECT_EQ(with("R,IOC"), Faults{"catalogue.reference indicator_sets.csv:2:17"});
    EXPECT_EQ(with("Q,DEPARTMENT"), Faults{"catalogue.reference indicator_sets.csv:2:17"});
    EXPECT_EQ(with("R,"), Faults{"catalogue.reference indicator_sets.csv:2:17"});
    EXPECT_EQ(with(",DEPARTMENT"), Faults{"catalogue.reference indicator_sets.csv:2:15"});
}

TEST(Sets, RefuseMembersThatAreNone)
{
    const TwoSets folder;
    folder.write("set_members.csv", member_columns + "T,1,A_9,2025-01-01,9999-12-31,act\nT,2,A_1,2023-01-01,9999-12-31,act\n" +
                                        "U,3,A_1,2025-01-01,9999-12-31,act\n");
    EXPECT_EQ(folder.problems(), (Faults{"catalogue.reference set_members.csv:2:5", "catalogue.reference set_members.csv:3:5",
                                         "catalogue.reference set_members.csv:3:1", "catalogue.reference set_members.csv:4:1"}));
}

TEST(Sets, RefuseOneLineTwiceAndOneMemberTwice)
{
    const TwoSets folder;
    folder.write("set_members.csv", member_columns + "T,1,A_1,2025-01-01,9999-12-31,act\nT,1,A_2,2025-06-01,9999-12-31,act\n");
    EXPECT_EQ(folder.problems(), Faults{"catalogue.duplicate set_members.csv:3:3"});
    folder.write("set_members.csv", member_columns + "T,1,A_1,2025-01-01,9999-12-31,act\nT,2,A_1,2025-06-01,9999-12-31,act\n");
    EXPECT_EQ(folder.problems(), Faults{"catalogue.overlap set_members.csv:3:5"});
    folder.write("set_members.csv", member_columns + "S,3,A_1,2025-01-01,9999-12-31,act\n");
    EXPECT_EQ(folder.problems(), Faults{"catalogue.overlap set_members.csv:2:5"});
    folder.write("set_members.csv", member_columns + "S,2,A_1,2024-01-01,9999-12-31,act\n");
    EXPECT_EQ(folder.problems(), (Faults{"catalogue.duplicate set_members.csv:2:3", "catalogue.overlap set_members.csv:2:5"}));
}

TEST(Sets, ChangeTheDigest)
{
    const TwoSets folder;
    const std::string before = folder.load()->digest();
    folder.write("set_members.csv", member_columns + "T,7,A_2,2025-01-01,2026-01-01,act\n");
    EXPECT_NE(folder.load()->digest(), before);
}

TEST(Sets, OfThePlanAreItsFourGroupsToo)
{
    const Day day = 2025y / March / 31;
    const std::pair<const char*, std::size_t> groups[] = {{"DN197_A", 128}, {"DN197_B", 15}, {"DN197_C", 6}, {"DN197_D", 9}};
    for (const auto& [set, lines] : groups) {
        const auto members = shipped().members(set, day);
        ASSERT_TRUE(members.ok()) << set;
        EXPECT_EQ(members->size(), lines) << set;
    }
    const auto hung_yen = shipped().members("DEMO_HY", day);
    ASSERT_TRUE(hung_yen.ok());
    EXPECT_EQ(hung_yen->size(), 27U);
    EXPECT_TRUE(hung_yen->front()->home);
    EXPECT_EQ(hung_yen->back()->indicator, "DEMO_HY_DOCUMENTS_RECEIVED");
    EXPECT_EQ(shipped().sets_of("A_I_1", day).size(), 3U);
    EXPECT_EQ(shipped().members("DN197_C", 2026y / January / 1).problem().code, "set.not_valid");
}

TEST(Sets, AreCounted)
{
    const auto counts = count_sets(shipped());
    const auto plan = std::find_if(counts.begin(), counts.end(), [](const SetCount& count) { return count.set == "DN197"; });
    const auto demo = std::find_if(counts.begin(), counts.end(), [](const SetCount& count) { return count.set == "DEMO_HY"; });
    EXPECT_EQ(plan->home, 158U);
    EXPECT_EQ(plan->further, 0U);
    EXPECT_EQ(demo->home, 10U);
    EXPECT_EQ(demo->further, 17U);
    EXPECT_EQ(demo->versions, 1U);
}
