// A blocking client over plain TCP or TLS that sends exactly the bytes it is given.
#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

class Client
{
public:
    enum class Over { plain, tls, tls_1_2, tls_1_1 };

    Client(std::uint16_t port, Over over);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    [[nodiscard]] bool connected() const { return connected_; }  // and shaken hands
    [[nodiscard]] std::string protocol() const;
    bool send(std::string_view bytes);
    /// One answer: header and body, by its Content-Length; empty when the connection ends first.
    std::string answer(bool head = false);
    /// Everything until the server ends the connection.
    std::string rest();
    /// True once there is something to read, or the end; false when `wait` has passed first.
    bool readable(std::chrono::milliseconds wait);
    void hang_up();

private:
    bool more();

    int socket_ = -1;
    SSL_CTX* context_ = nullptr;
    SSL* ssl_ = nullptr;
    bool connected_ = false;
    std::string received_;
};
