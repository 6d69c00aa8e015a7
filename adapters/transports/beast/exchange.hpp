/// Exchange: one request and its answer, under one deadline.
///
/// Knows at every moment whether a byte of the request may have left, because that decides what a failure means.
#pragma once

#include "adapters/transports/beast/link_pool.hpp"
#include "adapters/transports/beast/outgoing.hpp"
#include "hub/ports/transport.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <optional>

namespace lienthong::adapters {

/// What all exchanges of one transport share.
struct TransportState
{
    TransportState(asio::any_io_executor on, asio::ssl::context context, std::size_t idle_per_host,
                   std::chrono::milliseconds idle_time)
        : executor(std::move(on)), tls(std::move(context)), pool(idle_per_host, idle_time)
    {
    }

    asio::any_io_executor executor;
    asio::ssl::context tls;
    LinkPool pool;
};

class Exchange : public std::enable_shared_from_this<Exchange>
{
public:
    Exchange(std::shared_ptr<TransportState> state, Outgoing out, std::chrono::milliseconds timeout, std::size_t answer_limit);

    /// Runs it on a strand of its own and calls `done` there, exactly once.
    void start(Transport::Done done);

private:
    static asio::awaitable<void> run(std::shared_ptr<Exchange> self);
    asio::awaitable<bool> attempt();
    asio::awaitable<bool> connect();
    asio::awaitable<bool> resolve_and_connect();
    asio::awaitable<bool> receive();
    void take_answer(AnswerParser& parser);
    void keep_link(bool keep_alive);
    bool fail(const char* code, std::string detail);
    bool lost(const char* when, const error_code& error);
    void guard();

    std::shared_ptr<TransportState> state_;
    Outgoing out_;
    const std::chrono::milliseconds timeout_;
    const std::size_t answer_limit_;
    asio::any_io_executor strand_;
    std::unique_ptr<Link> link_;
    bool reused_ = false;    ///< link_ came from the pool.
    bool sending_ = false;   ///< Bytes of the request may have left.
    bool answered_ = false;  ///< Bytes of an answer have come.
    bool expired_ = false;
    std::optional<asio::steady_timer> deadline_;
    std::optional<asio::ip::tcp::resolver> resolver_;
    Result<HttpAnswer> outcome_;
};

}  // namespace lienthong::adapters
