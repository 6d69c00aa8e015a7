/// Called: the addresses at which foreign systems call flows, who may call there, and how a call reaches its flow.
///
/// The route table holds what the hub offers of its own; these come from the configuration and the connectors.
#pragma once

#include "hub/access/token.hpp"
#include "hub/flow/called_flow.hpp"
#include "hub/http/server.hpp"
#include "hub/model/result.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::api {

class Metrics;

/// Addresses a caller may come from: "10.1.2.3", "10.1.2.0/24", "2001:db8::/32".
class PeerNetwork
{
public:
    /// Fails with: settings.type.
    [[nodiscard]] static Result<PeerNetwork> read(const std::string& text);
    /// Whether a peer's address lies in it; an IPv4 address also in its IPv6 form.
    [[nodiscard]] bool holds(std::string_view peer) const;

private:
    std::vector<unsigned char> bytes_;  ///< 4 or 16.
    unsigned prefix_ = 0;
};

/// How a caller proves who it is: by a token of the hub with the role push, or by where it comes from and a secret.
struct CallerRule
{
    bool token = true;
    std::vector<PeerNetwork> from;  ///< Empty: anywhere; only with a token.
    std::string secret_digest;      ///< SHA-256 hex; empty with a token.
    std::string secret_header;      ///< Carries the secret; empty: it is a last segment behind the path.
};

struct CalledPath
{
    std::string method;
    std::string path;   ///< Whole, without the secret.
    std::string route;  ///< Name of the connector's route.
    std::uint64_t body_limit = 0;
    CallerRule caller;
    std::shared_ptr<flow::CalledFlow> flow;
};

/// The address a request is meant for, also one that is asked by another method; null when there is none.
[[nodiscard]] const CalledPath* called_path(std::span<const CalledPath> paths, const http::HttpRequest& request);

/// Lets the caller in or turns it away, and answers through `respond` what the flow says. Asks the store for a token: runs on
/// a reader thread.
void call_flow(const CalledPath& at, access::Gatekeeper& gatekeeper, Metrics& metrics, http::HttpRequest request, http::Respond respond);

}  // namespace lienthong::api
