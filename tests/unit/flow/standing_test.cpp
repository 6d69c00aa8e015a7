// What of a flow's rounds an operator reads in the log.
#include "hub/flow/standing.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::flow;

namespace {

struct StandingTest : testing::Test
{
    std::vector<std::string> log;
    Standing standing{"van-ban", "qlvb", "in"};
    StandingTest()
    {
        standing.tell([this](const std::string& line) { log.push_back(line); });
    }
    void fails(sdk::FailureClass kind, const std::string& code)
    {
        standing.ended(sdk::Failure{kind, code, "the axis says\nno", {}, 0}, Time{});
    }
    void succeeds() { standing.ended(std::nullopt, Time{}); }
};

}  // namespace

TEST_F(StandingTest, AFailureIsALineOnceAndSoIsItsEnd)
{
    succeeds();
    EXPECT_TRUE(log.empty()) << "what goes well is no news";
    for (int round = 0; round < 3; ++round)
        fails(sdk::FailureClass::transient, "transport.refused");
    succeeds();
    succeeds();
    EXPECT_EQ(log, (std::vector<std::string>{"flow van-ban: fails, and is tried again: the axis says no [transport.refused]",
                                             "flow van-ban: works again, after 3 in a row that failed"}));
}

TEST_F(StandingTest, AnotherFailureIsALineOfItsOwnAndOneThatNeedsSomebodySaysSo)
{
    fails(sdk::FailureClass::transient, "transport.refused");
    fails(sdk::FailureClass::throttled, "source_rests");
    fails(sdk::FailureClass::transient, "transport.refused");
    fails(sdk::FailureClass::permanent, "http_401");
    ASSERT_EQ(log.size(), 2U) << "that a source is left alone is what came of the first";
    EXPECT_EQ(log[1], "flow van-ban: fails, and somebody has to act: the axis says no [http_401]");
}

TEST_F(StandingTest, AProblemOfTheHubsOwnSaysWhatWasFoundAndItsCodeOnce)
{
    standing.ended(failure_of(sdk::FailureClass::transient, {"journal.full", "nothing more can be kept", "journal.db", "0 bytes", "room", {}}), Time{});
    EXPECT_EQ(log, std::vector<std::string>{
                       "flow van-ban: fails, and is tried again: journal.db: nothing more can be kept; found '0 bytes'; expected room [journal.full]"});
}
