/// Fetching: asks a flow's source for items it was asked for before, and takes them in as any message of the flow.
#pragma once

#include "hub/flow/exchange.hpp"
#include "hub/flow/intake.hpp"

#include <boost/asio/awaitable.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::flow {

struct FetchOrder
{
    Route route;
    std::string plugin_digest;
    std::string since;               ///< For connectors that hand over a list's items: the day it begins with.
    std::vector<std::string> items;  ///< Identities of the source, or name_of_bytes() where it gives none.
};

struct Fetched
{
    std::map<std::string, Journaled> items;  ///< What came, by the name it was asked for under.
    std::optional<sdk::Failure> failure;     ///< Why the rest did not; what came before it is kept all the same.
};

/// An item that comes is journaled, goes on its way into the store and is acknowledged, whether or not it was there before; the
/// same bytes are the same message. No cursor moves, and nothing else that comes along is kept.
[[nodiscard]] boost::asio::awaitable<Fetched> fetch_items(Exchange& exchange, Intake& intake, FetchOrder order);

}  // namespace lienthong::flow
