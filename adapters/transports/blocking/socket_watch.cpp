// One thread that waits for the end of the work or of the time, whichever comes first.
#include "adapters/transports/blocking/socket_watch.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lienthong::adapters {

SocketWatch::SocketWatch(int socket, Deadline deadline)
    : socket_(::fcntl(socket, F_DUPFD_CLOEXEC, 0)), thread_([this, deadline] {
          std::unique_lock lock(mutex_);
          if (!changed_.wait_until(lock, deadline, [this] { return over_; }))
              ::shutdown(socket_, SHUT_RDWR);
      })
{
}

SocketWatch::~SocketWatch()
{
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    changed_.notify_all();
    thread_.join();
    if (socket_ >= 0)
        ::close(socket_);
}

}  // namespace lienthong::adapters
