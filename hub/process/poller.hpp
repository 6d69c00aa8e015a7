/// Poller: one thread's wait for sockets, for a moment in time, or for another thread.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <chrono>
#include <span>

namespace lienthong::process {

using SteadyTime = std::chrono::steady_clock::time_point;

/// Only wait() belongs to one thread. The rest may be called by whoever holds the lock that also guards wait()'s
/// evaluation. Throws std::system_error when the kernel refuses: a broken promise, not a peer's doing.
class Poller
{
public:
    Poller();
    ~Poller();
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    void add(int descriptor);
    /// Reading is always watched.
    void watch_writing(int descriptor, bool on);
    void wake();
    /// Rings at the earliest moment asked for since it last rang. It may ring early, never late.
    void arm(SteadyTime when);

    /// Blocks until something happens. The events point into this object until the next call.
    [[nodiscard]] std::span<const epoll_event> wait();
    /// True when the event was the poller's own: a wake or the timer.
    [[nodiscard]] bool swallow(const epoll_event& event);

private:
    int epoll_, wake_, timer_;
    SteadyTime armed_ = SteadyTime::max();
    std::array<epoll_event, 32> events_{};
};

}  // namespace lienthong::process
