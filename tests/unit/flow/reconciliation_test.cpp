// What a source says it holds, against what was taken from it.
#include "hub/flow/reconciliation.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::flow;

namespace {

Holdings holdings()
{
    Holdings out;
    out.messages["D-1"] = {{1, "aa", true, 0, 0}};
    out.messages["D-2"] = {{2, "bb", true, 3, 0}};
    out.messages["D-3"] = {{3, "cc", false, 0, 0}};
    out.messages["D-4"] = {{4, "dd", true, 0, 0}, {5, "ee", true, 0, 0}};
    out.messages["D-0"] = {{9, "00", true, 0, 0}};
    out.messages[""] = {{6, "ff", true, 0, 0}};
    out.facts["dossier"] = {"H31-1", "H31-2", "H32-1"};
    return out;
}

sdk::ListedItem listed(std::string id, std::string digest = {}, std::string fact = {})
{
    return {std::move(id), std::move(fact), std::move(digest), "done"};
}

std::vector<std::string> told(const Reconciliation& found)
{
    std::vector<std::string> out;
    for (const Mismatch& one : found.mismatches)
        out.push_back(std::string(to_text(one.kind)) + ' ' + one.id + ": " + one.there + " / " + one.here);
    return out;
}

}  // namespace

TEST(Reconciliation, AgreesWhereAllThatIsListedIsHeldAndTakenIn)
{
    const auto found = reconcile({{listed("D-1", "aa"), listed("D-4", "dd"), listed("D-4", "ee")}, {}, {}}, holdings());
    EXPECT_TRUE(found.mismatches.empty());
    EXPECT_EQ(found.compared, 2U);
    EXPECT_EQ(found.agreed, 2U);
}

TEST(Reconciliation, SaysOfEachItemWhatIsNotAsItShouldBe)
{
    const auto found = reconcile({{listed("D-9"), listed("D-1", "zz"), listed("D-2"), listed("D-3"),
                                   listed("H31-9", {}, "dossier"), listed("H31-1", {}, "dossier")},
                                  {},
                                  {}},
                                 holdings());
    EXPECT_EQ(told(found), (std::vector<std::string>{
                               "absent D-9: done / not received", "other D-1: zz / aa", "refused D-2: done / 3 records refused",
                               "waiting D-3: done / received, not in the store", "absent H31-9: done / no such dossier"}));
    EXPECT_EQ(found.mismatches[1].message, 1);
    EXPECT_EQ(found.compared, 6U);
    EXPECT_EQ(found.agreed, 1U);
}

TEST(Reconciliation, NamesWhatTheSourceDoesNotListOfWhatItListsWhole)
{
    EXPECT_EQ(told(reconcile({{listed("D-1"), listed("D-4")}, {}, {"D-1", "D-2", "D-3"}}, holdings())),
              (std::vector<std::string>{"unlisted D-2: not listed / received", "unlisted D-3: not listed / received"}));
    // A list that covers nothing says nothing about what is not on it.
    EXPECT_TRUE(reconcile({{listed("H31-1", {}, "dossier")}, {}, {}}, holdings()).mismatches.empty());
}

TEST(Reconciliation, ComparesNumbersWhereTheSourceOnlyCounts)
{
    EXPECT_EQ(
        told(reconcile({{}, {{"D-", "", 5}, {"D-", "", 6}, {"H31-", "dossier", 2}, {"H31-", "document", 1}}, {}}, holdings())),
        (std::vector<std::string>{"count D-: 6 / 5", "count H31-: 1 / 0"}));
}

TEST(Reconciliation, KnowsAnItemWithoutAnIdentityByItsBytes)
{
    const auto found = reconcile({{listed("", "ff"), listed("", "fe"), listed("", "fe")}, {}, {""}}, [] {
        Holdings out;
        out.messages[""] = {{6, "ff", true, 0, 0}, {7, "f0", true, 2, 0}};
        return out;
    }());
    EXPECT_EQ(told(found), (std::vector<std::string>{"absent sha256:fe: done / not received"}));
    EXPECT_EQ(found.compared, 2U);
    EXPECT_EQ(found.agreed, 1U);
}

TEST(Reconciliation, WhatWasWithdrawnIsMissedOnlyWhereTheSourceHoldsIt)
{
    Holdings held = holdings();
    held.messages["D-1"].back().withdrawn = true;
    EXPECT_TRUE(reconcile({{}, {}, {"D-1"}}, held).mismatches.empty());
    EXPECT_EQ(told(reconcile({{listed("D-1", "aa")}, {}, {"D-1"}}, held)),
              (std::vector<std::string>{"withdrawn D-1: done / withdrawn"}));
}

TEST(Reconciliation, ComparesWhatFactsAddUpToByValueAndNotByText)
{
    Holdings held = holdings();
    held.sums[{"dossier", "H31-", "fee"}] = "12.50";
    EXPECT_TRUE(reconcile({{}, {{"H31-", "dossier", 2, "fee", "12.5"}}, {}}, held).mismatches.empty());
    EXPECT_EQ(told(reconcile({{}, {{"H31-", "dossier", 2, "fee", "13"}, {"H32-", "dossier", 1, "fee", "1"}}, {}}, held)),
              (std::vector<std::string>{"sum H31-: fee 13 / fee 12.50", "sum H32-: fee 1 / fee 0"}));
}
