// Socket, peer check and one exchange a connection; what is signed is decided elsewhere.
#include "hub/seal/signer_socket.hpp"

#include "hub/seal/signer_wire.hpp"

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace lienthong::seal {
namespace {

constexpr std::chrono::seconds exchange_time{5};
constexpr int waiting_connections = 16;

class Descriptor
{
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor()
    {
        if (fd_ >= 0)
            ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] int release() { return std::exchange(fd_, -1); }

private:
    int fd_;
};

std::optional<sockaddr_un> address_of(const std::string& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return std::nullopt;
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

bool connect_to(int fd, const sockaddr_un& address)
{
    return ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

// A non-blocking connect fails at once while others wait to be accepted, so this one step blocks, for a limited time.
bool connect_in_time(int fd, const sockaddr_un& address, std::chrono::milliseconds timeout)
{
    const timeval limit{timeout.count() / 1000, timeout.count() % 1000 * 1000};
    const int flags = ::fcntl(fd, F_GETFL);
    return ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0 &&
           ::fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) == 0 && connect_to(fd, address) && ::fcntl(fd, F_SETFL, flags) == 0;
}

Problem socket_problem(std::string detail, const std::string& path)
{
    return {"seal.socket", std::move(detail), path, {}, "a free path in a directory of the signer's own"};
}

Problem unreachable(const std::string& path, std::string detail)
{
    return {"seal.signer_unreachable", std::move(detail), path, {}, "a running lienthong-signer"};
}

int stream_socket()
{
    return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

bool is_own_account(int connection)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

}  // namespace

Result<std::unique_ptr<SignerServer>> SignerServer::listen(std::string path)
{
    const auto address = address_of(path);
    if (!address)
        return socket_problem("the path is empty or longer than a socket's name may be", path);
    struct stat status
    {
    };
    if (::lstat(path.c_str(), &status) == 0) {
        const Descriptor probe(stream_socket());
        if (!S_ISSOCK(status.st_mode) || connect_to(probe.get(), *address) || errno != ECONNREFUSED)
            return socket_problem("something else is there or answers there", path);
        ::unlink(path.c_str());
    }
    Descriptor fd(stream_socket());
    const mode_t before = ::umask(0177);
    const bool bound = ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0;
    ::umask(before);
    if (!bound || ::listen(fd.get(), waiting_connections) != 0)
        return socket_problem(std::string("the socket cannot be made: ") + std::strerror(errno), path);
    return std::unique_ptr<SignerServer>{new SignerServer(std::move(path), fd.release())};
}

SignerServer::~SignerServer()
{
    ::unlink(path_.c_str());
    ::close(fd_);
}

void SignerServer::serve(Signer& signer, std::span<const int> stops)
{
    while (wait_for(fd_, POLLIN, Deadline::max(), stops)) {
        const Descriptor connection(::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (connection.get() >= 0 && is_own_account(connection.get()))
            answer(connection.get(), signer, stops);
    }
}

void SignerServer::answer(int connection, Signer& signer, std::span<const int> stops)
{
    const Deadline deadline = std::chrono::steady_clock::now() + exchange_time;
    const auto bytes = read_frame(connection, deadline, stops);
    if (!bytes)
        return;
    const auto request = decode_request(*bytes);
    const Problem foreign{"seal.refused", "the request is not the one verb this signer knows", {}, {}, "seal"};
    const auto reply = request ? signer.seal(*request) : Result<SealedCheckpoint>(foreign);
    // A peer that went away asks again and gets the same checkpoint.
    static_cast<void>(write_frame(connection, encode_reply(reply), deadline, stops));
}

Result<SealedCheckpoint> SignerClient::seal(const SealRequest& request)
{
    const Deadline deadline = std::chrono::steady_clock::now() + timeout_;
    const auto address = address_of(path_);
    const Descriptor connection(stream_socket());
    if (!address || !connect_in_time(connection.get(), *address, timeout_))
        return unreachable(path_, std::string("the signer does not answer: ") + (address ? std::strerror(errno) : "bad path"));
    if (!write_frame(connection.get(), encode_request(request), deadline))
        return unreachable(path_, "the signer does not take the request");
    const auto reply = read_frame(connection.get(), deadline);
    if (!reply)
        return unreachable(path_, "the signer gave no reply in time");
    return decode_reply(*reply);
}

}  // namespace lienthong::seal
