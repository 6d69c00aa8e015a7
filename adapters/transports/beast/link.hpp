/// Link: one connection to a host, plain or TLS, behind one face so that the exchange is compiled once.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <memory>
#include <string>

namespace lienthong::adapters {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using boost::system::error_code;
using AnswerParser = beast_http::response_parser<beast_http::string_body>;
using RequestMessage = beast_http::request<beast_http::string_body>;

inline constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
inline constexpr std::size_t answer_buffer_bytes = 64 * 1024;  ///< Bounds also headers and chunk lines.

/// Used on its executor, a strand.
class Link
{
public:
    virtual ~Link() = default;
    [[nodiscard]] virtual asio::ip::tcp::socket& socket() = 0;
    /// Once connected: the TLS handshake. A plain link has none.
    virtual asio::awaitable<error_code> secure() = 0;
    virtual asio::awaitable<error_code> write(RequestMessage& message) = 0;
    virtual asio::awaitable<error_code> read_header(AnswerParser& parser) = 0;
    /// The rest, once the header is there.
    virtual asio::awaitable<error_code> read(AnswerParser& parser) = 0;
    /// What certificate verification says after a failed handshake; empty when it was content.
    [[nodiscard]] virtual std::string distrust() = 0;

    boost::beast::flat_buffer buffer{answer_buffer_bytes};
};

[[nodiscard]] std::unique_ptr<Link> make_plain_link(const asio::any_io_executor& executor);
/// `host` is verified against the certificate and sent as SNI when it is a name.
[[nodiscard]] std::unique_ptr<Link> make_tls_link(const asio::any_io_executor& executor, asio::ssl::context& context,
                                                  const std::string& host);

}  // namespace lienthong::adapters
