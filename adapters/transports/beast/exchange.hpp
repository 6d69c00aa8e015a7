/// Exchange: one request and its answer, each stage under its own deadline and all of them under one.
///
/// Knows at every moment whether a byte of the request may have left, because that decides what a failure means.
#pragma once

#include "adapters/transports/beast/beast_transport.hpp"
#include "adapters/transports/beast/link_pool.hpp"
#include "adapters/transports/beast/names.hpp"
#include "adapters/transports/beast/outgoing.hpp"
#include "hub/ports/transport.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <optional>

namespace lienthong::adapters {

/// What all exchanges of one transport share.
struct TransportState
{
    TransportState(asio::any_io_executor on, asio::ssl::context context, const BeastTransportOptions& options)
        : executor(std::move(on)), tls(std::move(context)), pool(options.idle_per_host, options.idle_time),
          names(look_up_of(options)), deadlines(options.deadlines)
    {
    }

    asio::any_io_executor executor;
    asio::ssl::context tls;
    LinkPool pool;
    Names names;
    const StageDeadlines deadlines;

    /// The options' own, else the system's.
    [[nodiscard]] static LookUp look_up_of(const BeastTransportOptions& options);
};

class Exchange : public std::enable_shared_from_this<Exchange>
{
public:
    Exchange(std::shared_ptr<TransportState> state, Outgoing out, std::chrono::milliseconds timeout, std::size_t answer_limit);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    /// Runs it on a strand of its own and calls `done` there, exactly once.
    void start(Transport::Done done);

private:
    enum class Stage : std::uint8_t { name, connect, handshake, send, first_byte, answer };

    static asio::awaitable<void> run(std::shared_ptr<Exchange> self);
    asio::awaitable<bool> attempt();
    asio::awaitable<bool> connect();
    asio::awaitable<bool> find_addresses();
    asio::awaitable<bool> reach_one();
    asio::awaitable<bool> receive();
    asio::awaitable<error_code> read_answer(AnswerParser& parser);
    bool may_connect();
    bool take_answer(AnswerParser& parser);
    bool cut_off(AnswerParser& parser, const error_code& error);
    void keep_link(bool keep_alive);
    bool fail(const char* code, std::string detail);
    bool lost(const char* when, const error_code& error);
    void enter(Stage stage);
    void expire();
    [[nodiscard]] std::string passed() const;

    std::shared_ptr<TransportState> state_;
    Outgoing out_;
    const std::chrono::milliseconds timeout_;
    const std::size_t answer_limit_;
    asio::any_io_executor strand_;
    std::unique_ptr<Link> link_;
    std::unique_ptr<Waiting> name_;
    FoundNames found_;
    bool reused_ = false;    ///< link_ came from the pool.
    bool sending_ = false;   ///< Bytes of the request may have left.
    bool answered_ = false;  ///< Bytes of an answer have come.
    bool expired_ = false;
    Stage stage_ = Stage::name;
    bool whole_passed_ = false;  ///< Of expired_: the whole exchange's deadline, not the stage's.
    std::chrono::steady_clock::time_point whole_;
    std::optional<asio::steady_timer> deadline_;
    std::optional<asio::steady_timer> looked_up_;  ///< Never expires; cancelled once a look-up has ended.
    Result<HttpAnswer> outcome_;
};

}  // namespace lienthong::adapters
