/// The pool's inside: what the callers' threads and the pool's own thread share under one lock.
#pragma once

#include "hub/process/flapping.hpp"
#include "hub/process/poller.hpp"
#include "hub/process/worker.hpp"
#include "hub/process/worker_pool.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace lienthong::process {

class WorkerPool::Impl
{
public:
    explicit Impl(PoolOptions options);
    ~Impl() { stop(); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void submit(std::string job, Done done);
    Result<Hello> wait_ready(std::chrono::milliseconds patience);
    PoolStanding standing() const;
    void stop();
    void release();
    void kill_workers();

private:
    struct Slot
    {
        std::unique_ptr<Worker> worker;
        bool watching_write = false;
    };
    using Slots = std::vector<Slot>;

    void run();
    void serve(const epoll_event& event, SteadyTime now, Slots& ended, std::vector<FinishedJob>& finished);
    void check_times(SteadyTime now, Slots& ended);
    void retire(Slots& ended);
    /// What is to be told of it; empty for a planned end.
    std::string bury(Slot& slot, const End& end, std::vector<FinishedJob>& finished);
    [[nodiscard]] std::string account(const Worker& worker, bool had_work, SteadyTime now) const;
    void fail_waiting(std::vector<FinishedJob>& finished);
    void start_missing(SteadyTime now);
    void feed(SteadyTime now);
    void hand_over(Slot& slot, PendingJob job, SteadyTime now);
    void watch(Slot& slot);
    Slot* free_slot();
    [[nodiscard]] bool hopeless(SteadyTime now) const;
    [[nodiscard]] Problem why_hopeless(SteadyTime now) const;
    [[nodiscard]] std::size_t ready() const;

    const PoolOptions options_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<PendingJob> queue_;
    Slots slots_;
    std::uint64_t next_id_ = 1;
    Poller poller_;
    Flapping flapping_;
    std::uint64_t failed_starts_ = 0;
    Problem start_problem_;
    PoolStanding standing_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace lienthong::process
