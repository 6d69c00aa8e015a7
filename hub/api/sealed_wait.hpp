/// SealedWait: readers of the changes feed that wait until more is sealed, each at most as long as it asked for.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>

namespace lienthong::api {

/// Thread-safe.
class SealedWait
{
public:
    explicit SealedWait(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

    /// Calls `go_on` once: at once if more than `known` is sealed already, else when it is, or when time is up.
    void until_more_than(std::uint64_t known, std::chrono::seconds at_most, std::function<void()> go_on);
    void sealed(std::uint64_t size);
    /// Lets everybody go and nobody wait any more.
    void stop();

private:
    struct Waiter
    {
        explicit Waiter(const boost::asio::any_io_executor& executor) : timer(executor) {}
        boost::asio::steady_timer timer;
        std::function<void()> go_on;
    };
    boost::asio::any_io_executor executor_;
    std::mutex mutex_;
    std::uint64_t size_ = 0;
    bool stopped_ = false;
    std::list<std::shared_ptr<Waiter>> waiters_;
};

}  // namespace lienthong::api
