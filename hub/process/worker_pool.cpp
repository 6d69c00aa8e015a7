// Worker processes doing jobs, each replaced when it dies, hangs or speaks nonsense.
#include "hub/process/worker_pool.hpp"

#include "hub/process/worker.hpp"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace lienthong::process {
namespace {

constexpr SteadyTime never = SteadyTime::max();
constexpr std::chrono::milliseconds patience_for_a_closed_socket{100};
constexpr std::chrono::milliseconds patience_at_a_planned_end{1000};

int checked(int descriptor, const char* what)
{
    if (descriptor < 0)
        throw std::system_error(errno, std::generic_category(), what);
    return descriptor;
}

}  // namespace

class WorkerPool::Impl
{
public:
    explicit Impl(PoolOptions options);
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void submit(std::string job, Done done);
    Result<Hello> wait_ready(std::chrono::milliseconds patience);
    PoolStanding standing() const;
    void stop();
    void kill_workers();

private:
    struct Slot
    {
        std::unique_ptr<Worker> worker;
        bool watching_write = false;
    };
    using Slots = std::vector<Slot>;

    void run();
    void serve(int descriptor, std::uint32_t events, SteadyTime now, Slots& ended, std::vector<FinishedJob>& finished);
    void check_times(SteadyTime now, Slots& ended);
    void retire(Slots& ended);
    void bury(Slot& slot, const std::string& how, std::vector<FinishedJob>& finished);
    void count_death(SteadyTime now);
    void fail_waiting(std::vector<FinishedJob>& finished);
    void start_missing(SteadyTime now);
    void feed(SteadyTime now);
    void hand_over(Slot& slot, PendingJob job, SteadyTime now);
    void watch(Slot& slot);
    void arm(SteadyTime when);
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
    int epoll_, wake_, timer_;
    SteadyTime armed_ = never;
    SteadyTime next_start_{};
    SteadyTime last_death_{};
    std::size_t deaths_in_a_row_ = 0;
    std::uint64_t failed_starts_ = 0;
    Problem start_problem_;
    PoolStanding standing_;
    bool stopping_ = false;
    std::thread thread_;
};

WorkerPool::Impl::Impl(PoolOptions options)
    : options_(std::move(options)),
      epoll_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      wake_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")),
      timer_(checked(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK), "timerfd_create"))
{
    for (const int descriptor : {wake_, timer_}) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = descriptor;
        checked(::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl");
    }
    thread_ = std::thread([this] { run(); });
}

WorkerPool::Impl::~Impl()
{
    stop();
    for (const int descriptor : {epoll_, wake_, timer_})
        ::close(descriptor);
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
            hand_over(*slot, {next_id_++, std::move(job), std::move(done)}, now);
            return;
        } else if (queue_.size() < options_.queue_limit) {
            queue_.push_back({next_id_++, std::move(job), std::move(done)});
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

void WorkerPool::Impl::run()
{
    std::array<epoll_event, 32> events{};
    for (;;) {
        std::vector<FinishedJob> finished;
        Slots ended;
        {
            const std::lock_guard lock(mutex_);
            start_missing(std::chrono::steady_clock::now());
        }
        const int count = ::epoll_wait(epoll_, events.data(), events.size(), -1);
        {
            const std::lock_guard lock(mutex_);
            if (stopping_)
                return;
            const auto now = std::chrono::steady_clock::now();
            for (int i = 0; i < count; ++i)
                serve(events[static_cast<std::size_t>(i)].data.fd, events[static_cast<std::size_t>(i)].events, now, ended,
                      finished);
            check_times(now, ended);
            retire(ended);
            feed(now);
        }
        std::vector<std::string> how;
        for (Slot& slot : ended) {
            const bool planned = slot.worker->retiring() && slot.worker->held() == 0;
            const bool faulty = !slot.worker->fault().code.empty();
            how.push_back(slot.worker->end(planned  ? patience_at_a_planned_end
                                           : faulty ? std::chrono::milliseconds(0)
                                                    : patience_for_a_closed_socket));
        }
        if (!ended.empty()) {
            const std::lock_guard lock(mutex_);
            for (std::size_t i = 0; i < ended.size(); ++i)
                bury(ended[i], how[i], finished);
            feed(std::chrono::steady_clock::now());
        }
        if (!finished.empty() || !ended.empty())
            changed_.notify_all();
        for (FinishedJob& job : finished)
            job.done(std::move(job.result));
    }
}

void WorkerPool::Impl::serve(int descriptor, std::uint32_t events, SteadyTime now, Slots& ended,
                             std::vector<FinishedJob>& finished)
{
    if (descriptor == wake_ || descriptor == timer_) {
        std::uint64_t ignored = 0;
        (void)!::read(descriptor, &ignored, sizeof ignored);
        if (descriptor == timer_)
            armed_ = never;
        return;
    }
    const auto it = std::find_if(slots_.begin(), slots_.end(), [&](const Slot& s) { return s.worker->socket() == descriptor; });
    if (it == slots_.end())
        return;
    const bool was_ready = it->worker->state() == Worker::State::ready;
    const std::size_t before = finished.size();
    bool good = (events & EPOLLOUT) == 0 || it->worker->write();
    good = ((events & ~static_cast<std::uint32_t>(EPOLLOUT)) == 0 || it->worker->read(now, finished)) && good;
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
            arm(it->worker->due());
            ++it;
        }
    }
}

