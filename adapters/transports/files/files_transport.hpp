/// Files transport: folders of this machine, by addresses such as `file:///var/lib/nhan-tep`.
///
/// The words it takes are those of adapters/transports/folder/folder_call.hpp. The address is an absolute path without a
/// host. Every step is taken from the opened folder, so that a name that becomes a symbolic link, or a folder that is moved away,
/// leads nowhere else. A move is one rename that fails where the name is taken, and is durable when it is answered.
#pragma once

#include "hub/ports/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace lienthong::adapters {

/// Two requests run at a time; a request ends at its timeout with transport.unknown though the disk may hang.
/// Fails, by ask(), with: transport.bad_request, transport.unknown. Safe from any thread.
[[nodiscard]] std::unique_ptr<Transport> make_files_transport(boost::asio::any_io_executor executor);

}  // namespace lienthong::adapters
