// The transport's face: checks, then starts an exchange.
#include "adapters/transports/beast/beast_transport.hpp"

#include "adapters/transports/beast/client_context.hpp"
#include "adapters/transports/beast/exchange.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace lienthong::adapters {
namespace {

class BeastTransport final : public Transport
{
public:
    BeastTransport(std::shared_ptr<TransportState> state, bool plain_http) : state_(std::move(state)), plain_http_(plain_http) {}

    void ask(HttpRequest request, Done done) override
    {
        auto out = outgoing(request, plain_http_);
        if (!out) {
            asio::post(state_->executor, [problem = out.problem(), done = std::move(done)] { done(problem); });
            return;
        }
        std::make_shared<Exchange>(state_, std::move(*out), request.timeout, request.answer_limit)->start(std::move(done));
    }

private:
    std::shared_ptr<TransportState> state_;
    bool plain_http_;
};

}  // namespace

Result<std::unique_ptr<Transport>> make_beast_transport(asio::any_io_executor executor, const BeastTransportOptions& options)
{
    auto tls = client_context(options.authorities_file);
    if (!tls)
        return tls.problem();
    auto state = std::make_shared<TransportState>(std::move(executor), std::move(tls).value(), options);
    return std::unique_ptr<Transport>(std::make_unique<BeastTransport>(std::move(state), options.plain_http));
}

}  // namespace lienthong::adapters
