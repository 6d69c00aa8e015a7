// A server that does to each connection exactly what a test says.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

class Certificate;

/// One accepted connection, blocking.
class Conversation
{
public:
    Conversation(int socket, SSL* ssl) : socket_(socket), ssl_(ssl) {}
    /// Header and Content-Length body of the next request; empty at the end of the connection.
    std::string request();
    void say(std::string_view bytes);
    void answer(std::string_view body, std::string_view fields = {});
    /// Ends the connection with a reset.
    void reset() const;
    /// Waits until the client has gone.
    void wait_for_end();

private:
    bool more();
    int socket_;
    SSL* ssl_;
    std::string received_;
};

class ScriptedServer
{
public:
    using Script = std::function<void(Conversation&)>;
    /// `script` runs once for each connection, on a thread of its own.
    explicit ScriptedServer(Script script, const Certificate* certificate = nullptr);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string url(std::string_view path) const;
    [[nodiscard]] int connections() const { return connections_; }

private:
    void converse(int socket);

    Script script_;
    SSL_CTX* context_ = nullptr;
    int listening_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_ = 0;
    std::mutex mutex_;
    std::vector<int> sockets_;
    std::vector<std::thread> conversations_;
    std::thread accepting_;
};
