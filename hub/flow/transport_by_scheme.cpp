#include "hub/flow/transport_by_scheme.hpp"

#include <utility>

namespace lienthong::flow {

void TransportByScheme::ask(HttpRequest request, Done done)
{
    const std::size_t end = request.url.find("://");
    const auto carrier = end == std::string::npos ? carriers_.end() : carriers_.find(request.url.substr(0, end));
    if (carrier != carriers_.end()) {
        carrier->second->ask(std::move(request), std::move(done));
        return;
    }
    std::string known;
    for (const auto& [scheme, transport] : carriers_)
        known += (known.empty() ? "" : ", ") + scheme;
    done(Problem{"transport.bad_request", "nothing carries an address of this scheme", {},
                 end == std::string::npos ? std::string() : shortened(request.url.substr(0, end)), "one of: " + known});
}

}  // namespace lienthong::flow
