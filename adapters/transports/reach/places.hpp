/// Places: where a server's name leads, as far as a flow may go there. For transports whose library would look the name up by itself.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/transport.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <string>
#include <vector>

namespace lienthong::adapters {

/// The addresses of `host` that `reach` allows, in the resolver's order, never none. `port`: digits. `server` names it for
/// people: "the mail server thu.example port 995". Waits for the name service without a deadline. Thread-safe.
/// Fails with: transport.refused (the name leads nowhere), transport.not_allowed (only where nobody may go).
[[nodiscard]] Result<std::vector<boost::asio::ip::tcp::endpoint>> places_of(const std::string& host, const std::string& port, const Reach& reach,
                                                                            const std::string& server);

}  // namespace lienthong::adapters
