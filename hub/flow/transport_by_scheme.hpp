/// Transport by scheme: one transport for every address a flow may have, each scheme carried by its own adapter.
///
/// A connector asks for everything in the words of HTTP (method, target, headers, body; status, headers, body); what those
/// mean for files, databases and mailboxes is said by the adapter of their scheme.
#pragma once

#include "hub/ports/transport.hpp"

#include <map>
#include <memory>
#include <string>

namespace lienthong::flow {

class TransportByScheme final : public Transport
{
public:
    /// By scheme in lower case, without "://".
    explicit TransportByScheme(std::map<std::string, std::shared_ptr<Transport>> carriers) : carriers_(std::move(carriers)) {}

    /// Fails with transport.bad_request where no adapter carries the address's scheme; else as that adapter does.
    void ask(HttpRequest request, Done done) override;

private:
    std::map<std::string, std::shared_ptr<Transport>> carriers_;
};

}  // namespace lienthong::flow
