// Connects or takes a kept connection, sends once, reads one answer. Every awaited call is bound to a name and has
// named arguments, the one shape g++ 12 compiles correctly.
#include "adapters/transports/beast/exchange.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/http/error.hpp>

#include <exception>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::uint32_t answer_header_bytes = 32 * 1024;
constexpr int most_interim_answers = 8;

Problem unfinished()
{
    Problem problem;
    problem.code = "transport.unknown";
    problem.detail = "the exchange did not finish";
    return problem;
}

/// "chunked" alone or nothing; anything else could be framed in two ways.
bool framed_plainly(const beast_http::fields& fields)
{
    const auto count = fields.count(beast_http::field::transfer_encoding);
    if (count == 0)
        return fields.count(beast_http::field::content_length) <= 1;
    return count == 1 && fields.count(beast_http::field::content_length) == 0 &&
           boost::beast::iequals(fields[beast_http::field::transfer_encoding], "chunked");
}

}  // namespace

Exchange::Exchange(std::shared_ptr<TransportState> state, Outgoing out, std::chrono::milliseconds timeout,
                   std::size_t answer_limit)
    : state_(std::move(state)), out_(std::move(out)), timeout_(timeout), answer_limit_(answer_limit), outcome_(unfinished())
{
}

void Exchange::start(Transport::Done done)
{
    IdleLink idle = state_->pool.take(out_.pool_key());
    reused_ = idle.link != nullptr;
    link_ = std::move(idle.link);
    strand_ = reused_ ? idle.executor : asio::any_io_executor(asio::make_strand(state_->executor));
    deadline_.emplace(strand_);
    resolver_.emplace(strand_);
    auto self = shared_from_this();
    asio::co_spawn(strand_, run(self), [self, done = std::move(done)](std::exception_ptr thrown) {
        self->deadline_->cancel();
        if (thrown)
            self->fail(self->sending_ ? "transport.unknown" : "transport.refused", "the exchange failed inside the hub");
        done(std::move(self->outcome_));
    });
}

asio::awaitable<void> Exchange::run(std::shared_ptr<Exchange> self)
{
    self->guard();
    bool finished = co_await self->attempt();
    if (!finished) {
        // a kept connection was dead, and the method may be repeated
        self->link_.reset();
        self->reused_ = self->sending_ = false;
        finished = co_await self->attempt();
    }
}

/// False only when the request may be sent again over a fresh connection.
asio::awaitable<bool> Exchange::attempt()
{
    if (!link_) {
        const bool connected = co_await connect();
        if (!connected)
            co_return true;
    }
    sending_ = true;
    const error_code unsent = co_await link_->write(out_.message);
    bool received = false;
    if (unsent)
        lost("while the request was sent", unsent);
    else
        received = co_await receive();
    const auto method = out_.message.method();
    const bool repeatable = method == beast_http::verb::get || method == beast_http::verb::head;
    co_return received || !reused_ || !repeatable || answered_ || expired_;
}

asio::awaitable<bool> Exchange::connect()
{
    link_ = out_.tls ? make_tls_link(strand_, state_->tls, out_.host) : make_plain_link(strand_);
    const bool connected = co_await resolve_and_connect();
    if (!connected)
        co_return false;
    error_code ignored;
    link_->socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    const error_code insecure = co_await link_->secure();
    if (!insecure)
        co_return true;
    if (expired_)
        co_return fail("transport.refused", "the deadline passed during the TLS handshake");
    const std::string distrust = link_->distrust();
    co_return fail("transport.tls", distrust.empty() ? "the TLS handshake failed: " + insecure.message() : distrust);
}

asio::awaitable<bool> Exchange::resolve_and_connect()
{
    auto resolved = co_await resolver_->async_resolve(out_.host, out_.port, no_throw);
    const auto& [unknown, endpoints] = resolved;
    if (unknown || expired_)
        co_return fail("transport.refused", expired_ ? "the deadline passed while the name was looked up"
                                                     : "the name cannot be resolved: " + unknown.message());
    auto connected = co_await asio::async_connect(link_->socket(), endpoints, no_throw);
    const error_code& error = std::get<0>(connected);
    if (error || expired_)
        co_return fail("transport.refused",
                       expired_ ? "the deadline passed while connecting" : "cannot connect: " + error.message());
    co_return true;
}

asio::awaitable<bool> Exchange::receive()
{
    for (int interim = 0; interim < most_interim_answers; ++interim) {
        AnswerParser parser;
        parser.header_limit(answer_header_bytes);
        parser.body_limit(answer_limit_);
        parser.skip(out_.message.method() == beast_http::verb::head);
        const error_code error = co_await link_->read(parser);
        answered_ = answered_ || parser.got_some() || link_->buffer.size() != 0;
        if (error == beast_http::error::body_limit)
            co_return fail("transport.too_large", "the answer is larger than " + std::to_string(answer_limit_) + " bytes");
        if (error)
            co_return lost("while the answer was awaited", error);
        const unsigned status = parser.get().result_int();
        if (status == 101)
            co_return fail("transport.unknown", "the server switched the protocol unasked");
        if (status < 200)
            continue;
        take_answer(parser);
        co_return true;
    }
    co_return fail("transport.unknown", "the server keeps sending interim answers");
}

void Exchange::take_answer(AnswerParser& parser)
{
    const bool plainly = framed_plainly(parser.get());
    const bool keep_alive = plainly && parser.keep_alive();
    auto message = parser.release();
    if (!plainly) {
        fail("transport.unknown", "the answer is framed in an ambiguous way");
        return;
    }
    HttpAnswer answer;
    answer.status = static_cast<int>(message.result_int());
    for (const auto& field : message)
        answer.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    answer.body = std::move(message.body());
    outcome_ = std::move(answer);
    keep_link(keep_alive);
}

void Exchange::keep_link(bool keep_alive)
{
    if (!keep_alive || expired_ || link_->buffer.size() != 0)
        return;
    IdleLink idle;
    idle.link = std::move(link_);
    idle.executor = strand_;
    idle.since = std::chrono::steady_clock::now();
    state_->pool.give(out_.pool_key(), std::move(idle));
}

bool Exchange::fail(const char* code, std::string detail)
{
    Problem problem;
    problem.code = code;
    problem.detail = out_.where + ": " + std::move(detail);
    outcome_ = std::move(problem);
    return false;
}

bool Exchange::lost(const char* when, const error_code& error)
{
    if (expired_)
        return fail("transport.unknown", std::string("the deadline passed ") + when);
    return fail("transport.unknown", std::string("the connection was lost ") + when + ": " + error.message());
}

void Exchange::guard()
{
    deadline_->expires_after(timeout_);
    deadline_->async_wait([weak = weak_from_this()](const error_code& cancelled) {
        const auto self = weak.lock();
        if (cancelled || !self)
            return;
        self->expired_ = true;
        self->resolver_->cancel();
        error_code ignored;
        if (self->link_)
            self->link_->socket().close(ignored);
    });
}

}  // namespace lienthong::adapters
