/// Ruling: checks the rules between figures behind everything that changes what is served, on a thread of its own.
#pragma once

#include "hub/flow/rule_check.hpp"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace lienthong::flow {

class Ruling
{
public:
    explicit Ruling(RuleCheckParts parts) : check_(std::move(parts)) {}
    ~Ruling();
    Ruling(const Ruling&) = delete;
    Ruling& operator=(const Ruling&) = delete;

    void start();
    /// Something may have changed. Cheap; thread-safe.
    void wake();
    void stop();
    /// Why checking stands still, one sentence; empty when it does not. Thread-safe.
    [[nodiscard]] std::string problem() const;

private:
    void run();

    RuleCheck check_;
    mutable std::mutex mutex_;
    std::condition_variable condition_;
    std::string problem_;
    bool woken_ = true;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace lienthong::flow
