// A pool of workers fails only the job in a bad worker's hand, and replaces the worker.
#include "hub/process/worker_pool.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace lienthong::process {
namespace {

using namespace std::chrono_literals;

PoolOptions options(std::size_t workers = 1)
{
    PoolOptions options;
    options.program.path = std::string(LIENTHONG_BINARY_DIR) + "/bin/echo_worker";
    options.workers = workers;
    options.job_deadline = 5s;
    options.deaths_forgiven = 1000;
    options.tries = 1;
    return options;
}

std::future<Result<std::string>> ask(WorkerPool& pool, std::string job)
{
    auto promise = std::make_shared<std::promise<Result<std::string>>>();
    auto future = promise->get_future();
    pool.submit(std::move(job), [promise](Result<std::string> result) { promise->set_value(std::move(result)); });
    return future;
}

std::string outcome(WorkerPool& pool, std::string job)
{
    auto future = ask(pool, std::move(job));
    if (future.wait_for(30s) != std::future_status::ready)
        return "never";
    const auto result = future.get();
    return result ? *result : result.problem().code;
}

TEST(WorkerPool, DoesJobsAndPassesRefusalsOn)
{
    WorkerPool pool(options());
    ASSERT_TRUE(pool.wait_ready(20s).ok());
    EXPECT_EQ(outcome(pool, "echo one"), "one");
    EXPECT_EQ(outcome(pool, "refuse"), "test.refused");
    EXPECT_EQ(outcome(pool, "echo " + std::string(20'000'000, 'x')).size(), 20'000'000U);
    EXPECT_EQ(pool.standing().deaths, 0U);
    EXPECT_EQ(pool.standing().done, 3U);
    EXPECT_EQ(pool.standing().hello.role, "echo");
}

TEST(WorkerPool, GivesItsWorkersOneSocketAndNothingElse)
{
    const int ours = ::dup(0);
    WorkerPool pool(options());
    EXPECT_EQ(outcome(pool, "descriptors"), "0 1 2 3 ");
    EXPECT_EQ(outcome(pool, "environment"), "LC_ALL=C.UTF-8\n");
    ::close(ours);
}

struct Misdeed
{
    const char* job;
    const char* code;
};

class Misdeeds : public testing::TestWithParam<Misdeed>
{
};

TEST_P(Misdeeds, FailTheirOwnJobOnly)
{
    auto settings = options();
    settings.job_deadline = 300ms;
    settings.answer_limit = 1'000'000;
    WorkerPool pool(settings);
    ASSERT_TRUE(pool.wait_ready(20s).ok());
    auto before = ask(pool, "echo before");
    auto bad = ask(pool, GetParam().job);
    auto after = ask(pool, "echo after");
    const auto result = bad.get();
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.problem().code, GetParam().code) << result.problem().sentence();
    EXPECT_EQ(before.get().value(), "before");
    EXPECT_EQ(after.get().value(), "after");
    EXPECT_EQ(pool.standing().deaths, 1U);
}

INSTANTIATE_TEST_SUITE_P(WorkerPool, Misdeeds,
                         testing::Values(Misdeed{"exit", "process.worker_died"}, Misdeed{"crash", "process.worker_died"},
                                         Misdeed{"close", "process.worker_died"}, Misdeed{"spin", "process.worker_timeout"},
                                         Misdeed{"sleep", "process.worker_timeout"}, Misdeed{"garbage", "process.worker_garbage"},
                                         Misdeed{"wrong id", "process.worker_garbage"},
                                         Misdeed{"wrong kind", "process.worker_garbage"},
                                         Misdeed{"huge", "process.worker_garbage"}, Misdeed{"large", "process.worker_garbage"}),
                         [](const auto& misdeed) {
                             std::string name = misdeed.param.job;
                             for (char& c : name)
                                 c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
                             return name;
                         });

