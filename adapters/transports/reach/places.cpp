// Looks a name up by the C library, which libraries that wait use too, and judges what it leads to.
#include "adapters/transports/reach/places.hpp"

#include "adapters/transports/reach/reach.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <cstring>
#include <memory>

namespace lienthong::adapters {

Result<std::vector<asio::ip::tcp::endpoint>> places_of(const std::string& host, const std::string& port, const Reach& reach, const std::string& server)
{
    addrinfo wanted = {};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), port.c_str(), &wanted, &found); error != 0)
        return Problem{"transport.refused", server + " could not be reached: " + ::gai_strerror(error)};
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> places(found, ::freeaddrinfo);
    const ReachRules rules{names_own_machine(host), reach.private_networks};
    std::vector<asio::ip::tcp::endpoint> out;
    std::string refused;
    for (const addrinfo* place = found; place != nullptr; place = place->ai_next) {
        if (place->ai_family != AF_INET && place->ai_family != AF_INET6)
            continue;
        asio::ip::tcp::endpoint at;
        at.resize(place->ai_addrlen);
        std::memcpy(at.data(), place->ai_addr, place->ai_addrlen);
        if (const std::string why = refusal_of(at.address(), rules); why.empty())
            out.push_back(at);
        else
            refused = at.address().to_string() + ", which is " + why;
    }
    if (!out.empty())
        return out;
    return refused.empty() ? Problem{"transport.refused", server + " could not be reached: its name has no address"}
                           : Problem{"transport.not_allowed", server + " may not be connected to: the name leads to " + refused};
}

}  // namespace lienthong::adapters
