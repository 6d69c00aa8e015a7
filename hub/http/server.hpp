/// The HTTP server: TLS, framing gate, limits and deadlines. What to answer is the handler's business.
#pragma once

#include "hub/model/result.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::http {

struct Limits
{
    std::size_t header_bytes = 8 * 1024;
    std::size_t header_fields = 64;
    std::size_t body_bytes = 10 * 1024 * 1024;
    std::chrono::milliseconds header_deadline{10'000};  ///< For the whole header, and for the TLS handshake.
    std::chrono::milliseconds idle_deadline{30'000};
    std::size_t body_bytes_per_second = 1024;      ///< Slower bodies, and readers of answers, are cut off.
    std::chrono::milliseconds body_grace{10'000};  ///< Before the rate counts.
    std::size_t connections = 256;
    std::size_t requests_per_connection = 1000;
};

struct ServerOptions
{
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;                  ///< 0: any free one.
    std::string certificate_file, key_file;  ///< Both empty: plain HTTP, loopback addresses only.
    std::vector<std::string> hosts;          ///< Allowed Host names without port; empty: address and "localhost".
    bool hsts = false;                       ///< Strict-Transport-Security in every answer over TLS.
    Limits limits;
};

struct HttpRequest
{
    std::string method;
    std::string path;                                        ///< Decoded once, starts with '/'.
    std::vector<std::pair<std::string, std::string>> query;  ///< Decoded, in order.
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string peer;  ///< Address, for logs.

    [[nodiscard]] std::string_view header(std::string_view name) const;  ///< First by that name, any case.
    [[nodiscard]] const std::string* parameter(std::string_view name) const;
};

struct HttpResponse
{
    int status = 200;
    std::string content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;  ///< CR, LF and NUL inside become blanks.
    std::string body;                                          ///< Left out for HEAD, 204 and 304.
    bool close = false;
};

/// Called on the server's executor for each complete request; must not block. `respond` may be called later,
/// from any thread, exactly once.
using Respond = std::function<void(HttpResponse)>;
using Handler = std::function<void(HttpRequest, Respond)>;
/// Told of each request that was refused before it reached the handler, by the reasons of refusals.hpp, and of
/// "connections" (the cap), "handshake", "slow_reader", "defect". Called from the executor's threads: must be thread-safe.
using Counter = std::function<void(std::string_view reason)>;

class Server
{
public:
    virtual ~Server() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    /// Stops accepting, lets running requests finish within `grace`, then closes. Returns at once; safe from any
    /// thread. Destroying the server stops it without grace.
    virtual void stop(std::chrono::milliseconds grace) = 0;
    /// Reads certificate and key again; new connections use them, running ones keep the old. Nothing over plain HTTP.
    /// Fails with: http.tls_files, and then keeps the old. Safe from any thread.
    [[nodiscard]] virtual Result<void> reload_tls() = 0;
};

/// Binds and starts accepting. `refused` counts requests refused by the gate or the limits, by reason.
/// Fails with: http.bind, http.tls_files, http.plain_public (plain HTTP on a public address).
[[nodiscard]] Result<std::unique_ptr<Server>> serve(boost::asio::any_io_executor executor, const ServerOptions& options,
                                                    Handler handler, Counter refused);

}  // namespace lienthong::http
