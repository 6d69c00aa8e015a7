/// Outward: the transports by which flows reach foreign systems, put together the same way for the hub and for commands.
#pragma once

#include "hub/cli/settings.hpp"
#include "hub/ports/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace lienthong::cli {

/// One transport for every scheme a flow's address may have. Fails as the adapters do.
[[nodiscard]] Result<std::shared_ptr<Transport>> outward_transport(boost::asio::any_io_executor executor,
                                                                   const Settings& settings);

}  // namespace lienthong::cli
