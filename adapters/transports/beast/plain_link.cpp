// A connection without TLS.
#include "adapters/transports/beast/link.hpp"

#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

namespace lienthong::adapters {
namespace {

class PlainLink final : public Link
{
public:
    explicit PlainLink(const asio::any_io_executor& executor) : socket_(executor) {}

    asio::ip::tcp::socket& socket() override { return socket_; }
    asio::awaitable<error_code> secure() override { co_return error_code{}; }
    std::string distrust() override { return {}; }

    asio::awaitable<error_code> write(RequestMessage& message) override
    {
        auto written = co_await beast_http::async_write(socket_, message, no_throw);
        co_return std::get<0>(written);
    }

    asio::awaitable<error_code> read_header(AnswerParser& parser) override
    {
        auto received = co_await beast_http::async_read_header(socket_, buffer, parser, no_throw);
        co_return std::get<0>(received);
    }

    asio::awaitable<error_code> read(AnswerParser& parser) override
    {
        auto received = co_await beast_http::async_read(socket_, buffer, parser, no_throw);
        co_return std::get<0>(received);
    }

private:
    asio::ip::tcp::socket socket_;
};

}  // namespace

std::unique_ptr<Link> make_plain_link(const asio::any_io_executor& executor)
{
    return std::make_unique<PlainLink>(executor);
}

}  // namespace lienthong::adapters
