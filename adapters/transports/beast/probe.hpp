/// Probe: goes the first steps to a foreign system one by one and says how each went, for whoever sets a connection up.
#pragma once

#include "adapters/transports/beast/beast_transport.hpp"
#include "hub/model/problem.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::adapters {

struct ProbeStep
{
    enum class What { name, tcp, tls };
    What what = What::name;
    std::chrono::milliseconds took{0};
    std::string detail;              ///< What was found: addresses, TLS version, the certificate's names, issuer and end.
    std::optional<Problem> problem;  ///< Why the steps end here.
};

/// Looks the name up, connects and shakes hands under the very rules, deadlines and authorities of the transport; sends no
/// request. The step that fails is the last one. Also of a certificate that is refused it says whose it is and until when
/// it is valid. Blocks.
///
/// Problems: transport.bad_request, transport.refused, transport.not_allowed, transport.tls, transport.authorities.
[[nodiscard]] std::vector<ProbeStep> probe(const std::string& url, bool private_networks, const BeastTransportOptions& options);

}  // namespace lienthong::adapters
