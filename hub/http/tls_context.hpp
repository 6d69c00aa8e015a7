/// The TLS settings of the server: 1.3, and 1.2 with ECDHE and AEAD only.
#pragma once

#include "hub/model/result.hpp"

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>

namespace lienthong::http {

/// Reads certificate chain and key (PEM). Fails with: http.tls_files, also for an RSA key below 3072 bits or an
/// elliptic one below 256.
[[nodiscard]] Result<std::shared_ptr<boost::asio::ssl::context>> make_tls_context(const std::string& certificate_file,
                                                                                  const std::string& key_file);

}  // namespace lienthong::http
