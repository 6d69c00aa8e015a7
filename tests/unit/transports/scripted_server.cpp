// Blocking sockets and OpenSSL, one thread a connection.
#include "tests/unit/transports/scripted_server.hpp"

#include "tests/unit/http/certificate.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

bool Conversation::more()
{
    char part[4096];
    const auto count = ssl_ != nullptr ? SSL_read(ssl_, part, sizeof part) : ::recv(socket_, part, sizeof part, 0);
    if (count <= 0)
        return false;
    received_.append(part, static_cast<std::size_t>(count));
    return true;
}

std::string Conversation::request()
{
    std::size_t header = 0;
    while ((header = received_.find("\r\n\r\n")) == std::string::npos)
        if (!more())
            return {};
    const std::size_t at = received_.find("Content-Length: ");
    const std::size_t whole = header + 4 + (at > header ? 0 : std::stoul(received_.substr(at + 16)));
    while (received_.size() < whole)
        if (!more())
            return {};
    std::string out = received_.substr(0, whole);
    received_.erase(0, whole);
    return out;
}

void Conversation::say(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ssl_ != nullptr ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                                          : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Conversation::answer(std::string_view body, std::string_view fields)
{
    say("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(fields) + "\r\n" +
        std::string(body));
}

void Conversation::reset() const
{
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void Conversation::wait_for_end()
{
    while (more()) {
    }
}

ScriptedServer::ScriptedServer(Script script, const Certificate* certificate) : script_(std::move(script))
{
    std::signal(SIGPIPE, SIG_IGN);
    if (certificate != nullptr) {
        context_ = SSL_CTX_new(TLS_server_method());
        if (SSL_CTX_use_certificate_chain_file(context_, certificate->certificate().c_str()) != 1 ||
            SSL_CTX_use_PrivateKey_file(context_, certificate->key().c_str(), SSL_FILETYPE_PEM) != 1)
            throw std::runtime_error("certificate");
    }
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    if (::bind(listening_, reinterpret_cast<const sockaddr*>(&at), size) != 0 || ::listen(listening_, 64) != 0 ||
        ::getsockname(listening_, reinterpret_cast<sockaddr*>(&at), &size) != 0)
        throw std::runtime_error("listen");
    port_ = ntohs(at.sin_port);
    accepting_ = std::thread([this] {
        for (int socket = 0; (socket = ::accept(listening_, nullptr, nullptr)) >= 0;) {
            ++connections_;
            const std::lock_guard lock(mutex_);
            sockets_.push_back(socket);
            conversations_.emplace_back([this, socket] { converse(socket); });
        }
    });
}

ScriptedServer::~ScriptedServer()
{
    ::shutdown(listening_, SHUT_RDWR);
    accepting_.join();
    {
        const std::lock_guard lock(mutex_);
        for (const int socket : sockets_)
            ::shutdown(socket, SHUT_RDWR);
    }
    for (auto& conversation : conversations_)
        conversation.join();
    ::close(listening_);
    SSL_CTX_free(context_);
}

std::string ScriptedServer::url(std::string_view path) const
{
    return (context_ != nullptr ? "https://localhost:" : "http://localhost:") + std::to_string(port_) + std::string(path);
}

void ScriptedServer::converse(int socket)
{
    SSL* ssl = nullptr;
    bool ready = true;
    if (context_ != nullptr) {
        ssl = SSL_new(context_);
        SSL_set_fd(ssl, socket);
        ready = SSL_accept(ssl) == 1;
    }
    Conversation conversation(socket, ssl);
    if (ready)
        script_(conversation);
    SSL_free(ssl);
    const std::lock_guard lock(mutex_);
    std::erase(sockets_, socket);
    ::close(socket);
}