void WorkerPool::Impl::retire(Slots& ended)
{
    for (auto it = slots_.begin(); it != slots_.end();) {
        if (it->worker->retiring() && it->worker->held() == 0) {
            ended.push_back(std::move(*it));
            it = slots_.erase(it);
        } else {
            ++it;
        }
    }
}

void WorkerPool::Impl::bury(Slot& slot, const std::string& how, std::vector<FinishedJob>& finished)
{
    Worker& worker = *slot.worker;
    const bool was_ready = worker.state() == Worker::State::ready;
    auto held = worker.leave();
    standing_.last_end = how.empty() ? "still being taken down by the kernel" : how;
    if (was_ready && worker.retiring() && held.empty() && worker.fault().code.empty())
        return;
    count_death(std::chrono::steady_clock::now());
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
        if (!held.empty()) {
            finished.push_back({std::move(held.front().done), std::move(why)});
            held.pop_front();
        }
        while (!held.empty()) {
            queue_.push_front(std::move(held.back()));
            held.pop_back();
        }
    }
    if (slots_.empty() && (!was_ready || next_start_ > last_death_))
        fail_waiting(finished);
}

void WorkerPool::Impl::count_death(SteadyTime now)
{
    ++standing_.deaths;
    deaths_in_a_row_ = now - last_death_ > options_.flapping_window ? 1 : deaths_in_a_row_ + 1;
    last_death_ = now;
    next_start_ = now;
    if (deaths_in_a_row_ <= options_.deaths_forgiven)
        return;
    auto pause = options_.first_pause;
    for (std::size_t i = deaths_in_a_row_ - options_.deaths_forgiven; i > 1 && pause < options_.longest_pause; --i)
        pause *= 2;
    next_start_ = now + std::min(pause, options_.longest_pause);
}

void WorkerPool::Impl::fail_waiting(std::vector<FinishedJob>& finished)
{
    const Problem why = why_hopeless(std::chrono::steady_clock::now());
    for (PendingJob& job : queue_)
        finished.push_back({std::move(job.done), why});
    queue_.clear();
}

/// No worker, and none to be started before a pause is over: waiting would only hide it.
bool WorkerPool::Impl::hopeless(SteadyTime now) const
{
    return slots_.empty() && next_start_ > now;
}

Problem WorkerPool::Impl::why_hopeless(SteadyTime now) const
{
    if (!start_problem_.code.empty())
        return start_problem_;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(std::max(next_start_ - now, SteadyTime::duration(0)));
    return {"process.worker_flapping",
            "workers die faster than they live; the last one " + standing_.last_end,
            {},
            std::to_string(deaths_in_a_row_) + " deaths in a row",
            "a worker that lives; the next is started in " + std::to_string(left.count()) + " ms"};
}

void WorkerPool::Impl::start_missing(SteadyTime now)
{
    if (stopping_ || slots_.size() >= options_.workers)
        return;
    if (next_start_ > now) {
        arm(next_start_);
        return;
    }
    while (slots_.size() < options_.workers) {
        auto child = spawn(options_.program);
        if (!child) {
            ++failed_starts_;
            start_problem_ = child.problem();
            count_death(now);
            next_start_ = std::max(next_start_, now + options_.first_pause);
            arm(next_start_);
            changed_.notify_all();
            return;
        }
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = child->socket;
        slots_.push_back({std::make_unique<Worker>(*child, options_, now), false});
        checked(::epoll_ctl(epoll_, EPOLL_CTL_ADD, child->socket, &event), "epoll_ctl");
        arm(slots_.back().worker->due());
    }
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
    arm(slot.worker->due());
}

void WorkerPool::Impl::watch(Slot& slot)
{
    if (slot.watching_write == slot.worker->wants_to_write())
        return;
    slot.watching_write = slot.worker->wants_to_write();
    epoll_event event{};
    event.events = EPOLLIN | (slot.watching_write ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
    event.data.fd = slot.worker->socket();
    checked(::epoll_ctl(epoll_, EPOLL_CTL_MOD, slot.worker->socket(), &event), "epoll_ctl");
}

/// A timer that rings too early costs one look around; so it is only ever moved forward.
void WorkerPool::Impl::arm(SteadyTime when)
{
    if (when >= armed_)
        return;
    armed_ = when;
    const auto since =
        std::max(std::chrono::duration_cast<std::chrono::nanoseconds>(when.time_since_epoch()), std::chrono::nanoseconds(1));
    itimerspec spec{};
    spec.it_value.tv_sec = static_cast<time_t>(since.count() / 1'000'000'000);
    spec.it_value.tv_nsec = static_cast<long>(since.count() % 1'000'000'000);
    checked(::timerfd_settime(timer_, TFD_TIMER_ABSTIME, &spec, nullptr), "timerfd_settime");
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
    standing.pausing = slots_.size() < options_.workers && next_start_ > std::chrono::steady_clock::now();
    return standing;
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
        const std::uint64_t one = 1;
        (void)!::write(wake_, &one, sizeof one);
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
void WorkerPool::kill_workers()
{
    impl_->kill_workers();
}

}  // namespace lienthong::process
