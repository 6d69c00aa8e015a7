/// What all connections of one server share: options, handler, counters and the list of who is connected.
#pragma once

#include "hub/http/refusals.hpp"
#include "hub/http/server.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace lienthong::http {

/// A connection as the server sees it. Safe from any thread.
class Live
{
public:
    virtual ~Live() = default;
    virtual void drain() = 0;  ///< Ends after the running request; at once when idle.
    virtual void abort() = 0;  ///< Ends now.
};

class Service
{
public:
    Service(ServerOptions options, Handler handler, Counter refused);

    const ServerOptions options;  ///< Hosts filled in, lower case.
    const Handler handler;

    void count(std::string_view reason) const
    {
        if (refused_)
            refused_(reason);
    }
    [[nodiscard]] bool draining() const { return draining_; }
    [[nodiscard]] bool full() const { return open_ >= options.limits.connections; }

    void enter(const std::shared_ptr<Live>& connection);
    void leave(Live* connection);
    void drain();
    void abort();
    /// Called once, from any thread, when the server drains and the last connection has gone.
    void when_empty(std::function<void()> told);

private:
    [[nodiscard]] std::vector<std::shared_ptr<Live>> everyone();
    void tell_if_empty();

    const Counter refused_;
    std::atomic<bool> draining_ = false;
    std::atomic<std::size_t> open_ = 0;
    std::mutex mutex_;
    std::map<Live*, std::weak_ptr<Live>> live_;
    std::function<void()> told_;
};

/// Start serving an accepted socket; in plain_connection.cpp and tls_connection.cpp, the two files that compile Beast.
void start_plain(boost::asio::ip::tcp::socket socket, std::shared_ptr<Service> service);
void start_tls(boost::asio::ip::tcp::socket socket, std::shared_ptr<Service> service,
               std::shared_ptr<boost::asio::ssl::context> context);

}  // namespace lienthong::http
