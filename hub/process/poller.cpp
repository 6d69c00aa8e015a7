// One thread's wait, by epoll.
#include "hub/process/poller.hpp"

#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace lienthong::process {
namespace {

int checked(int result, const char* what)
{
    if (result < 0)
        throw std::system_error(errno, std::generic_category(), what);
    return result;
}

}  // namespace

Poller::Poller()
    : epoll_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      wake_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")),
      timer_(checked(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK), "timerfd_create"))
{
    add(wake_);
    add(timer_);
}

Poller::~Poller()
{
    for (const int descriptor : {epoll_, wake_, timer_})
        ::close(descriptor);
}

void Poller::add(int descriptor)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    checked(::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl");
}

void Poller::watch_writing(int descriptor, bool on)
{
    epoll_event event{};
    event.events = EPOLLIN | (on ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
    event.data.fd = descriptor;
    checked(::epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event), "epoll_ctl");
}

void Poller::wake()
{
    const std::uint64_t one = 1;
    (void)!::write(wake_, &one, sizeof one);
}

/// Moved forward only: a timer that rings too early costs one look around.
void Poller::arm(SteadyTime when)
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

std::span<const epoll_event> Poller::wait()
{
    const int count = ::epoll_wait(epoll_, events_.data(), static_cast<int>(events_.size()), -1);
    return {events_.data(), static_cast<std::size_t>(std::max(count, 0))};
}

bool Poller::swallow(const epoll_event& event)
{
    if (event.data.fd != wake_ && event.data.fd != timer_)
        return false;
    std::uint64_t ignored = 0;
    (void)!::read(event.data.fd, &ignored, sizeof ignored);
    if (event.data.fd == timer_)
        armed_ = SteadyTime::max();
    return true;
}

}  // namespace lienthong::process
