// The transport's face: checks, then starts an exchange.
#include "adapters/transports/beast/beast_transport.hpp"

#include "adapters/transports/beast/exchange.hpp"

#include <boost/asio/post.hpp>

#include <openssl/ssl.h>

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
    asio::ssl::context tls(asio::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(tls.native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_cipher_list(tls.native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM");
    error_code error;
    if (options.authorities_file.empty())
        tls.set_default_verify_paths(error);
    else
        tls.load_verify_file(options.authorities_file, error);
    if (error) {
        Problem problem;
        problem.code = "transport.authorities";
        problem.detail = "cannot read the trusted authorities from '" + options.authorities_file + "': " + error.message();
        return problem;
    }
    auto state = std::make_shared<TransportState>(std::move(executor), std::move(tls), options.idle_per_host, options.idle_time);
    return std::unique_ptr<Transport>(std::make_unique<BeastTransport>(std::move(state), options.plain_http));
}

}  // namespace lienthong::adapters
