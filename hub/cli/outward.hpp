/// Outward: the transports by which flows reach foreign systems, put together the same way for the hub and for commands.
#pragma once

#include "adapters/transports/beast/beast_transport.hpp"
#include "hub/cli/settings.hpp"
#include "hub/ports/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace lienthong::cli {

/// How the hub connects over HTTP, as configured.
[[nodiscard]] adapters::BeastTransportOptions outward_options(const Settings& settings);

/// One transport for every scheme a flow's address may have. Fails as the adapters do.
[[nodiscard]] Result<std::shared_ptr<Transport>> outward_transport(boost::asio::any_io_executor executor,
                                                                   const Settings& settings);

}  // namespace lienthong::cli
