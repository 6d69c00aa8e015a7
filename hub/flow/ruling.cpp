// The thread: one step after the other while there is something to look at, then a wait.
#include "hub/flow/ruling.hpp"

#include <chrono>

namespace lienthong::flow {
namespace {

/// Another process settles a difference without anybody here being told.
constexpr std::chrono::seconds looking_around{2};

}  // namespace

Ruling::~Ruling()
{
    stop();
}

void Ruling::start()
{
    thread_ = std::thread([this] { run(); });
}

void Ruling::wake()
{
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    condition_.notify_all();
}

void Ruling::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    condition_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

std::string Ruling::problem() const
{
    const std::lock_guard lock(mutex_);
    return problem_;
}

void Ruling::run()
{
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            condition_.wait_for(lock, looking_around, [this] { return woken_ || stopping_; });
            if (stopping_)
                return;
            woken_ = false;
        }
        const auto more = check_.step();
        std::unique_lock lock(mutex_);
        problem_ = more.ok() ? std::string() : more.problem().sentence();
        woken_ = woken_ || (more.ok() && *more);
        if (!more.ok())
            condition_.wait_for(lock, looking_around, [this] { return stopping_; });
    }
}

}  // namespace lienthong::flow
