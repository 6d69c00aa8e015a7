// A connector that misbehaves hurts its own event and nothing else: measured, and compared with a quiet run.
#include "tests/contract/escapes.hpp"
#include "tests/contract/misbehaving_host.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

namespace lienthong::golden {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Host = process::ConnectorHost;

/// Sanitizer builds start several times slower.
constexpr auto replaced_within = sanitized ? 10s : 1s;
constexpr auto patience = 300s;

double millis(Clock::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

/// Of a row of times, in milliseconds.
double share(std::vector<Clock::duration> times, std::size_t percent)
{
    if (times.empty())
        return 0;
    std::sort(times.begin(), times.end());
    return millis(times[std::min(times.size() - 1, times.size() * percent / 100)]);
}

std::size_t open_descriptors()
{
    const auto all = std::filesystem::directory_iterator("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

std::size_t crashes_wanted()
{
    const char* wanted = std::getenv("LIENTHONG_CRASHES");
    return wanted != nullptr && *wanted != '\0' ? static_cast<std::size_t>(std::atoi(wanted)) : 100;
}

template <class Condition>
bool soon(Condition holds)
{
    const auto until = Clock::now() + patience;
    while (!holds()) {
        if (Clock::now() > until)
            return false;
        std::this_thread::sleep_for(1ms);  // Between two looks: looking must not cost what is measured.
    }
    return true;
}

/// Every event a connector can get, bringing `command`, which must outlive them.
std::vector<std::pair<const char*, sdk::Event>> every_event(std::string_view command)
{
    std::vector<std::pair<const char*, sdk::Event>> events;
    const auto add = [&](const char* name, auto what) { events.emplace_back(name, sdk::Event{{}, std::move(what)}); };
    add("poll", sdk::Poll{command});
    sdk::Reply reply;
    reply.answer.status = 200;
    reply.answer.body = command;
    add("reply", reply);
    add("journaled", sdk::Journaled{command, sdk::Arrived::fresh});
    add("acquire", sdk::Acquire{command});
    sdk::Called called;
    called.request.body = command;
    add("called", called);
    add("deliver", sdk::Deliver{{"1", "text/plain", std::string(command)}});
    add("find_out", sdk::FindOut{{"1", "text/plain", std::string(command)}});
    return events;
}

class Isolation : public testing::Test
{
protected:
    std::unique_ptr<Host> opened(const std::function<void(process::ConnectorPlugin&)>& adjust = {})
    {
        auto plugin = misbehaving_plugin();
        EXPECT_TRUE(plugin.ok()) << plugin.problem().sentence();
        plugin->pool.told = [this](const std::string& sentence) {
            const std::lock_guard lock(mutex_);
            accounts_.push_back(sentence);
        };
        if (adjust)
            adjust(*plugin);
        auto host = Host::open(*plugin, misdeed_at_open("fine"));
        EXPECT_TRUE(host.ok()) << host.problem().sentence();
        return host ? std::move(*host) : nullptr;
    }

    std::vector<std::string> accounts()
    {
        const std::lock_guard lock(mutex_);
        return accounts_;
    }

    /// The next event is answered, by another worker where this one is gone; how long that took is kept.
    void expect_replaced(Host& host, const std::string& after)
    {
        const auto since = Clock::now();
        EXPECT_EQ(poll(host, "fine"), "fine") << "after " << after;
        replaced_.push_back(Clock::now() - since);
        EXPECT_LT(replaced_.back(), replaced_within) << "after " << after;
    }

    void print_replacements(const char* what) const
    {
        std::printf("%s: %zu workers replaced, median %.1f ms, worst %.1f ms\n", what, replaced_.size(), share(replaced_, 50),
                    share(replaced_, 100));
    }

    std::vector<Clock::duration> replaced_;

private:
    std::mutex mutex_;
    std::vector<std::string> accounts_;
};

TEST_F(Isolation, DyingInAnyCallbackCostsItsOwnEventOnly)
{
    const auto host = opened();
    ASSERT_NE(host, nullptr);
    std::size_t crashes = 0;
    for (const char* command : {"segfault", "abort", "exit", "stack", "close"})
        for (const auto& [callback, event] : every_event(command)) {
            EXPECT_EQ(outcome_of(tell(*host, event)), "process.worker_died") << command << " in " << callback;
            expect_replaced(*host, std::string(command) + " in " + callback);
            ++crashes;
        }
    for (const auto& [callback, event] : every_event("throw")) {
        EXPECT_EQ(outcome_of(tell(*host, event)), "process.connector_failed") << "throw in " << callback;
        EXPECT_EQ(poll(*host, "fine"), "fine");
    }
    // An event is tried with a second worker, because the first may have died of something else.
    EXPECT_EQ(host->standing().deaths, 2 * crashes);
    EXPECT_TRUE(soon([&] { return accounts().size() == 2 * crashes; })) << accounts().size();
    print_replacements("crashes in every callback");
}

TEST_F(Isolation, EveryEventIsAnsweredTheSameWhileItsWorkersAreKilled)
{
    const auto host = opened();
    ASSERT_NE(host, nullptr);
    for (const auto& [callback, event] : every_event("fine")) {
        const auto quiet = tell(*host, event);
        host->kill_worker();
        const auto after_a_kill = tell(*host, event);
        ASSERT_TRUE(quiet.ok() && after_a_kill.ok()) << callback;
        EXPECT_EQ(*quiet, *after_a_kill) << callback;
    }
}

TEST_F(Isolation, HangingInAnyWayEndsAtTheDeadline)
{
    const auto host = opened();
    ASSERT_NE(host, nullptr);
    for (const char* command : {"hang", "sleep", "wait for itself", "ignore signals", "late"}) {
        if (sanitized && std::string(command) == "late")
            continue;  // Its deadline is longer than the connector is late.
        const auto begun = Clock::now();
        EXPECT_EQ(poll(*host, command), "process.worker_timeout") << command;
        const auto took = Clock::now() - begun;
        // Two workers, each to its deadline, and two seconds to end and replace each.
        EXPECT_LT(took, 2 * ((sanitized ? 5s : 1s) + 2s)) << command;
        expect_replaced(*host, command);
    }
    EXPECT_EQ(host->standing().ready, 1U);
    print_replacements("hangs");
}

TEST_F(Isolation, LeakingEndsAtTheLimitAndWithTheWorker)
{
    if (sanitized)
        GTEST_SKIP() << "memory is not limited under sanitizers";
    const auto host = opened();
    ASSERT_NE(host, nullptr);
    std::string outcome = "nothing";
    int calls = 0;
    for (; calls < 200 && outcome == "nothing"; ++calls)
        outcome = poll(*host, "leak");
    EXPECT_EQ(outcome, "process.worker_memory");
    EXPECT_GT(calls, 10);
    expect_replaced(*host, "leaking");
    EXPECT_EQ(poll(*host, "leak"), "nothing") << "the next worker begins with empty hands";
    EXPECT_EQ(poll(*host, "descriptors"), "process.worker_died");
    expect_replaced(*host, "a million descriptors");
}

TEST_F(Isolation, NothingWrittenBesideTheAnswerIsTakenForOne)
{
    for (const char* command :
         {"frame of another id", "frame of 4 GB", "frame that promises more", "frame of no kind", "answer twice"}) {
        // A fresh host each, whose first event has the id 1 that these frames claim.
        const auto host = opened([](process::ConnectorPlugin& plugin) { plugin.pool.tries = 1; });
        ASSERT_NE(host, nullptr);
        const std::string outcome = poll(*host, command);
        EXPECT_TRUE(outcome == "process.worker_garbage" || outcome == "process.worker_timeout") << command << ": " << outcome;
        expect_replaced(*host, command);
        EXPECT_TRUE(soon([&] { return host->standing().deaths == 1; })) << command;
    }
    const auto host = opened([](process::ConnectorPlugin& plugin) { plugin.pool.tries = 1; });
    ASSERT_NE(host, nullptr);
    for (std::size_t seed = 1; seed <= crashes_wanted(); ++seed) {
        const std::string outcome = poll(*host, "noise " + std::to_string(seed));
        EXPECT_TRUE(outcome == "process.worker_garbage" || outcome == "process.worker_timeout" ||
                    outcome == "process.worker_died")
            << "seed " << seed << ": " << outcome;
        expect_replaced(*host, "noise " + std::to_string(seed));
    }
    print_replacements("garbage");
}

TEST_F(Isolation, EveryWayOutIsRefusedAndCounted)
{
    if (sanitized)
        GTEST_SKIP() << "the list of system calls is looser under sanitizers";
    const auto host = opened();
    ASSERT_NE(host, nullptr);
    std::size_t refused = 0;
    for (const escapes::Escape& one : escapes::all) {
        const std::string outcome = poll(*host, "escape " + std::string(one.name) + " " + std::to_string(::getpid()));
        EXPECT_EQ(outcome, "process.worker_died") << one.name;
        const auto standing = host->standing();
        EXPECT_NE(standing.last_end.find("its sandbox forbids"), std::string::npos) << one.name << ": " << standing.last_end;
        refused += standing.reached_out == 2 * (refused + 1) ? 1 : 0;
        expect_replaced(*host, one.name);
    }
    EXPECT_EQ(refused, std::size(escapes::all));
    EXPECT_GE(refused, 30U);
    EXPECT_TRUE(soon([&] { return accounts().size() == 2 * refused; }));
    for (const std::string& account : accounts())
        EXPECT_NE(account.find("its sandbox forbids"), std::string::npos) << account;
    std::printf("ways out: %zu of %zu refused, counted and told\n", refused, std::size(escapes::all));
}

TEST_F(Isolation, ManyCrashesInARowLeaveNothingBehind)
{
    const std::size_t crashes = crashes_wanted();
    const auto host = opened([](process::ConnectorPlugin& plugin) { plugin.pool.tries = 1; });
    ASSERT_NE(host, nullptr);
    const std::size_t descriptors = open_descriptors();
    for (std::size_t i = 0; i < crashes; ++i) {
        EXPECT_EQ(poll(*host, "segfault"), "process.worker_died");
        expect_replaced(*host, "crash " + std::to_string(i));
    }
    EXPECT_EQ(host->standing().deaths, crashes);
    EXPECT_TRUE(soon([&] { return open_descriptors() <= descriptors; })) << "descriptors are left";
    print_replacements("crashes in a row");
}

/// Asks a well-behaved connector one event after another until told to stop.
class Neighbour
{
public:
    explicit Neighbour(std::unique_ptr<Host> host) : host_(std::move(host)), thread_([this] { run(); }) {}
    ~Neighbour() { stop(); }
    Neighbour(const Neighbour&) = delete;
    Neighbour& operator=(const Neighbour&) = delete;

    void stop()
    {
        stopping_ = true;
        if (thread_.joinable())
            thread_.join();
    }
    std::vector<Clock::duration> took;
    std::size_t unanswered = 0;
    std::atomic<std::size_t> asked{0};

private:
    void run()
    {
        while (!stopping_) {
            const auto begun = Clock::now();
            unanswered += poll(*host_, "fine") == "fine" ? 0 : 1;
            took.push_back(Clock::now() - begun);
            ++asked;
            std::this_thread::sleep_for(1ms);  // Its pace, not a wait for anything.
        }
    }
    std::unique_ptr<Host> host_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

TEST_F(Isolation, OtherConnectorsAreAnsweredMeanwhile)
{
    auto quiet_host = opened();
    auto disturbed_host = opened();
    const auto host = opened([](process::ConnectorPlugin& plugin) { plugin.pool.tries = 1; });
    ASSERT_TRUE(quiet_host && disturbed_host && host);
    const std::string escape = "escape read the password file " + std::to_string(::getpid());
    const std::vector<std::string> misdeeds = {"segfault", "abort",     "exit", "stack", "hang", "sleep",          "throw",
                                               "leak",     "noise 1",   "huge", "close", escape, "ignore signals", "frame of 4 GB",
                                               "eat",      "descriptors"};
    Neighbour quiet(std::move(quiet_host));
    EXPECT_TRUE(soon([&] { return quiet.asked >= 500; }));
    quiet.stop();
    Neighbour disturbed(std::move(disturbed_host));
    const auto since = Clock::now();
    for (const std::string& misdeed : misdeeds) {
        if (sanitized && misdeed == "eat")
            continue;
        (void)poll(*host, misdeed);
        expect_replaced(*host, misdeed);
    }
    const auto barrage = Clock::now() - since;
    disturbed.stop();
    EXPECT_EQ(quiet.unanswered, 0U);
    EXPECT_EQ(disturbed.unanswered, 0U);
    EXPECT_GT(disturbed.took.size(), misdeeds.size());
    std::printf("another connector: quiet %zu events, median %.3f ms, p99 %.3f ms; beside %zu misdeeds in %.1f s: %zu events, median "
                "%.3f ms, p99 %.3f ms\n",
                quiet.took.size(), share(quiet.took, 50), share(quiet.took, 99), misdeeds.size(), millis(barrage) / 1000,
                disturbed.took.size(), share(disturbed.took, 50), share(disturbed.took, 99));
    print_replacements("misdeeds");
}

/// Crashes until the pool gives no worker any more.
void wear_out(Host& host)
{
    for (int i = 0; i < 50 && !host.standing().flapping; ++i)
        (void)poll(host, "segfault");
}

TEST_F(Isolation, AConnectorThatCrashesAgainAndAgainIsSetAsideUntilSomebodyReleasesIt)
{
    const auto host = opened([](process::ConnectorPlugin& plugin) {
        plugin.pool.deaths_forgiven = process::PoolOptions{}.deaths_forgiven;
        plugin.pool.flapping_window = 600s;
        plugin.pool.first_pause = 300s;
        plugin.pool.longest_pause = 300s;
    });
    ASSERT_NE(host, nullptr);
    EXPECT_FALSE(host->standing().flapping);
    wear_out(*host);
    const auto standing = host->standing();
    EXPECT_TRUE(standing.flapping) << "the alarm";
    EXPECT_TRUE(standing.pausing);
    EXPECT_EQ(standing.deaths, 6U) << "five in a row are forgiven";
    EXPECT_EQ(poll(*host, "fine"), "process.worker_flapping");
    ASSERT_TRUE(soon([&] { return accounts().size() == 6; }));
    EXPECT_NE(accounts().back().find("6 deaths in a row"), std::string::npos) << accounts().back();
    host->release();
    EXPECT_TRUE(soon([&] { return poll(*host, "fine") == "fine"; }));
    EXPECT_FALSE(host->standing().flapping);
    EXPECT_FALSE(host->standing().pausing);
}

TEST_F(Isolation, AConnectorThatWasSetAsideComesBackByItself)
{
    const auto host = opened([](process::ConnectorPlugin& plugin) {
        plugin.pool.deaths_forgiven = 5;
        plugin.pool.flapping_window = 600s;
        plugin.pool.first_pause = 500ms;
        plugin.pool.longest_pause = 500ms;
    });
    ASSERT_NE(host, nullptr);
    wear_out(*host);
    ASSERT_TRUE(soon([&] { return accounts().size() == 6; }));
    EXPECT_NE(accounts().back().find("so the next is started in"), std::string::npos) << accounts().back();
    EXPECT_TRUE(soon([&] { return poll(*host, "fine") == "fine"; }));
    EXPECT_TRUE(host->standing().flapping) << "the alarm stays until a worker has lived through the window";
    EXPECT_FALSE(host->standing().pausing);
}

}  // namespace
}  // namespace lienthong::golden
