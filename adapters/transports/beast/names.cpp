// A thread for each look-up.
#include "adapters/transports/beast/names.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

namespace lienthong::adapters {

/// Shared by who waits and the thread that looks up; the thread may outlive everything else.
struct Waiting::Wanted
{
    std::mutex mutex;
    bool given_up = false;
    asio::any_io_executor executor;
    std::function<void(FoundNames)> done;

    void tell(FoundNames found)
    {
        // Under the lock, so that the executor outlives the post.
        const std::lock_guard lock(mutex);
        if (given_up)
            return;
        given_up = true;
        asio::post(executor, [done = std::move(done), found = std::move(found)]() mutable { done(std::move(found)); });
    }
};

Waiting::Waiting(const asio::any_io_executor& executor, std::function<void(FoundNames)> done)
    : wanted_(std::make_shared<Wanted>())
{
    wanted_->executor = executor;
    wanted_->done = std::move(done);
}

Waiting::~Waiting()
{
    std::function<void(FoundNames)> dropped;
    const std::lock_guard lock(wanted_->mutex);
    wanted_->given_up = true;
    wanted_->executor = {};
    dropped = std::move(wanted_->done);
}

FoundNames look_up_by_system(const std::string& host)
{
    addrinfo wanted = {};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    const int error = ::getaddrinfo(host.c_str(), nullptr, &wanted, &list);
    if (error != 0)
        return {{}, error == EAI_SYSTEM ? "the system's look-up failed" : ::gai_strerror(error)};
    FoundNames found;
    for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
        asio::ip::tcp::endpoint endpoint;
        endpoint.resize(one->ai_addrlen);
        std::copy_n(reinterpret_cast<const unsigned char*>(one->ai_addr), one->ai_addrlen,
                    reinterpret_cast<unsigned char*>(endpoint.data()));
        found.addresses.push_back(endpoint.address());
    }
    ::freeaddrinfo(list);
    if (found.addresses.empty())
        found.problem = "the name has no address";
    return found;
}

std::unique_ptr<Waiting> Names::start(const std::string& host, const asio::any_io_executor& executor,
                                      std::function<void(FoundNames)> done)
{
    auto waiting = std::make_unique<Waiting>(executor, std::move(done));
    const auto wanted = waiting->wanted_;
    if (running_->fetch_add(1) >= most_at_once) {
        --*running_;
        wanted->tell({{}, "too many look-ups wait for the name server already"});
        return waiting;
    }
    try {
        std::thread([wanted, running = running_, look_up = look_up_, host] {
            FoundNames found = look_up(host);
            --*running;
            wanted->tell(std::move(found));
        }).detach();
    } catch (const std::system_error&) {
        --*running_;
        wanted->tell({{}, "the system gives no thread to look the name up"});
    }
    return waiting;
}

}  // namespace lienthong::adapters
