// Connections without TLS: loopback only.
#include "hub/http/connection.hpp"

namespace lienthong::http {

using Socket = asio::ip::tcp::socket;

template <>
asio::awaitable<bool> handshake(Socket&)
{
    co_return true;
}

template <>
asio::awaitable<void> goodbye(Socket&)
{
    co_return;
}

void start_plain(Socket socket, std::shared_ptr<Service> service)
{
    boost::system::error_code error;
    const auto peer = socket.remote_endpoint(error);
    Connection<Socket>::start(
        std::make_shared<Connection<Socket>>(std::move(socket), std::move(service), peer.address().to_string()));
}

}  // namespace lienthong::http
