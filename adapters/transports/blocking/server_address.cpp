// Reads places and accounts.
#include "adapters/transports/blocking/server_address.hpp"

#include "hub/sdk/base64.hpp"

#include <algorithm>

namespace lienthong::adapters {

std::optional<HostAndPort> read_host_and_port(std::string_view authority)
{
    HostAndPort out;
    const bool bracketed = authority.starts_with('[');
    const std::size_t colon = authority.find(':', bracketed ? authority.find(']') : 0);
    std::string_view host = authority.substr(0, colon);
    if (bracketed && (host.size() < 3 || host.back() != ']'))
        return std::nullopt;
    out.host = bracketed ? host.substr(1, host.size() - 2) : host;
    if (colon != std::string_view::npos) {
        out.port = authority.substr(colon + 1);
        if (out.port.empty() || out.port.size() > 5 || !std::all_of(out.port.begin(), out.port.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return std::nullopt;
    }
    return out.host.empty() || authority.find('@') != std::string_view::npos ? std::nullopt : std::optional(std::move(out));
}

std::optional<Login> read_basic_login(std::string_view authorization)
{
    constexpr std::string_view scheme = "Basic ";
    const auto plain = authorization.starts_with(scheme) ? sdk::decode_base64(authorization.substr(scheme.size())) : std::nullopt;
    const std::size_t colon = plain ? plain->find(':') : std::string::npos;
    if (colon == std::string::npos || plain->find('\0') != std::string::npos)
        return std::nullopt;
    return Login{plain->substr(0, colon), plain->substr(colon + 1)};
}

}  // namespace lienthong::adapters
