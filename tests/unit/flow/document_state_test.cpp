// How a document stands is told by the latest status by its own time, however the packages arrive.
#include "hub/flow/document_state.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

namespace {

Fact told(const std::string& recipient, const std::string& code, const std::string& time, const std::string& reason = "")
{
    Fact fact;
    fact.kind = flow::status_fact;
    fact.key = "D|" + recipient + "|" + time + "|" + code;
    fact.fields = {{"recipient", recipient}, {"code", code}, {"at", "2025-11-20T" + time + "+07:00"}};
    if (!reason.empty())
        fact.fields.emplace_back("reason", reason);
    return fact;
}

std::string codes(const flow::RecipientState& state)
{
    std::string out;
    for (const auto& one : state.history)
        out += one.code + " ";
    return out;
}

}  // namespace

TEST(DocumentState, TheLatestTimeCountsNotTheOrderOfArrival)
{
    const std::vector<std::string> to = {"G22.99"};
    const std::vector<Fact> facts = {told("G22.99", "06", "12:00:00"), told("G22.99", "01", "09:00:00"), told("G22.99", "03", "10:00:00")};
    const auto states = flow::states_of(to, facts);
    ASSERT_EQ(states.size(), 1U);
    EXPECT_EQ(codes(states[0]), "01 03 06 ");
    EXPECT_EQ(states[0].now()->code, "06");
}

TEST(DocumentState, OfOneMomentTheOneFurtherAlongCounts)
{
    const std::vector<Fact> facts = {told("G22.99", "05", "10:00:00"), told("G22.99", "03", "10:00:00"), told("G22.99", "04", "10:00:00")};
    EXPECT_EQ(codes(flow::states_of({}, facts).at(0)), "03 04 05 ");
}

TEST(DocumentState, ARefusalKeepsItsReasonAndOthersStandForThemselves)
{
    const std::vector<std::string> to = {"G22.99", "000.00.04.H31", "H31.04"};
    const std::vector<Fact> facts = {told("H31.04", "02", "10:00:00", "Sai thẩm quyền"), told("H31.05", "01", "11:00:00")};
    const auto states = flow::states_of(to, facts);
    ASSERT_EQ(states.size(), 3U) << "one body under two codes is one recipient, and one that was not named is shown too";
    EXPECT_EQ(states[0].now(), nullptr);
    EXPECT_EQ(states[1].recipient, "H31.04");
    EXPECT_EQ(states[1].now()->reason, "Sai thẩm quyền");
    EXPECT_EQ(states[2].recipient, "H31.05");
}

TEST(DocumentState, EveryCodeHasItsMeaningAndOthersHaveNone)
{
    for (const char* code : {"01", "02", "03", "04", "05", "06", "13", "15", "16"})
        EXPECT_FALSE(flow::meaning_of(code).vi.empty() || flow::meaning_of(code).en.empty()) << code;
    EXPECT_TRUE(flow::meaning_of("07").vi.empty());
}
