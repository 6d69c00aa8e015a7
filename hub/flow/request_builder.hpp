/// Request builder: makes the HTTP request that goes out from what a connector asked for.
///
/// The one place where secrets and requests meet. Nothing here logs, and no Problem carries a computed byte.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/transport.hpp"
#include "hub/sdk/connector.hpp"

#include <map>
#include <string>
#include <vector>

namespace lienthong::flow {

/// What the names in a request stand for.
struct RequestNames
{
    std::map<std::string, std::string> endpoints;    ///< url settings: name → absolute address.
    std::map<std::string, std::string> secrets;      ///< secret settings: name → resolved value.
    std::map<std::string, std::string> credentials;  ///< Acquired values in hand.
};

/// Computes parts, target, headers and body in that order. The target stays below the endpoint's own path.
/// Fails with: request.unknown_name, request.bad_part, request.too_deep, request.too_large, request.bad_method,
/// request.bad_target, request.bad_header. Thread-safe.
[[nodiscard]] Result<HttpRequest> build_request(const sdk::Request& request, const RequestNames& names);

/// The credentials a request names, each once, in order of first use: what must be acquired before it can be built.
[[nodiscard]] std::vector<std::string> credentials_of(const sdk::Request& request);

}  // namespace lienthong::flow
