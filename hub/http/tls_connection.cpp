// Connections over TLS.
#include "hub/http/connection.hpp"

#include <boost/beast/ssl/ssl_stream.hpp>

namespace lienthong::http {
namespace {

/// Keeps the context as long as the stream, so that a reload can drop it from the server.
class TlsStream : public beast::ssl_stream<asio::ip::tcp::socket>
{
public:
    TlsStream(asio::ip::tcp::socket socket, std::shared_ptr<asio::ssl::context> context)
        : ssl_stream(std::move(socket), *context), context_(std::move(context))
    {
    }

private:
    std::shared_ptr<asio::ssl::context> context_;
};

}  // namespace

template <>
asio::awaitable<bool> handshake(TlsStream& stream)
{
    auto done = co_await stream.async_handshake(asio::ssl::stream_base::server, no_throw);
    const boost::system::error_code& error = std::get<0>(done);
    co_return !error;
}

template <>
asio::awaitable<void> goodbye(TlsStream& stream)
{
    auto done = co_await stream.async_shutdown(no_throw);
    static_cast<void>(done);
}

void start_tls(asio::ip::tcp::socket socket, std::shared_ptr<Service> service, std::shared_ptr<asio::ssl::context> context)
{
    boost::system::error_code error;
    const auto peer = socket.remote_endpoint(error);
    Connection<TlsStream>::start(std::make_shared<Connection<TlsStream>>(TlsStream(std::move(socket), std::move(context)),
                                                                         std::move(service), peer.address().to_string()));
}

}  // namespace lienthong::http
