// Figures taken back and put back: what is written is read back, with who and why.
#include "hub/flow/reconciled_message.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::flow;

namespace {

ReconciledFigures of(Reconciled what)
{
    RevisionRow row;
    row.id = 41;
    row.observation = {{"A_I_1", "VALUE", "2025-03", "GSO:33", "_T", "H31.01"}, "12.5", "PERCENT", Vintage::official};
    row.catalogue_digest = "c";
    row.mapping_digest = "m";
    return {what, "gia/2025-03/1", 17, "nguồn báo rút", "Nguyễn Văn A", {row}};
}

}  // namespace

TEST(ReconciledMessage, AWithdrawalLeavesTheFigureWithoutAValueAndSaysWhoAndWhy)
{
    const workshop::Outcome read = read_reconciled(reconciled_message(of(Reconciled::withdrawn)));
    ASSERT_EQ(read.verdicts.size(), 1U);
    EXPECT_EQ(read.catalogue_digest, "c");
    EXPECT_EQ(read.mapping_digest, "m");
    const Verdict& verdict = read.verdicts.front();
    ASSERT_EQ(verdict.observations.size(), 1U);
    EXPECT_EQ(verdict.observations.front().availability, Availability::not_available);
    EXPECT_EQ(verdict.observations.front().value, "");
    EXPECT_EQ(verdict.observations.front().unit, "PERCENT");
    ASSERT_EQ(verdict.findings.size(), 1U);
    EXPECT_EQ(verdict.findings.front().code, "reconciliation.withdrawn");
    EXPECT_EQ(verdict.findings.front().found, "12.5 PERCENT");
    EXPECT_EQ(verdict.findings.front().rule, "Nguyễn Văn A: nguồn báo rút");
}

TEST(ReconciledMessage, WhatIsPutBackIsWhatItWas)
{
    const workshop::Outcome read = read_reconciled(reconciled_message(of(Reconciled::restored)));
    ASSERT_EQ(read.verdicts.size(), 1U);
    ASSERT_EQ(read.verdicts.front().observations.size(), 1U);
    EXPECT_EQ(read.verdicts.front().observations.front(), of(Reconciled::restored).figures.front().observation);
}

TEST(ReconciledMessage, TheSameOrderIsTheSameMessageAndItsNameSaysWhatItIsAbout)
{
    EXPECT_EQ(reconciled_message(of(Reconciled::withdrawn)), reconciled_message(of(Reconciled::withdrawn)));
    EXPECT_EQ(reconciled_id(of(Reconciled::withdrawn)), "withdraw 17/41 gia/2025-03/1");
    const auto item = reconciled_item(reconciled_id(of(Reconciled::restored)));
    ASSERT_TRUE(item);
    EXPECT_EQ(item->what, Reconciled::restored);
    EXPECT_EQ(item->item, "gia/2025-03/1");
    for (const char* other : {"", "withdraw", "withdraw 1", "take 17/41 x", "gia/2025-03/1"})
        EXPECT_FALSE(reconciled_item(other)) << other;
}

TEST(ReconciledMessage, WhatTheHubDidNotWriteIsRefused)
{
    std::string other = reconciled_message(of(Reconciled::withdrawn));
    other.replace(other.find("withdraw"), 8, "withhold");
    for (const std::string& payload : {std::string(), std::string("{}"), std::string("<a/>"), other}) {
        const workshop::Outcome read = read_reconciled(payload);
        ASSERT_EQ(read.verdicts.size(), 1U) << payload;
        ASSERT_EQ(read.verdicts.front().problems.size(), 1U) << payload;
        EXPECT_EQ(read.verdicts.front().problems.front().code, "reconciliation.message");
    }
}
