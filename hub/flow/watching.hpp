/// Watching: looks at the flows again and again, on a thread of its own.
#pragma once

#include "hub/flow/watch.hpp"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace lienthong::flow {

class Watching
{
public:
    explicit Watching(WatchParts parts) : say_(parts.say), watch_(std::move(parts)) {}
    ~Watching();
    Watching(const Watching&) = delete;
    Watching& operator=(const Watching&) = delete;

    /// Fails with: watch.*.
    [[nodiscard]] Result<void> start();
    /// Something arrived. Cheap; thread-safe.
    void wake();
    /// A mail that is being sent is finished first.
    void stop();
    [[nodiscard]] const Watch& watch() const { return watch_; }
    /// Why watching stands still, one sentence; empty when it does not. Thread-safe.
    [[nodiscard]] std::string problem() const;

private:
    void run();

    std::function<void(const std::string&)> say_;
    Watch watch_;
    mutable std::mutex mutex_;
    std::condition_variable condition_;
    std::string problem_;
    bool woken_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace lienthong::flow
