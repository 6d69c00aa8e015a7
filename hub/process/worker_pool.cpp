// What callers ask of the pool; a job goes straight into an idle worker's socket, without waking the pool's thread.
#include "hub/process/pool_impl.hpp"

#include <signal.h>

#include <algorithm>
#include <utility>

namespace lienthong::process {

WorkerPool::Impl::Impl(PoolOptions options)
    : options_(std::move(options)),
      flapping_({options_.deaths_forgiven, options_.flapping_window, options_.first_pause, options_.longest_pause})
{
    thread_ = std::thread([this] { run(); });
}

void WorkerPool::Impl::submit(std::string job, Done done)
{
    Problem refusal;
    {
        const std::lock_guard lock(mutex_);
        const auto now = std::chrono::steady_clock::now();
        if (stopping_) {
            refusal = {"process.stopped", "the job was not done because the hub is stopping"};
        } else if (job.size() > frame_limit) {
            refusal = {"process.job_too_large",
                       "the job is larger than a worker takes",
                       {},
                       std::to_string(job.size()) + " bytes",
                       "at most " + std::to_string(frame_limit) + " bytes"};
        } else if (hopeless(now)) {
            refusal = why_hopeless(now);
        } else if (Slot* slot = queue_.empty() ? free_slot() : nullptr) {
            hand_over(*slot, {next_id_++, std::move(job), std::move(done), 0}, now);
            return;
        } else if (queue_.size() < options_.queue_limit) {
            queue_.push_back({next_id_++, std::move(job), std::move(done), 0});
            return;
        } else {
            refusal = {"process.queue_full",
                       "too many jobs wait for a worker",
                       {},
                       std::to_string(queue_.size()),
                       "fewer than " + std::to_string(options_.queue_limit)};
        }
    }
    done(std::move(refusal));
}

/// No worker, and none to be started before a pause is over: waiting would only hide it.
bool WorkerPool::Impl::hopeless(SteadyTime now) const
{
    return slots_.empty() && flapping_.pausing(now);
}

Problem WorkerPool::Impl::why_hopeless(SteadyTime now) const
{
    // Whatever kept a worker from starting says nothing about the job, so it never lends the job its code.
    if (!start_problem_.code.empty())
        return {"process.worker_start", "no worker can be started: " + start_problem_.sentence(), start_problem_.place,
                start_problem_.code, "a worker that starts"};
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::max(flapping_.next_start() - now, SteadyTime::duration(0)));
    return {"process.worker_flapping",
            "workers die faster than they live; the last one " + standing_.last_end,
            {},
            std::to_string(flapping_.in_a_row()) + " deaths in a row",
            "a worker that lives; the next is started in " + std::to_string(left.count()) + " ms"};
}

WorkerPool::Impl::Slot* WorkerPool::Impl::free_slot()
{
    Slot* best = nullptr;
    for (Slot& slot : slots_)
        if (slot.worker->can_take() && (best == nullptr || slot.worker->held() < best->worker->held()))
            best = &slot;
    return best;
}

void WorkerPool::Impl::feed(SteadyTime now)
{
    while (!queue_.empty()) {
        Slot* slot = free_slot();
        if (slot == nullptr)
            return;
        PendingJob job = std::move(queue_.front());
        queue_.pop_front();
        hand_over(*slot, std::move(job), now);
    }
}

/// A write that fails is left for the pool's thread, which will find the socket closed.
void WorkerPool::Impl::hand_over(Slot& slot, PendingJob job, SteadyTime now)
{
    slot.worker->take(std::move(job), now);
    (void)slot.worker->write();
    watch(slot);
    poller_.arm(slot.worker->due());
}

void WorkerPool::Impl::watch(Slot& slot)
{
    if (slot.watching_write == slot.worker->wants_to_write())
        return;
    slot.watching_write = slot.worker->wants_to_write();
    poller_.watch_writing(slot.worker->socket(), slot.watching_write);
}

std::size_t WorkerPool::Impl::ready() const
{
    return static_cast<std::size_t>(
        std::count_if(slots_.begin(), slots_.end(), [](const Slot& s) { return s.worker->state() == Worker::State::ready; }));
}

Result<Hello> WorkerPool::Impl::wait_ready(std::chrono::milliseconds patience)
{
    std::unique_lock lock(mutex_);
    const std::uint64_t failed_before = start_problem_.code.empty() ? failed_starts_ : failed_starts_ - 1;
    changed_.wait_for(lock, patience, [&] { return ready() > 0 || failed_starts_ > failed_before || stopping_; });
    if (ready() > 0)
        return standing_.hello;
    if (failed_starts_ > failed_before)
        return start_problem_;
    return Problem{
        "process.worker_timeout", "no worker was ready in time", {}, std::to_string(slots_.size()) + " starting", "one ready"};
}

PoolStanding WorkerPool::Impl::standing() const
{
    const std::lock_guard lock(mutex_);
    PoolStanding standing = standing_;
    standing.ready = ready();
    standing.waiting = queue_.size();
    for (const Slot& slot : slots_)
        standing.in_hand += slot.worker->held();
    const auto now = std::chrono::steady_clock::now();
    standing.pausing = slots_.size() < options_.workers && flapping_.pausing(now);
    standing.flapping = flapping_.alarming(now);
    return standing;
}

void WorkerPool::Impl::release()
{
    const std::lock_guard lock(mutex_);
    flapping_.forgive();
    start_problem_ = {};
    poller_.wake();
}

void WorkerPool::Impl::kill_workers()
{
    const std::lock_guard lock(mutex_);
    for (const Slot& slot : slots_)
        ::kill(slot.worker->process(), SIGKILL);
}

void WorkerPool::Impl::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        poller_.wake();
    }
    changed_.notify_all();
    if (thread_.joinable())
        thread_.join();
    std::deque<PendingJob> left;
    {
        const std::lock_guard lock(mutex_);
        for (Slot& slot : slots_)
            for (PendingJob& job : slot.worker->leave())
                left.push_back(std::move(job));
        slots_.clear();
        for (PendingJob& job : queue_)
            left.push_back(std::move(job));
        queue_.clear();
    }
    for (PendingJob& job : left)
        job.done(Problem{"process.stopped", "the job was not done because the hub is stopping"});
}

WorkerPool::WorkerPool(PoolOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
WorkerPool::~WorkerPool() = default;
void WorkerPool::submit(std::string job, Done done)
{
    impl_->submit(std::move(job), std::move(done));
}
Result<Hello> WorkerPool::wait_ready(std::chrono::milliseconds patience)
{
    return impl_->wait_ready(patience);
}
PoolStanding WorkerPool::standing() const
{
    return impl_->standing();
}
void WorkerPool::stop()
{
    impl_->stop();
}
void WorkerPool::release()
{
    impl_->release();
}
void WorkerPool::kill_workers()
{
    impl_->kill_workers();
}

}  // namespace lienthong::process
