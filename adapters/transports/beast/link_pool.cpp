// Keeps idle connections and forgets the dead ones.
#include "adapters/transports/beast/link_pool.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace lienthong::adapters {
namespace {

/// Nothing to read and no end: a server that has hung up, or says something unasked, is not used again.
bool is_silent(Link& link)
{
    char byte = 0;
    const auto peeked = ::recv(link.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return peeked < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace

bool LinkPool::is_stale(const IdleLink& idle) const
{
    return std::chrono::steady_clock::now() - idle.since > idle_time_ || !is_silent(*idle.link);
}

IdleLink LinkPool::take(const std::string& key)
{
    const std::lock_guard lock(mutex_);
    for (auto it = idle_.begin(); it != idle_.end();) {
        std::erase_if(it->second, [&](const IdleLink& idle) { return is_stale(idle); });
        it = it->second.empty() ? idle_.erase(it) : std::next(it);
    }
    const auto found = idle_.find(key);
    if (found == idle_.end())
        return {};
    IdleLink idle = std::move(found->second.back());
    found->second.pop_back();
    return idle;
}

void LinkPool::give(const std::string& key, IdleLink idle)
{
    const std::lock_guard lock(mutex_);
    std::vector<IdleLink>& waiting = idle_[key];
    if (waiting.size() < per_host_)
        waiting.push_back(std::move(idle));
}

}  // namespace lienthong::adapters
