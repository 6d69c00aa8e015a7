// The thread: a look when something arrived, and one now and then, since silence wakes nobody.
#include "hub/flow/watching.hpp"

#include <algorithm>

namespace lienthong::flow {
namespace {

/// A bulk of submissions is taken in together.
constexpr std::chrono::milliseconds gathering{500};

}  // namespace

Watching::~Watching()
{
    stop();
}

Result<void> Watching::start()
{
    if (auto begun = watch_.begin(); !begun.ok())
        return begun;
    thread_ = std::thread([this] { run(); });
    return {};
}

void Watching::wake()
{
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    condition_.notify_all();
}

void Watching::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    condition_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

std::string Watching::problem() const
{
    const std::lock_guard lock(mutex_);
    return problem_;
}

void Watching::run()
{
    for (;;) {
        const auto looked = watch_.look();
        std::unique_lock lock(mutex_);
        std::string problem = looked.ok() ? std::string() : looked.problem().sentence();
        if (!problem.empty() && problem != problem_ && say_)
            say_("the flows' silence cannot be watched: " + problem);
        problem_ = std::move(problem);
        condition_.wait_for(lock, gathering, [this] { return stopping_; });
        condition_.wait_for(lock, std::max(watch_.interval() - gathering, std::chrono::milliseconds(1)), [this] { return woken_ || stopping_; });
        if (stopping_)
            return;
        woken_ = false;
    }
}

}  // namespace lienthong::flow
