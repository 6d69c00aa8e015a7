/// Transport over HTTP/1.1 by Boost.Beast: TLS with verified names, connections kept for the next request.
#pragma once

#include "hub/ports/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace lienthong::adapters {

/// How long each stage of an exchange may take; HttpRequest::timeout bounds all of them together.
struct StageDeadlines
{
    std::chrono::milliseconds name{5'000};         ///< Looking the host's name up.
    std::chrono::milliseconds connect{10'000};     ///< TCP, over all addresses of the name.
    std::chrono::milliseconds handshake{10'000};   ///< TLS.
    std::chrono::milliseconds first_byte{60'000};  ///< From the request's last byte to the end of the answer's header.
};

struct BeastTransportOptions
{
    std::string authorities_file;                 ///< PEM with the authorities to trust; empty: the system's.
    bool plain_http = false;                      ///< Allow http:// at all; which hosts is the caller's allow-list.
    std::size_t idle_per_host = 8;                ///< Connections kept for each scheme, host and port.
    std::chrono::milliseconds idle_time{15'000};  ///< Kept no longer than that, as servers hang up on idle ones.
    StageDeadlines deadlines;
    /// The addresses of a host's name, as text; an empty list where there are none. May block. Null: the system's look-up.
    std::function<std::vector<std::string>(const std::string& host)> look_up;
};

/// Needs no proxy, follows no redirect, asks for no compression and refuses what comes compressed all the same. A request
/// connects only to hosts and ports of HttpRequest::reach, and only where every address of the name may be connected to
/// (reach.hpp); the connection then goes to one of the very addresses that were judged. A request is sent once; only GET and HEAD are sent
/// again, once, when a kept connection turns out to be dead before any of the answer has come. Headers that decide
/// the framing (Host, Content-Length, Transfer-Encoding, Connection, Expect, Upgrade, TE, Trailer) are the
/// transport's own. Destroying it lets running exchanges end. Safe from any thread.
///
/// Fails with: transport.authorities.
[[nodiscard]] Result<std::unique_ptr<Transport>> make_beast_transport(boost::asio::any_io_executor executor,
                                                                      const BeastTransportOptions& options);

}  // namespace lienthong::adapters
