// The table of addresses nobody connects to. RFC 6890 and its registry; the metadata services by their operators' manuals.
#include "adapters/transports/reach/reach.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace lienthong::adapters {
namespace {

using asio::ip::address_v4;
using asio::ip::address_v6;

constexpr const char* metadata = "a cloud's metadata service, which hands out the machine's own credentials";
constexpr const char* link_local = "a link-local address, where metadata services answer";
constexpr const char* loopback = "this machine itself, which the endpoint does not name";
constexpr const char* private_network = "an address of a private network, which this flow's allow_private forbids";

bool within(std::uint32_t address, std::uint32_t network, unsigned bits)
{
    const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t{0} << (32U - bits);
    return (address & mask) == network;
}

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d)
{
    return a << 24U | b << 16U | c << 8U | d;
}

std::string refusal_of(std::uint32_t address, const ReachRules& rules)
{
    // Those of Alibaba, Azure and Oracle; the others' lies in 169.254.0.0/16.
    for (const std::uint32_t one : {v4(100, 100, 100, 200), v4(168, 63, 129, 16), v4(192, 0, 0, 192)})
        if (address == one)
            return metadata;
    if (within(address, v4(169, 254, 0, 0), 16))
        return link_local;
    if (within(address, 0, 8))
        return "the unspecified address";
    if (within(address, v4(224, 0, 0, 0), 4))
        return "a multicast address";
    if (within(address, v4(240, 0, 0, 0), 4))
        return "a reserved or broadcast address";
    if (within(address, v4(127, 0, 0, 0), 8) && !rules.own_machine)
        return loopback;
    const bool is_private = within(address, v4(10, 0, 0, 0), 8) || within(address, v4(172, 16, 0, 0), 12) ||
                            within(address, v4(192, 168, 0, 0), 16) || within(address, v4(100, 64, 0, 0), 10);
    return is_private && !rules.private_networks ? private_network : "";
}

/// The IPv4 address an IPv6 address carries.
std::optional<std::uint32_t> carried(const address_v6::bytes_type& b)
{
    const auto zeros = [&b](std::size_t from, std::size_t to) {
        return std::all_of(b.begin() + static_cast<std::ptrdiff_t>(from), b.begin() + static_cast<std::ptrdiff_t>(to),
                           [](unsigned char byte) { return byte == 0; });
    };
    const bool mapped = zeros(0, 10) && b[10] == 0xFF && b[11] == 0xFF;
    // The last 32 bits of ::/96 without :: and ::1, which mean something else.
    const bool compatible = zeros(0, 12) && !(zeros(12, 15) && b[15] <= 1);
    const bool nat64 = b[0] == 0x00 && b[1] == 0x64 && b[2] == 0xFF && b[3] == 0x9B && zeros(4, 12);
    if (mapped || compatible || nat64)
        return v4(b[12], b[13], b[14], b[15]);
    if (b[0] == 0x20 && b[1] == 0x02)
        return v4(b[2], b[3], b[4], b[5]);
    return std::nullopt;
}

std::string refusal_of(const address_v6& address, const ReachRules& rules)
{
    const auto bytes = address.to_bytes();
    if (const auto inner = carried(bytes))
        return refusal_of(*inner, rules);
    if (address.is_unspecified())
        return "the unspecified address";
    if (address.is_multicast())
        return "a multicast address";
    if (address.is_link_local() || address.is_site_local())
        return link_local;
    // Amazon's and Google's over IPv6; both lie in a range that is private otherwise.
    for (const char* one : {"fd00:ec2::254", "fd20:ce::254"})
        if (address == asio::ip::make_address_v6(one))
            return metadata;
    if (address.is_loopback() && !rules.own_machine)
        return loopback;
    return (bytes[0] & 0xFEU) == 0xFCU && !rules.private_networks ? private_network : "";
}

}  // namespace

bool names_own_machine(std::string_view host)
{
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; };
    constexpr std::string_view name = "localhost";
    if (host.size() == name.size() && std::equal(host.begin(), host.end(), name.begin(), same))
        return true;
    boost::system::error_code no_address;
    const auto address = asio::ip::make_address(std::string(host), no_address);
    return !no_address && address.is_loopback();
}

std::string refusal_of(const asio::ip::address& address, const ReachRules& rules)
{
    return address.is_v4() ? refusal_of(address.to_v4().to_uint(), rules) : refusal_of(address.to_v6(), rules);
}

}  // namespace lienthong::adapters
