// Agencies of several provinces bear the same names; what became of them in 2025 stands in the lineage.
#include "tests/unit/catalogue/loaded.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

using namespace lienthong;
using namespace lienthong::catalogue;
using namespace std::chrono;

namespace {

constexpr Day before_mergers = 2025y / February / 28;
constexpr Day after_mergers = 2025y / March / 1;
constexpr Day after_provinces = 2025y / July / 1;

std::string within(const char* province, std::string_view text, Day day)
{
    const auto found = shipped().agency_within(province, text, day);
    return found.ok() ? (*found)->code : found.problem().code;
}

}  // namespace

TEST(AgenciesWithin, BearTheNamesTheActsCallThem)
{
    EXPECT_EQ(within("H52", "Sở Tài chính", before_mergers), "H52.03");
    EXPECT_EQ(within("H31", "Sở Tài chính", before_mergers), "H31.02");
    EXPECT_EQ(within("H16", "Sở Tài chính", after_mergers), "H16.02");
    EXPECT_EQ(within("H52", "Sở Công Thương", before_mergers), "H52.11");
    EXPECT_EQ(within("H52", "sở công  thương", before_mergers), "H52.11");
    EXPECT_EQ(within("H52", "CDC tỉnh", before_mergers), "H52.14.01");
    EXPECT_EQ(within("H52", "STTTT", before_mergers), "H52.17");
    EXPECT_EQ(within("H16", "Chi cục Thuế khu vực XIV", after_mergers), "H16.10");
    EXPECT_EQ(within("H52", "H52.03", before_mergers), "H52.03");
    EXPECT_EQ(within("H52", "000.01.14.H52", before_mergers), "H52.14.01");
}

TEST(AgenciesWithin, AreNoneOfAnotherProvince)
{
    EXPECT_EQ(within("H38", "Sở Y tế", before_mergers), "agency.unknown");
    EXPECT_EQ(within("H52", "H31.02", before_mergers), "agency.unknown");
    EXPECT_EQ(within("H99", "Sở Tài chính", before_mergers), "agency.unknown");
    EXPECT_EQ(within("H52", "Sở Kế hoạch và Đầu tư", after_mergers), "agency.not_valid");
    EXPECT_EQ(within("H52", std::string(5000, 'S'), after_mergers), "agency.unknown");
}

TEST(Agencies, HaveBothFormsOfTheirIdentifier)
{
    for (const Agency& a : shipped().agencies()) {
        if (a.code.starts_with("VN."))  // bodies of the state, whose identifiers no document shows
            continue;
        std::vector<std::string> groups = {"00", "00", "000"};
        std::size_t level = 0;
        for (std::size_t at = a.code.find('.'); at != std::string::npos; at = a.code.find('.', at + 1), ++level)
            groups.at(level) = a.code.substr(at + 1, a.code.find('.', at + 1) - at - 1);
        const std::string old = groups[2] + '.' + groups[1] + '.' + groups[0] + '.' + a.code.substr(0, 3);
        EXPECT_NE(std::find(a.aliases.begin(), a.aliases.end(), old), a.aliases.end()) << a.code << " lacks " << old;
    }
    std::map<std::string, int> provinces;
    for (const Agency& a : shipped().agencies())
        ++provinces[a.code.substr(0, 3)];
    EXPECT_EQ(provinces, (std::map<std::string, int>{{"H16", 20}, {"H31", 20}, {"H38", 11}, {"H51", 13}, {"H52", 43}, {"VN.", 2}}));
}

TEST(Agencies, OnlyConfirmedIdentifiersAreNotInferred)
{
    std::vector<std::string> confirmed;
    for (const Agency& a : shipped().agencies())
        if (!a.inferred)
            confirmed.push_back(a.code);
    EXPECT_EQ(confirmed, (std::vector<std::string>{"H38", "H51"}));
}

TEST(Agencies, OfDakNongLiveFourMonths)
{
    EXPECT_EQ(within("H16", "Bảo hiểm xã hội khu vực XXV", before_mergers), "agency.not_valid");
    EXPECT_EQ(within("H16", "Bảo hiểm xã hội khu vực XXV", after_mergers), "H16.13");
    EXPECT_EQ(within("H16", "Bảo hiểm xã hội khu vực XXV", after_provinces), "agency.not_valid");
}

TEST(Agencies, EveryOneThatEndsInMarch2025HasASuccessor)
{
    for (const Agency& a : shipped().agencies()) {
        const auto& changes = shipped().agency_changes();
        const bool merged = std::any_of(changes.begin(), changes.end(), [&](const AgencyChange& change) {
            return change.from == a.code && change.kind == AgencyChangeKind::merged && change.day == after_mergers;
        });
        EXPECT_EQ(merged, a.validity.to == after_mergers) << a.code;
    }
}

TEST(AgencyLineage, ChecksThatAgenciesEndAndSucceedAsItSays)
{
    const Folder folder;
    folder.write("agencies.csv",
                 "code,name_vi,aliases,local_names,inferred,valid_from,valid_to,act\n"
                 "H31,UBND tỉnh,,,yes,2024-01-01,9999-12-31,act\n"
                 "H31.01,Sở A,,Sở,yes,2024-01-01,2025-03-01,act\n"
                 "H31.02,Sở B,,sở,yes,2025-03-01,9999-12-31,act\n");
    const std::string header = "from,to,kind,day,mark,act\n";
    folder.write("agency_lineage.csv", header + "H31.01,H31.02,merged,2025-03-01,confirmed,act\n");
    EXPECT_EQ(folder.problems(), std::vector<std::string>{});
    folder.write("agency_lineage.csv", header +
                                           "H31.01,H31.02,merged,2025-04-01,confirmed,act\n"
                                           "H31,H31.02,merged,2025-03-01,confirmed,act\n"
                                           "H31.01,,merged,2025-03-01,confirmed,act\n"
                                           "H31.01,H31.02,ended,2025-03-01,confirmed,act\n");
    EXPECT_EQ(
        folder.problems(),
        (std::vector<std::string>{"catalogue.reference agency_lineage.csv:2:1", "catalogue.reference agency_lineage.csv:3:1",
                                  "catalogue.reference agency_lineage.csv:4:8", "catalogue.reference agency_lineage.csv:5:8"}));
}

TEST(LocalNames, LeadToOneAgencyOfAProvinceADay)
{
    const Folder folder;
    folder.write("agencies.csv",
                 "code,name_vi,aliases,local_names,inferred,valid_from,valid_to,act\n"
                 "H31,UBND tỉnh,,,yes,2024-01-01,9999-12-31,act\n"
                 "H31.01,Sở A,,Sở Tài chính,yes,2024-01-01,9999-12-31,act\n"
                 "H32.01,Sở B,,Sở Tài chính,yes,2024-01-01,9999-12-31,act\n"
                 "H31.02,Sở C,,SỞ  TÀI CHÍNH,yes,2024-01-01,9999-12-31,act\n");
    EXPECT_EQ(folder.problems(), std::vector<std::string>{"catalogue.duplicate agencies.csv:5:14"});
}
