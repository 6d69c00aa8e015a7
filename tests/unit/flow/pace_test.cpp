// When a flow tries again, and when its turn comes while all is well.
#include "hub/flow/pace.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace lienthong;
using namespace lienthong::flow;
using namespace std::chrono_literals;

namespace {

constexpr double nearly_one = 0.999999;
const PaceSettings settings{60s, 1s, 10s};

sdk::Failure failure(sdk::FailureClass kind, std::uint64_t retry_after_millis = 0)
{
    return {kind, "x", "x", {}, retry_after_millis};
}

std::chrono::milliseconds most(const sdk::Failure& what, std::int64_t in_a_row)
{
    return std::chrono::ceil<std::chrono::milliseconds>(pause_after(what, in_a_row, settings, nearly_one) + 1ms);
}

Time at(std::chrono::milliseconds since_1970)
{
    return Time(since_1970);
}

}  // namespace

TEST(Pace, WaitsAnythingUpToTwiceAsLongAfterEachFailureUpToTheLongestPause)
{
    const auto transient = failure(sdk::FailureClass::transient);
    EXPECT_EQ(most(transient, 1), 1s);
    EXPECT_EQ(most(transient, 2), 2s);
    EXPECT_EQ(most(transient, 4), 8s);
    EXPECT_EQ(most(transient, 5), 10s);
    EXPECT_EQ(most(transient, 1'000'000), 10s);
    EXPECT_EQ(pause_after(transient, 4, settings, 0.5), 4s);
    EXPECT_EQ(pause_after(transient, 4, settings, 0), 100ms) << "never at once";
}

TEST(Pace, HonoursWhatTheSourceAskedForAndKeepsItsCallersApart)
{
    const auto throttled = failure(sdk::FailureClass::throttled, 45'000);
    EXPECT_EQ(pause_after(throttled, 1, settings, 0), 45s + 100ms);
    EXPECT_EQ(most(throttled, 1), 46s);
    EXPECT_EQ(most(failure(sdk::FailureClass::throttled, 10), 3), 1s + 10ms) << "what is asked for decides, not how often";
}

TEST(Pace, LeavesPermanentFailuresToAPerson)
{
    EXPECT_EQ(pause_after(failure(sdk::FailureClass::permanent), 1, settings, 0), 5s);
    EXPECT_EQ(most(failure(sdk::FailureClass::permanent), 1), 10s);
}

TEST(Pace, TakesItsChanceFromTheNonce)
{
    EXPECT_EQ(chance_of("00000000000000000000000000000000"), 0);
    EXPECT_EQ(chance_of("80000000000000000000000000000000"), 0.5);
    EXPECT_LT(chance_of("ffffffffffffffffffffffffffffffff"), 1);
    EXPECT_GT(chance_of("ffffffffffffffffffffffffffffffff"), 0.9999);
}

TEST(Pace, SpreadsFlowsOfOneIntervalOverItInTheSameWayAfterEveryStart)
{
    // A hundred flows of ten seconds: no tenth of the interval holds more than a quarter of them.
    std::vector<int> tenths(10);
    for (int i = 0; i < 100; ++i) {
        const std::string name = "luong-" + std::to_string(i);
        const auto wait = next_wait(name, 10s, at(0ms));
        EXPECT_EQ(wait, next_wait(name, 10s, at(0ms)));
        ASSERT_GT(wait, 0ms);
        ASSERT_LE(wait, 10s);
        ++tenths[static_cast<std::size_t>((wait.count() - 1) / 1'000)];
    }
    EXPECT_GT(*std::min_element(tenths.begin(), tenths.end()), 0);
    EXPECT_LT(*std::max_element(tenths.begin(), tenths.end()), 25);
}

TEST(Pace, ComesBackToTheSamePlaceOfItsIntervalWhateverARoundTook)
{
    const auto due = next_wait("so-y-te", 60s, at(0ms));
    EXPECT_EQ(next_wait("so-y-te", 60s, at(due)), 60s) << "a round begun at its turn and over at once waits for the next";
    EXPECT_EQ(next_wait("so-y-te", 60s, at(due + 7s)), 53s);
    EXPECT_EQ(next_wait("so-y-te", 60s, at(due + 61s)), 59s) << "a round of 61 s misses one turn";
    EXPECT_EQ(next_wait("so-y-te", 0s, at(due)), 0s);
}

TEST(Pace, StartsWithinSecondsEvenWhereTheIntervalIsADay)
{
    std::set<std::chrono::milliseconds> waits;
    for (int i = 0; i < 50; ++i) {
        const auto wait = first_wait("luong-" + std::to_string(i), 24h);
        EXPECT_LT(wait, 5s);
        waits.insert(wait);
    }
    EXPECT_GT(waits.size(), 45U) << "each its own";
    EXPECT_LT(first_wait("x", 1s), 1s);
    EXPECT_EQ(first_wait("x", 0s), 0s);
}
