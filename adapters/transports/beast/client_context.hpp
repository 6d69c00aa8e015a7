/// The TLS settings of everything that connects outward: TLS 1.2 at least, forward secrecy, verified against the authorities.
#pragma once

#include "hub/model/result.hpp"

#include <boost/asio/ssl/context.hpp>

#include <string>

namespace lienthong::adapters {

/// `authorities_file` empty: the system's authorities. Fails with: transport.authorities.
[[nodiscard]] Result<boost::asio::ssl::context> client_context(const std::string& authorities_file);

}  // namespace lienthong::adapters
