// What a draft changes, record by record: figures, refusals, what is passed over.
#include "hub/workshop/comparison.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using workshop::ChangeKind;

namespace {

Observation figure(const std::string& value, const std::string& period = "2025-03")
{
    return {.key = {"A_I_1", "VALUE", period, "GSO:33", "_T", "H31.01"}, .value = value, .unit = "PERCENT"};
}

Verdict accepted(const std::string& place, std::vector<Observation> observations)
{
    Verdict out;
    out.place = place;
    out.observations = std::move(observations);
    return out;
}

Verdict refused(const std::string& place, const std::string& code, const std::string& rule = "")
{
    Verdict out;
    out.place = place;
    out.problems.push_back({.code = code, .detail = "wrong", .place = place, .rule = rule});
    return out;
}

}  // namespace

TEST(Comparison, TheSameVerdictsAreUnchanged)
{
    const std::vector<Verdict> both = {accepted("/0", {figure("1")}), refused("/1", "lookup.missing")};
    const auto compared = workshop::compare(both, both);
    EXPECT_TRUE(compared.changes.empty());
    EXPECT_EQ(compared.records, 2U);
    EXPECT_EQ(compared.unchanged, 2U);
}

TEST(Comparison, TellsEachKindOfChangeAtItsPlace)
{
    const auto compared =
        workshop::compare({accepted("/0", {figure("1")}), accepted("/1", {figure("2")}), refused("/2", "lookup.missing"),
                           accepted("/3", {figure("4")}), refused("/5", "lookup.missing")},
                          {accepted("/0", {figure("1.5")}), refused("/1", "unit.unknown"), accepted("/2", {figure("3")}),
                           accepted("/4", {figure("5")}), refused("/5", "unit.unknown")});
    ASSERT_EQ(compared.changes.size(), 6U);
    const std::vector<std::pair<std::string, ChangeKind>> expected = {
        {"/0", ChangeKind::figures},     {"/1", ChangeKind::newly_refused},     {"/2", ChangeKind::newly_accepted},
        {"/3", ChangeKind::passed_over}, {"/5", ChangeKind::refused_otherwise}, {"/4", ChangeKind::newly_accepted}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(compared.changes[i].place, expected[i].first);
        EXPECT_EQ(compared.changes[i].kind, expected[i].second) << expected[i].first;
    }
    ASSERT_EQ(compared.changes[0].figures.size(), 1U);
    EXPECT_EQ(compared.changes[0].figures[0].first->value, "1");
    EXPECT_EQ(compared.changes[0].figures[0].second->value, "1.5");
    EXPECT_EQ(compared.changes[1].after.front().code, "unit.unknown");
    EXPECT_EQ(compared.changes[2].before.front().code, "lookup.missing");
}

TEST(Comparison, AFigureWhoseKeyMovesIsToldAsOneAndAFurtherOneAsNew)
{
    const auto compared =
        workshop::compare({accepted("/0", {figure("1"), figure("2", "2025-04")})},
                          {accepted("/0", {figure("1", "2025-02"), figure("2", "2025-04"), figure("9", "2025-05")})});
    ASSERT_EQ(compared.changes.size(), 1U);
    const auto& figures = compared.changes[0].figures;
    ASSERT_EQ(figures.size(), 2U);
    EXPECT_EQ(figures[0].first->key.period, "2025-03");
    EXPECT_EQ(figures[0].second->key.period, "2025-02");
    EXPECT_FALSE(figures[1].first);
    EXPECT_EQ(figures[1].second->key.period, "2025-05");
}

TEST(Comparison, ALineThatMovedInTheMappingIsNoChange)
{
    const auto compared = workshop::compare({refused("/0", "lookup.missing", "mapping a/b line 8")},
                                            {refused("/0", "lookup.missing", "mapping a/b line 9")});
    EXPECT_TRUE(compared.changes.empty());
}

TEST(Comparison, AFactIsComparedByItsKey)
{
    Verdict before = accepted("/0", {}), after = before;
    before.facts = {{.kind = "dossier", .key = "1", .fields = {{"state", "received"}}}};
    after.facts = {{.kind = "dossier", .key = "1", .fields = {{"state", "returned"}}}};
    const auto compared = workshop::compare({before}, {after});
    ASSERT_EQ(compared.changes.size(), 1U);
    ASSERT_EQ(compared.changes[0].facts.size(), 1U);
    EXPECT_EQ(compared.changes[0].facts[0].second->fields[0].second, "returned");
}
