// When a flow tries again.
#include "hub/flow/pace.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::flow;
using namespace std::chrono_literals;

namespace {

std::optional<sdk::Failure> failure(sdk::FailureClass kind, std::uint64_t retry_after_millis = 0)
{
    return sdk::Failure{kind, "x", "x", {}, retry_after_millis};
}

}  // namespace

TEST(Pace, KeepsItsIntervalWhileAllIsWell)
{
    EXPECT_EQ(pause_after(std::nullopt, 0, {60s, 1s, 300s}), 60s);
}

TEST(Pace, WaitsTwiceAsLongAfterEachFailureUpToTheLongestPause)
{
    const PaceSettings settings{60s, 1s, 10s};
    const auto transient = failure(sdk::FailureClass::transient);
    EXPECT_EQ(pause_after(transient, 1, settings), 1s);
    EXPECT_EQ(pause_after(transient, 2, settings), 2s);
    EXPECT_EQ(pause_after(transient, 4, settings), 8s);
    EXPECT_EQ(pause_after(transient, 5, settings), 10s);
    EXPECT_EQ(pause_after(transient, 1'000'000, settings), 10s);
}

TEST(Pace, HonoursWhatTheSourceAskedForAndLeavesPermanentFailuresToAPerson)
{
    const PaceSettings settings{60s, 1s, 10s};
    EXPECT_EQ(pause_after(failure(sdk::FailureClass::throttled, 45'000), 1, settings), 45s);
    EXPECT_EQ(pause_after(failure(sdk::FailureClass::throttled, 10), 3, settings), 4s);
    EXPECT_EQ(pause_after(failure(sdk::FailureClass::permanent), 1, settings), 10s);
}
