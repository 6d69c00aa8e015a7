/// Socket watch: ends at a deadline whatever a library that keeps no time is waiting for.
#pragma once

#include "adapters/transports/blocking/blocking_transport.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace lienthong::adapters {

/// Cuts a socket at the deadline. Holds a descriptor of its own, so that it never cuts another that got the same number.
class SocketWatch
{
public:
    SocketWatch(int socket, Deadline deadline);
    SocketWatch(const SocketWatch&) = delete;
    SocketWatch& operator=(const SocketWatch&) = delete;
    ~SocketWatch();

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool over_ = false;
    int socket_;
    std::thread thread_;
};

}  // namespace lienthong::adapters
