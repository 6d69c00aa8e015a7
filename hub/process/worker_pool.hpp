/// WorkerPool: worker processes doing jobs, each replaced when it dies, hangs or speaks nonsense.
///
/// Only the job in a dead worker's hand is in question; what waited behind it is done by another. It is tried once more,
/// then it fails. When workers die faster than they live, the pool pauses longer and longer before it starts the next.
#pragma once

#include "hub/model/result.hpp"
#include "hub/process/frame.hpp"
#include "hub/process/protocol.hpp"
#include "hub/process/sanitized.hpp"
#include "hub/process/spawn.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace lienthong::process {

/// How much more time a job is given in a build with sanitizers, which computes so much slower.
inline constexpr int slower = sanitized ? 10 : 1;

struct PoolOptions
{
    WorkerProgram program;
    std::string opening;  ///< The first job each worker gets after its hello; none when empty.
    std::size_t workers = 1;
    std::size_t jobs_ahead = 1;      ///< Jobs one worker may hold, the one in hand counted. More: fewer idle moments.
    std::size_t tries = 2;           ///< How many workers a job may cost before it fails: one may die of something else.
    std::size_t queue_limit = 1000;  ///< Jobs that may wait.
    std::size_t answer_limit = frame_limit;             ///< Bytes of one answer.
    std::chrono::milliseconds start_deadline{20'000};   ///< Until hello and the answer to the opening.
    std::chrono::milliseconds job_deadline{30'000 * slower};  ///< Wall clock, from the moment a job is in hand.
    std::chrono::milliseconds job_cpu{10'000 * slower};       ///< Processor time of one job.
    std::size_t jobs_per_worker = 100'000;              ///< After which a worker is replaced as planned.
    std::size_t deaths_forgiven = 5;                    ///< In a row, before the pauses begin.
    std::chrono::milliseconds flapping_window{60'000};  ///< Without a death for so long, the row is broken.
    std::chrono::milliseconds first_pause{250};         ///< Doubles with each further death, up to longest_pause.
    std::chrono::milliseconds longest_pause{30'000};    ///< Shorter than flapping_window.
    /// Told of each unplanned end in one sentence without a subject ("was killed by signal 9 (Killed) with …"). Runs on the
    /// pool's thread; must not block.
    std::function<void(const std::string&)> told;
};

struct PoolStanding
{
    std::size_t ready = 0;    ///< Workers that can take a job.
    std::size_t waiting = 0;  ///< Jobs no worker holds yet.
    std::size_t in_hand = 0;
    std::uint64_t deaths = 0;       ///< Unplanned ends since the beginning.
    std::uint64_t reached_out = 0;  ///< Of these, for asking the kernel for something the sandbox forbids.
    std::uint64_t done = 0;         ///< Jobs answered or refused.
    bool pausing = false;           ///< Flapping: the next worker is started after a pause, or by release().
    bool flapping = false;          ///< Workers die faster than they live: an alarm, until one has lived through the window.
    std::string last_end;           ///< How the last worker ended, in words.
    Hello hello;                    ///< Of the worker that said it last.
};

class WorkerPool
{
public:
    using Done = std::function<void(Result<std::string>)>;

    /// Starts the workers at once, in the background.
    explicit WorkerPool(PoolOptions options);
    /// Stops.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// `done` runs exactly once, on the pool's thread or, when the job is not taken, on the caller's; it must not
    /// block nor destroy the pool. Thread-safe.
    /// Fails with: process.worker_died, process.worker_timeout, process.worker_garbage (this job, `tries` times),
    /// process.worker_flapping, process.worker_start (no worker to be had, which says nothing about the job), process.queue_full,
    /// process.stopped, and whatever the worker itself refuses the job with.
    void submit(std::string job, Done done);

    /// Waits until a worker has said hello and done its opening. Fails with why the last one did not start.
    [[nodiscard]] Result<Hello> wait_ready(std::chrono::milliseconds patience);
    [[nodiscard]] PoolStanding standing() const;
    /// Jobs not answered yet fail with process.stopped; workers end. Not from `done`. Idempotent.
    void stop();

    /// Ends a pause now and forgets the deaths before it: somebody has seen to what killed the workers. Thread-safe.
    void release();

    /// For tests: kills every worker with SIGKILL, as an operator or the kernel might.
    void kill_workers();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace lienthong::process
