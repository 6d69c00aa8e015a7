/// LinkPool: connections that wait for the next request to the same host.
#pragma once

#include "adapters/transports/beast/link.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace lienthong::adapters {

struct IdleLink
{
    std::unique_ptr<Link> link;
    asio::any_io_executor executor;  ///< The strand its socket is bound to.
    std::chrono::steady_clock::time_point since;
};

/// Safe from any thread.
class LinkPool
{
public:
    LinkPool(std::size_t per_host, std::chrono::milliseconds idle_time) : per_host_(per_host), idle_time_(idle_time) {}

    /// The one used last that still seems alive; its link is null when there is none.
    [[nodiscard]] IdleLink take(const std::string& key);
    void give(const std::string& key, IdleLink idle);

private:
    [[nodiscard]] bool is_stale(const IdleLink& idle) const;

    const std::size_t per_host_;
    const std::chrono::milliseconds idle_time_;
    std::mutex mutex_;
    std::map<std::string, std::vector<IdleLink>> idle_;
};

}  // namespace lienthong::adapters
