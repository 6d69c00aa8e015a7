// The pool's own thread: takes outcomes in, watches the time, buries and replaces workers.
#include "hub/process/pool_impl.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::process {
namespace {

constexpr std::chrono::milliseconds patience_for_a_closed_socket{100};
constexpr std::chrono::milliseconds patience_at_a_planned_end{1000};

/// Waits for a worker that ends by itself; one that is at fault is given no time.
End end_of_worker(Worker& worker)
{
    if (!worker.fault().code.empty())
        return worker.end(std::chrono::milliseconds(0));
    return worker.end(worker.done_its_share() ? patience_at_a_planned_end : patience_for_a_closed_socket);
}

}  // namespace

void WorkerPool::Impl::run()
{
    for (;;) {
        std::vector<FinishedJob> finished;
        Slots ended;
        {
            const std::lock_guard lock(mutex_);
            start_missing(std::chrono::steady_clock::now());
        }
        const auto events = poller_.wait();
        {
            const std::lock_guard lock(mutex_);
            if (stopping_)
                return;
            const auto now = std::chrono::steady_clock::now();
            for (const epoll_event& event : events)
                serve(event, now, ended, finished);
            check_times(now, ended);
            retire(ended);
            feed(now);
        }
        std::vector<End> ends;
        for (Slot& slot : ended)
            ends.push_back(end_of_worker(*slot.worker));
        std::vector<std::string> accounts;
        if (!ended.empty()) {
            const std::lock_guard lock(mutex_);
            for (std::size_t i = 0; i < ended.size(); ++i)
                accounts.push_back(bury(ended[i], ends[i], finished));
            feed(std::chrono::steady_clock::now());
        }
        for (const std::string& account : accounts)
            if (options_.told && !account.empty())
                options_.told(account);
        if (!finished.empty() || !ended.empty())
            changed_.notify_all();
        for (FinishedJob& job : finished)
            job.done(std::move(job.result));
    }
}

void WorkerPool::Impl::serve(const epoll_event& event, SteadyTime now, Slots& ended, std::vector<FinishedJob>& finished)
{
    if (poller_.swallow(event))
        return;
    const auto it =
        std::find_if(slots_.begin(), slots_.end(), [&](const Slot& s) { return s.worker->socket() == event.data.fd; });
    if (it == slots_.end())
        return;
    const bool was_ready = it->worker->state() == Worker::State::ready;
    const std::size_t before = finished.size();
    bool good = (event.events & EPOLLOUT) == 0 || it->worker->write();
    good = ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) == 0 || it->worker->read(now, finished)) && good;
    standing_.done += finished.size() - before;
    if (!was_ready && it->worker->state() == Worker::State::ready) {
        standing_.hello = it->worker->hello();
        changed_.notify_all();
    }
    if (good) {
        watch(*it);
        return;
    }
    ended.push_back(std::move(*it));
    slots_.erase(it);
}

void WorkerPool::Impl::check_times(SteadyTime now, Slots& ended)
{
    for (auto it = slots_.begin(); it != slots_.end();) {
        if (it->worker->due() <= now && !it->worker->check_time(now)) {
            ended.push_back(std::move(*it));
            it = slots_.erase(it);
        } else {
            poller_.arm(it->worker->due());
            ++it;
        }
    }
}

void WorkerPool::Impl::retire(Slots& ended)
{
    for (auto it = slots_.begin(); it != slots_.end();) {
        if (it->worker->done_its_share()) {
            ended.push_back(std::move(*it));
            it = slots_.erase(it);
        } else {
            ++it;
        }
    }
}

/// How a worker ended, why, and what comes now.
std::string WorkerPool::Impl::account(const Worker& worker, bool had_work, SteadyTime now) const
{
    std::string text = standing_.last_end;
    if (worker.state() != Worker::State::ready)
        text += " before it was ready";
    else if (worker.spent())
        text += " after its last answer";
    else
        text += had_work ? " with work in hand" : " while it was idle";
    if (!worker.fault().code.empty())
        text += ", because " + worker.fault().detail + " [" + worker.fault().code + "]";
    if (!flapping_.pausing(now))
        return text + "; another takes over";
    const auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(flapping_.next_start() - now);
    return text + "; " + std::to_string(flapping_.in_a_row()) + " deaths in a row, so the next is started in " +
           std::to_string(pause.count()) + " ms, or when released";
}

std::string WorkerPool::Impl::bury(Slot& slot, const End& end, std::vector<FinishedJob>& finished)
{
    Worker& worker = *slot.worker;
    const bool was_ready = worker.state() == Worker::State::ready;
    auto held = worker.leave();
    standing_.last_end = end.how.empty() ? "still being taken down by the kernel" : end.how;
    if (was_ready && worker.retiring() && held.empty() && worker.fault().code.empty())
        return {};
    const auto now = std::chrono::steady_clock::now();
    ++standing_.deaths;
    standing_.reached_out += end.reached_out ? 1 : 0;
    flapping_.death(now);
    std::string told = account(worker, !held.empty(), now);
    // A worker that is killed while it starts says nothing about the next one; one that refuses to start does.
    const bool for_a_reason = !worker.fault().code.empty();
    Problem why = worker.fault();
    if (why.code.empty())
        why = {was_ready ? "process.worker_died" : "process.worker_start",
               was_ready ? "the worker " + standing_.last_end + " with this job in hand"
                         : "the worker " + standing_.last_end + " before it was ready",
               {},
               standing_.last_end,
               was_ready ? "an answer" : "a hello"};
    if (!was_ready) {
        ++failed_starts_;
        start_problem_ = std::move(why);
    } else {
        start_problem_ = {};
        if (!held.empty() && !worker.spent() && (++held.front().tries >= options_.tries || hopeless(now))) {
            finished.push_back({std::move(held.front().done), std::move(why)});
            held.pop_front();
        }
        while (!held.empty()) {
            queue_.push_front(std::move(held.back()));
            held.pop_back();
        }
    }
    if (slots_.empty() && ((!was_ready && for_a_reason) || flapping_.pausing(now)))
        fail_waiting(finished);
    return told;
}

void WorkerPool::Impl::fail_waiting(std::vector<FinishedJob>& finished)
{
    const Problem why = why_hopeless(std::chrono::steady_clock::now());
    for (PendingJob& job : queue_)
        finished.push_back({std::move(job.done), why});
    queue_.clear();
}

void WorkerPool::Impl::start_missing(SteadyTime now)
{
    if (stopping_ || slots_.size() >= options_.workers)
        return;
    if (flapping_.pausing(now)) {
        poller_.arm(flapping_.next_start());
        return;
    }
    while (slots_.size() < options_.workers) {
        auto child = spawn(options_.program);
        if (!child) {
            ++failed_starts_;
            start_problem_ = child.problem();
            ++standing_.deaths;
            flapping_.cannot_start(now);
            poller_.arm(flapping_.next_start());
            changed_.notify_all();
            return;
        }
        slots_.push_back({std::make_unique<Worker>(*child, options_, now), false});
        poller_.add(child->socket);
        poller_.arm(slots_.back().worker->due());
    }
}

}  // namespace lienthong::process
