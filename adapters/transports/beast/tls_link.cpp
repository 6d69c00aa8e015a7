// A connection over TLS, its peer's name verified.
#include "adapters/transports/beast/link.hpp"

#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <openssl/ssl.h>

namespace lienthong::adapters {
namespace {

class TlsLink final : public Link
{
public:
    TlsLink(const asio::any_io_executor& executor, asio::ssl::context& context, const std::string& host)
        : stream_(asio::ip::tcp::socket(executor), context)
    {
        error_code not_an_address;
        asio::ip::make_address(host, not_an_address);
        if (not_an_address)
            SSL_set_tlsext_host_name(stream_.native_handle(), host.c_str());
        stream_.set_verify_mode(asio::ssl::verify_peer);
        stream_.set_verify_callback(
            [this, check = asio::ssl::host_name_verification(host)](bool chain_good, asio::ssl::verify_context& chain) {
                const bool good = check(chain_good, chain);
                if (!good && distrust_.empty()) {
                    const int error = X509_STORE_CTX_get_error(chain.native_handle());
                    distrust_ = chain_good ? "the certificate is not for this host" : X509_verify_cert_error_string(error);
                }
                return good;
            });
    }

    asio::ip::tcp::socket& socket() override { return stream_.next_layer(); }
    std::string distrust() override { return distrust_; }

    asio::awaitable<error_code> secure() override
    {
        auto done = co_await stream_.async_handshake(asio::ssl::stream_base::client, no_throw);
        co_return std::get<0>(done);
    }

    asio::awaitable<error_code> write(RequestMessage& message) override
    {
        auto written = co_await beast_http::async_write(stream_, message, no_throw);
        co_return std::get<0>(written);
    }

    asio::awaitable<error_code> read_header(AnswerParser& parser) override
    {
        auto received = co_await beast_http::async_read_header(stream_, buffer, parser, no_throw);
        co_return std::get<0>(received);
    }

    asio::awaitable<error_code> read(AnswerParser& parser) override
    {
        auto received = co_await beast_http::async_read(stream_, buffer, parser, no_throw);
        co_return std::get<0>(received);
    }

private:
    boost::beast::ssl_stream<asio::ip::tcp::socket> stream_;
    std::string distrust_;
};

}  // namespace

std::unique_ptr<Link> make_tls_link(const asio::any_io_executor& executor, asio::ssl::context& context, const std::string& host)
{
    return std::make_unique<TlsLink>(executor, context, host);
}

}  // namespace lienthong::adapters
