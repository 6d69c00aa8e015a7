/// Worker: the core's end of one worker process: what it holds, what is on its way, when its time is up.
///
/// Belongs to a WorkerPool, which serialises every call.
#pragma once

#include "hub/process/frame.hpp"
#include "hub/process/poller.hpp"
#include "hub/process/worker_pool.hpp"

#include <time.h>

#include <chrono>
#include <deque>
#include <string>
#include <vector>

namespace lienthong::process {

struct PendingJob
{
    std::uint64_t id = 0;
    std::string bytes;
    WorkerPool::Done done;
    std::size_t tries = 0;  ///< Workers it has cost.
};

struct FinishedJob
{
    WorkerPool::Done done;
    Result<std::string> result;
};

class Worker
{
public:
    enum class State { starting, opening, ready };

    Worker(Child child, const PoolOptions& options, SteadyTime now);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    [[nodiscard]] int socket() const { return child_.socket; }
    [[nodiscard]] pid_t process() const { return child_.process; }
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] const Hello& hello() const { return hello_; }
    [[nodiscard]] std::size_t held() const { return held_.size(); }
    [[nodiscard]] bool can_take() const { return state_ == State::ready && !retiring() && held_.size() < options_.jobs_ahead; }
    /// Has done its share; ends as soon as its hands are empty.
    [[nodiscard]] bool retiring() const { return jobs_ >= options_.jobs_per_worker; }
    [[nodiscard]] bool done_its_share() const { return retiring() && held_.empty(); }
    [[nodiscard]] bool wants_to_write() const { return !outgoing_.empty(); }

    void take(PendingJob job, SteadyTime now);
    /// Sends as much as the socket takes. False when the other side is gone.
    bool write();
    /// Takes in what has arrived; finished jobs are appended. False when the worker is of no more use: fault() says why.
    bool read(SteadyTime now, std::vector<FinishedJob>& finished);
    /// When its time is up or its processor time must be looked at; the far future when nothing runs.
    [[nodiscard]] SteadyTime due() const { return due_; }
    /// Called once due() has passed. False when the worker has used up its time.
    bool check_time(SteadyTime now);

    /// It answered its last job, and has not begun the next one it holds.
    [[nodiscard]] bool spent() const { return spent_; }
    /// Why it is of no more use. The code is empty when it simply ended.
    [[nodiscard]] const Problem& fault() const { return fault_; }
    /// Ends the process and says how it ended.
    End end(std::chrono::milliseconds patience);
    /// The jobs it still holds, the one in hand first.
    std::deque<PendingJob> leave() { return std::move(held_); }

private:
    bool receive(Frame frame, SteadyTime now, std::vector<FinishedJob>& finished);
    bool receive_start(Frame& frame, SteadyTime now);
    bool receive_outcome(Frame& frame, SteadyTime now, std::vector<FinishedJob>& finished);
    bool refuse(const char* code, std::string detail, std::string found, std::string expected);
    void send(FrameKind kind, std::uint64_t id, const std::string& body);
    void begin_next(SteadyTime now);
    [[nodiscard]] std::chrono::nanoseconds processor_time() const;

    Child child_;
    const PoolOptions& options_;
    State state_ = State::starting;
    FrameReader reader_;
    std::string outgoing_;
    std::size_t sent_ = 0;
    std::deque<PendingJob> held_;
    Hello hello_;
    Problem fault_;
    bool spent_ = false;
    std::uint64_t answered_ = 0;  ///< The job it answered last; 0 for none.
    std::size_t jobs_ = 0;
    SteadyTime deadline_;
    SteadyTime due_;
    std::chrono::nanoseconds processor_at_start_{0};
    clockid_t processor_clock_{};
    bool has_clock_ = false;
};

}  // namespace lienthong::process
