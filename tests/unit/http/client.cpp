// Sockets and OpenSSL, blocking, with a deadline against hanging.
#include "tests/unit/http/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>

namespace {

constexpr int longest_wait_seconds = 30;

}  // namespace

Client::Client(std::uint16_t port, Over over)
{
    std::signal(SIGPIPE, SIG_IGN);
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval limit{longest_wait_seconds, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    if (over == Over::plain || !connected_)
        return;
    context_ = SSL_CTX_new(TLS_client_method());
    if (over == Over::tls_1_1) {
        SSL_CTX_set_security_level(context_, 0);
        SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context_, TLS1_1_VERSION);
    } else if (over == Over::tls_1_2) {
        SSL_CTX_set_max_proto_version(context_, TLS1_2_VERSION);
    }
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, socket_);
    connected_ = SSL_connect(ssl_) == 1;
}

Client::~Client()
{
    hang_up();
    SSL_free(ssl_);
    SSL_CTX_free(context_);
}

std::string Client::protocol() const
{
    return ssl_ == nullptr ? "" : std::string(SSL_get_version(ssl_)) + " " + SSL_get_cipher_name(ssl_);
}

bool Client::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ssl_ != nullptr ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                                          : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Client::more()
{
    char part[16 * 1024];
    const auto count = ssl_ != nullptr ? SSL_read(ssl_, part, sizeof part) : ::recv(socket_, part, sizeof part, 0);
    if (count <= 0)
        return false;
    received_.append(part, static_cast<std::size_t>(count));
    return true;
}

std::string Client::answer(bool head)
{
    std::size_t header = std::string::npos;
    while ((header = received_.find("\r\n\r\n")) == std::string::npos)
        if (!more())
            return {};
    const std::size_t at = received_.find("Content-Length: ");
    const std::size_t body = at > header || head ? 0 : std::stoul(received_.substr(at + 16));
    const std::size_t whole = header + 4 + body;
    while (received_.size() < whole)
        if (!more())
            return {};
    std::string out = received_.substr(0, whole);
    received_.erase(0, whole);
    return out;
}

std::string Client::rest()
{
    while (more()) {
    }
    return std::move(received_);
}

bool Client::readable(std::chrono::milliseconds wait)
{
    pollfd wanted{socket_, POLLIN, 0};
    return ::poll(&wanted, 1, static_cast<int>(wait.count())) > 0;
}

void Client::hang_up()
{
    if (socket_ >= 0)
        ::close(socket_);
    socket_ = -1;
}
