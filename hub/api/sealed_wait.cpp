#include "hub/api/sealed_wait.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace lienthong::api {

void SealedWait::until_more_than(std::uint64_t known, std::chrono::seconds at_most, std::function<void()> go_on)
{
    std::unique_lock lock(mutex_);
    if (size_ > known || at_most.count() <= 0 || stopped_) {
        lock.unlock();
        go_on();
        return;
    }
    auto waiter = std::make_shared<Waiter>(executor_);
    waiter->go_on = std::move(go_on);
    waiters_.push_back(waiter);
    waiter->timer.expires_after(at_most);
    // Whoever takes the waiter off the list lets it go; the timer does so when time is up.
    waiter->timer.async_wait([this, waiter](const boost::system::error_code& error) {
        if (error)
            return;
        {
            std::lock_guard again(mutex_);
            const auto it = std::find(waiters_.begin(), waiters_.end(), waiter);
            if (it == waiters_.end())
                return;
            waiters_.erase(it);
        }
        waiter->go_on();
    });
}

void SealedWait::sealed(std::uint64_t size)
{
    std::list<std::shared_ptr<Waiter>> free;
    {
        std::lock_guard lock(mutex_);
        size_ = std::max(size_, size);
        free.swap(waiters_);
    }
    for (const auto& waiter : free)
        boost::asio::post(executor_, [waiter] {
            waiter->timer.cancel();
            waiter->go_on();
        });
}

void SealedWait::stop()
{
    {
        std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    sealed(0);
}

}  // namespace lienthong::api
