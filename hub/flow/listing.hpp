/// Listing: asks a flow's source what it holds, through the flow's own connector. Nothing is fetched, acknowledged or moved.
#pragma once

#include "hub/flow/exchange.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace lienthong::flow {

/// A step whose inventory is the source's since a day ("2025-03-01"), parts of several answers put together; or whose failure says
/// why there is none.
[[nodiscard]] boost::asio::awaitable<sdk::Step> ask_inventory(Exchange& exchange, std::string since);

}  // namespace lienthong::flow
