/// Reach: which addresses a connection may go to, whatever a name server says.
///
/// The hub sits inside the province's network and holds its secrets, so a name that leads to the machine's own
/// services or to a cloud's metadata service is the classic way to turn it against its owner (OWASP API7:2023).
#pragma once

#include <boost/asio/ip/address.hpp>

#include <string>
#include <string_view>

namespace lienthong::adapters {

namespace asio = boost::asio;

struct ReachRules
{
    bool own_machine = false;      ///< The endpoint itself names the loopback; see names_own_machine().
    bool private_networks = true;  ///< 10/8, 172.16/12, 192.168/16, 100.64/10, fc00::/7: where a province's systems stand.
};

/// The endpoint is written as an address of the loopback, or as localhost: whoever configured it meant this machine.
[[nodiscard]] bool names_own_machine(std::string_view host);

/// What the address is, when it may not be connected to ("a link-local address …"); empty when it may. Addresses of
/// IPv4 carried in IPv6 (mapped, NAT64, 6to4) are judged as what they carry. Link-local and metadata addresses,
/// multicast, broadcast, reserved and unspecified ones are refused under every rule. Pure.
[[nodiscard]] std::string refusal_of(const asio::ip::address& address, const ReachRules& rules);

}  // namespace lienthong::adapters