TEST(WorkerPool, CountsProcessorTimeApartFromTheClock)
{
    auto settings = options();
    settings.job_deadline = 60s;
    settings.job_cpu = 200ms;
    WorkerPool pool(settings);
    const auto result = ask(pool, "spin").get();
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.problem().code, "process.worker_timeout");
    EXPECT_NE(result.problem().found.find("processor time"), std::string::npos);
}

TEST(WorkerPool, LetsAnotherWorkerDoWhatStoodBehindABadJob)
{
    auto settings = options();
    settings.jobs_ahead = 4;
    WorkerPool pool(settings);
    ASSERT_TRUE(pool.wait_ready(20s).ok());
    auto bad = ask(pool, "crash");
    std::vector<std::future<Result<std::string>>> behind;
    for (int i = 0; i < 6; ++i)
        behind.push_back(ask(pool, "echo " + std::to_string(i)));
    EXPECT_EQ(bad.get().problem().code, "process.worker_died");
    for (std::size_t i = 0; i < behind.size(); ++i)
        EXPECT_EQ(behind[i].get().value(), std::to_string(i));
    EXPECT_EQ(pool.standing().deaths, 1U);
}

TEST(WorkerPool, SaysHowAWorkerEnded)
{
    WorkerPool pool(options());
    EXPECT_EQ(ask(pool, "exit").get().problem().found, "exited with 7");
    EXPECT_EQ(ask(pool, "crash").get().problem().found, "was killed by signal 11 (Segmentation fault)");
}

TEST(WorkerPool, LosesNoJobOverAWorkerThatIsKilledWhileItStarts)
{
    auto settings = options();
    settings.tries = 2;
    for (int i = 0; i < 20; ++i) {
        WorkerPool pool(settings);
        auto job = ask(pool, "echo waiting");
        pool.kill_workers();
        EXPECT_EQ(outcome(pool, "echo behind"), "behind");
        EXPECT_EQ(job.get().value(), "waiting");
    }
}

TEST(WorkerPool, TellsOfEachUnplannedEndOnce)
{
    auto settings = options();
    std::mutex mutex;
    std::vector<std::string> accounts;
    settings.told = [&](const std::string& account) {
        const std::lock_guard lock(mutex);
        accounts.push_back(account);
    };
    {
        WorkerPool pool(settings);
        EXPECT_EQ(outcome(pool, "crash"), "process.worker_died");
        EXPECT_EQ(outcome(pool, "echo after"), "after");
    }
    ASSERT_EQ(accounts.size(), 1U);
    EXPECT_EQ(accounts.front(), "was killed by signal 11 (Segmentation fault) with work in hand; another takes over");
}

TEST(WorkerPool, ReplacesAWorkerThatDiesIdleAndLosesNoJobOverIt)
{
    auto settings = options();
    settings.tries = 2;
    WorkerPool pool(settings);
    for (int i = 0; i < 50; ++i) {
        const std::string first = outcome(pool, "process");
        pool.kill_workers();
        const std::string second = outcome(pool, "process");
        EXPECT_TRUE(std::all_of(second.begin(), second.end(), [](char c) { return c >= '0' && c <= '9'; })) << second;
        EXPECT_NE(first, second);
    }
    EXPECT_EQ(pool.standing().deaths, 50U);
}

TEST(WorkerPool, TriesAJobOnAnotherWorkerBeforeItFails)
{
    auto settings = options();
    settings.tries = 3;
    WorkerPool pool(settings);
    EXPECT_EQ(outcome(pool, "crash"), "process.worker_died");
    EXPECT_EQ(pool.standing().deaths, 3U);
}

TEST(WorkerPool, SurvivesAThousandCrashes)
{
    WorkerPool pool(options(2));
    for (int i = 0; i < 1000; ++i)
        ASSERT_EQ(outcome(pool, "crash"), "process.worker_died") << i;
    EXPECT_EQ(outcome(pool, "echo still here"), "still here");
    EXPECT_EQ(pool.standing().deaths, 1000U);
}

