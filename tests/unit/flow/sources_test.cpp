// How much a source that is unwell is still asked, by all flows together.
#include "hub/flow/sources.hpp"

#include <gtest/gtest.h>

using namespace lienthong::flow;
using namespace std::chrono_literals;

namespace {

const BreakerSettings breaker_settings{5, 10s, 300s, 180s};

/// Sources under a clock of the test's own.
struct Watched
{
    explicit Watched(SourceSettings settings = {breaker_settings, {}}) : sources(settings, [this] { return now; }) {}

    bool asked(bool again = false) { return !sources.enter("h:443", again).has_value(); }
    void fail() { sources.failed("h:443", "it is down", 0.5); }
    SourceStanding standing() { return sources.standings().at(0); }

    Instant now{1'000'000s};
    Sources sources;
};

}  // namespace

TEST(SourceOf, IsHostAndPortInOneSpelling)
{
    EXPECT_EQ(source_of("https://Lgsp.Tinh.GOV.vn/a?b"), "lgsp.tinh.gov.vn:443");
    EXPECT_EQ(source_of("http://10.1.2.3/x"), "10.1.2.3:80");
    EXPECT_EQ(source_of("http://10.1.2.3:8280"), "10.1.2.3:8280");
    EXPECT_EQ(source_of("https://[fd00::1]/"), "[fd00::1]:443");
    EXPECT_EQ(source_of("https://[fd00::1]:9443/"), "[fd00::1]:9443");
    EXPECT_EQ(source_of("sftp://u@files:2222/in"), "sftp://files:2222");
    EXPECT_EQ(source_of("file:///srv/Den"), "file:///srv/Den");
    EXPECT_EQ(source_of("sqlite:///srv/so-lieu.db?mode=ro"), "sqlite:///srv/so-lieu.db");
    EXPECT_EQ(source_of("odbc:"), "odbc:");
}

TEST(Breaker, OpensAfterFiveFailuresInARowAndNotBefore)
{
    Watched watched;
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(watched.asked()) << i;
        watched.fail();
    }
    EXPECT_EQ(watched.standing().state, Breaker::State::open);
    EXPECT_FALSE(watched.asked());
    const auto why = watched.sources.enter("h:443", false);
    EXPECT_NE(why->why.find("5 failures in a row, the last: it is down"), std::string::npos) << why->why;
    EXPECT_LE(why->wait, 10s);
    EXPECT_TRUE(!watched.sources.enter("other:443", false)) << "another source is asked as ever";
}

TEST(Breaker, ForgetsFailuresOnceTheSourceAnswers)
{
    Watched watched;
    for (int i = 0; i < 40; ++i) {
        EXPECT_TRUE(watched.asked());
        if (i % 5 == 4)
            watched.sources.answered("h:443");
        else
            watched.fail();
    }
    EXPECT_EQ(watched.standing().state, Breaker::State::closed);
}

TEST(Breaker, LetsOneProbeThroughForAllAndClosesWhenItIsAnswered)
{
    Watched watched;
    for (int i = 0; i < 5; ++i)
        watched.fail();
    watched.now += 7499ms;
    EXPECT_FALSE(watched.asked()) << "half of the rest and half of its random half";
    watched.now += 1ms;
    EXPECT_TRUE(watched.asked());
    EXPECT_EQ(watched.standing().state, Breaker::State::half_open);
    EXPECT_FALSE(watched.asked()) << "one is enough";
    watched.sources.answered("h:443");
    EXPECT_EQ(watched.standing().state, Breaker::State::closed);
    EXPECT_EQ(watched.standing().problem, "");
    EXPECT_TRUE(watched.asked());
}

TEST(Breaker, RestsTwiceAsLongAfterEachProbeThatFails)
{
    Watched watched;
    for (int i = 0; i < 5; ++i)
        watched.fail();
    for (const auto rest : {7'500ms, 15'000ms, 30'000ms, 60'000ms, 120'000ms, 225'000ms, 225'000ms}) {
        EXPECT_EQ(watched.standing().rests, rest);
        watched.now += rest;
        ASSERT_TRUE(watched.asked());
        watched.fail();
    }
    watched.now += 225s;
    ASSERT_TRUE(watched.asked());
    watched.sources.answered("h:443");
    for (int i = 0; i < 5; ++i)
        watched.fail();
    EXPECT_EQ(watched.standing().rests, 7'500ms) << "an answer ends the row of probes too";
}

TEST(Breaker, GivesAProbeUpThatNobodyHearsOfAgainOrThatWasNeverSent)
{
    Watched watched;
    for (int i = 0; i < 5; ++i)
        watched.fail();
    watched.now += 10s;
    ASSERT_TRUE(watched.asked());
    watched.now += 179s;
    EXPECT_FALSE(watched.asked());
    watched.now += 1s;
    EXPECT_TRUE(watched.asked());
    watched.sources.withdrawn("h:443");
    EXPECT_TRUE(watched.asked()) << "what was not sent was no probe";
}

TEST(Sources, KeepAllFlowsFromASourceThatAskedForAPause)
{
    Watched watched;
    EXPECT_TRUE(watched.asked());
    watched.sources.answered("h:443");
    watched.sources.throttled("h:443", 30s);
    watched.sources.throttled("h:443", 5s);
    EXPECT_FALSE(watched.asked());
    EXPECT_EQ(watched.sources.rests("h:443")->wait, 30s) << "a shorter pause does not shorten the longer one";
    EXPECT_EQ(watched.standing().throttled, 30s);
    EXPECT_EQ(watched.standing().state, Breaker::State::closed);
    watched.now += 30s;
    EXPECT_TRUE(watched.asked());
}

TEST(Sources, PayForRetriesOutOfAShareOfWhatIsAskedAnyway)
{
    // Nothing in hand but what is earned: a fifth of each request, none by time.
    Watched watched({{1'000'000, 10s, 300s, 180s}, {0.2, 10, 1e-9}});
    int retries = 0;
    for (int i = 0; i < 10; ++i)
        retries += watched.asked(true) ? 1 : 0;
    EXPECT_EQ(retries, 10);
    EXPECT_FALSE(watched.asked(true));
    retries = 0;
    for (int i = 0; i < 100; ++i) {
        EXPECT_TRUE(watched.asked()) << "what repeats nothing costs nothing";
        retries += watched.asked(true) ? 1 : 0;
    }
    EXPECT_GE(retries, 19);
    EXPECT_LE(retries, 20);
}

TEST(Sources, EarnAFewRetriesByTimeAlone)
{
    Watched watched({{1'000'000, 10s, 300s, 180s}, {0.2, 2, 12}});
    EXPECT_TRUE(watched.asked(true));
    EXPECT_TRUE(watched.asked(true));
    const auto refused = watched.sources.enter("h:443", true);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->wait, 5s) << "twelve a minute";
    watched.now += refused->wait;
    EXPECT_TRUE(watched.asked(true));
}
