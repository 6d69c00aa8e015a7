// Who is connected, and what they share.
#include "hub/http/service.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::http {
namespace {

ServerOptions completed(ServerOptions options)
{
    if (options.hosts.empty()) {
        const bool ipv6 = options.address.find(':') != std::string::npos;
        options.hosts = {ipv6 ? "[" + options.address + "]" : options.address, "localhost"};
    }
    for (std::string& host : options.hosts)
        std::transform(host.begin(), host.end(), host.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return options;
}

}  // namespace

Service::Service(ServerOptions given, Handler to, Counter refused)
    : options(completed(std::move(given))), handler(std::move(to)), refused_(std::move(refused))
{
}

void Service::enter(const std::shared_ptr<Live>& connection)
{
    {
        const std::lock_guard lock(mutex_);
        live_.emplace(connection.get(), connection);
        open_ = live_.size();
    }
    if (draining_)
        connection->drain();
}

void Service::leave(Live* connection)
{
    {
        const std::lock_guard lock(mutex_);
        live_.erase(connection);
        open_ = live_.size();
    }
    tell_if_empty();
}

std::vector<std::shared_ptr<Live>> Service::everyone()
{
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Live>> all;
    for (const auto& [_, weak] : live_)
        if (auto connection = weak.lock())
            all.push_back(std::move(connection));
    return all;
}

void Service::drain()
{
    draining_ = true;
    for (const auto& connection : everyone())
        connection->drain();
    tell_if_empty();
}

void Service::abort()
{
    draining_ = true;
    for (const auto& connection : everyone())
        connection->abort();
}

void Service::when_empty(std::function<void()> told)
{
    {
        const std::lock_guard lock(mutex_);
        told_ = std::move(told);
    }
    tell_if_empty();
}

void Service::tell_if_empty()
{
    std::function<void()> told;
    {
        const std::lock_guard lock(mutex_);
        if (draining_ && live_.empty())
            told = std::exchange(told_, {});
    }
    if (told)
        told();
}

}  // namespace lienthong::http