TEST(WorkerPool, PausesWhenWorkersDieFasterThanTheyLive)
{
    auto settings = options();
    settings.deaths_forgiven = 2;
    settings.first_pause = 300ms;
    WorkerPool pool(settings);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(outcome(pool, "crash"), "process.worker_died");
    EXPECT_EQ(outcome(pool, "echo too early"), "process.worker_flapping");
    EXPECT_TRUE(pool.standing().pausing);
    ASSERT_TRUE(pool.wait_ready(20s).ok());
    EXPECT_EQ(outcome(pool, "echo after the pause"), "after the pause");
}

TEST(WorkerPool, ReplacesWorkersAsPlannedWithoutCallingItADeath)
{
    auto settings = options();
    settings.jobs_per_worker = 3;
    WorkerPool pool(settings);
    std::set<std::string> processes;
    for (int i = 0; i < 9; ++i)
        processes.insert(outcome(pool, "process"));
    EXPECT_EQ(processes.size(), 3U);
    EXPECT_EQ(pool.standing().deaths, 0U);
}

TEST(WorkerPool, RefusesMoreThanItsQueueHolds)
{
    auto settings = options();
    settings.queue_limit = 2;
    settings.job_deadline = 500ms;
    WorkerPool pool(settings);
    ASSERT_TRUE(pool.wait_ready(20s).ok());
    auto in_hand = ask(pool, "sleep");
    auto first = ask(pool, "echo 1");
    auto second = ask(pool, "echo 2");
    EXPECT_EQ(ask(pool, "echo 3").get().problem().code, "process.queue_full");
    EXPECT_EQ(in_hand.get().problem().code, "process.worker_timeout");
    EXPECT_EQ(first.get().value(), "1");
    EXPECT_EQ(second.get().value(), "2");
}

TEST(WorkerPool, AnswersEveryJobWhenItStops)
{
    WorkerPool pool(options());
    ASSERT_TRUE(pool.wait_ready(20s).ok());
    auto in_hand = ask(pool, "sleep");
    auto waiting = ask(pool, "echo 1");
    pool.stop();
    EXPECT_EQ(in_hand.get().problem().code, "process.stopped");
    EXPECT_EQ(waiting.get().problem().code, "process.stopped");
    EXPECT_EQ(ask(pool, "echo 2").get().problem().code, "process.stopped");
}

TEST(WorkerPool, PassesOnWhyAWorkerDoesNotStart)
{
    auto settings = options();
    settings.deaths_forgiven = 1;
    settings.program.arguments = {"refuse"};
    WorkerPool refusing(settings);
    EXPECT_EQ(refusing.wait_ready(20s).problem().code, "test.no_start");
    const auto untried = ask(refusing, "echo 1").get();
    EXPECT_EQ(untried.problem().code, "process.worker_start") << "why no worker starts is no verdict on the job";
    EXPECT_EQ(untried.problem().found, "test.no_start");
    settings.program.arguments = {"exit"};
    WorkerPool ending(settings);
    EXPECT_EQ(ending.wait_ready(20s).problem().code, "process.worker_start");
    settings.program.arguments = {"silent"};
    settings.start_deadline = 200ms;
    WorkerPool silent(settings);
    EXPECT_EQ(silent.wait_ready(20s).problem().code, "process.worker_timeout");
    settings.program.path = "/nowhere/lienthong-worker";
    WorkerPool absent(settings);
    EXPECT_EQ(absent.wait_ready(20s).problem().code, "process.worker_start");
}

TEST(WorkerPool, ServesManyThreadsAtOnce)
{
    WorkerPool pool(options(2));
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 250; ++i) {
                const std::string word = std::to_string(t) + "/" + std::to_string(i);
                right += outcome(pool, i % 50 == 49 ? "crash" : "echo " + word) == (i % 50 == 49 ? "process.worker_died" : word)
                             ? 1
                             : 0;
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(right, 1000);
}

}  // namespace
}  // namespace lienthong::process
