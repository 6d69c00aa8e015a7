/// Transport over HTTP/1.1 by Boost.Beast: TLS with verified names, connections kept for the next request.
#pragma once

#include "hub/ports/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace lienthong::adapters {

struct BeastTransportOptions
{
    std::string authorities_file;                 ///< PEM with the authorities to trust; empty: the system's.
    bool plain_http = false;                      ///< Allow http:// at all; which hosts is the caller's allow-list.
    std::size_t idle_per_host = 8;                ///< Connections kept for each scheme, host and port.
    std::chrono::milliseconds idle_time{15'000};  ///< Kept no longer than that, as servers hang up on idle ones.
};

/// Needs no proxy, follows no redirect, asks for no compression. A request is sent once; only GET and HEAD are sent
/// again, once, when a kept connection turns out to be dead before any of the answer has come. Headers that decide
/// the framing (Host, Content-Length, Transfer-Encoding, Connection, Expect, Upgrade, TE, Trailer) are the
/// transport's own. Destroying it lets running exchanges end. Safe from any thread.
///
/// Fails with: transport.authorities.
[[nodiscard]] Result<std::unique_ptr<Transport>> make_beast_transport(boost::asio::any_io_executor executor,
                                                                      const BeastTransportOptions& options);

}  // namespace lienthong::adapters
