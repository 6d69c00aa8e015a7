/// Transport: asks a foreign system, in the words of HTTP, over whatever the scheme of its address says. The core never parses
/// what comes back.
#pragma once

#include "hub/model/result.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace lienthong {

/// Where a request may connect to, checked against the resolved addresses when it connects.
struct Reach
{
    /// "host:port" of http and https, "scheme://host:port" of others, lower case, IPv6 addresses in brackets; empty: the
    /// URL's own alone.
    std::vector<std::string> hosts;
    bool private_networks = true;    ///< Whether a name may lead to an address of a private network.
};

struct HttpRequest
{
    std::string method;  ///< "GET", "POST"
    std::string url;     ///< Absolute, no fragment; its scheme says who carries it.
    std::vector<std::pair<std::string, std::string>> headers;  ///< Case as given; no CR or LF inside.
    std::string body;
    std::chrono::milliseconds timeout{30'000};                 ///< For the whole exchange.
    /// Bytes of body. The longest list a source is known to give in one piece, the agencies of the document axis, takes 18 MiB.
    std::size_t answer_limit = 32 * 1024 * 1024;
    Reach reach{};
};

struct HttpAnswer
{
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

class Transport
{
public:
    using Done = std::function<void(Result<HttpAnswer>)>;

    virtual ~Transport() = default;
    /// `done` runs on the transport's executor, exactly once.
    /// Fails with: transport.refused (nothing was sent), transport.unknown (bytes may have arrived: connection
    /// lost or deadline passed after sending began), transport.tls, transport.too_large, transport.encoded (an answer
    /// came, but in a coding nobody asked for), transport.not_allowed (outside `reach`; nothing was sent),
    /// transport.bad_request.
    virtual void ask(HttpRequest request, Done done) = 0;
};

}  // namespace lienthong
