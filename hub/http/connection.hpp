/// One connection: reads requests behind the framing gate, hands them on, writes the answers in order.
///
/// Compiled twice, for plain TCP and for TLS. Every awaited call is bound to a name and has named arguments, the
/// one shape g++ 12 compiles correctly. Everything happens on the connection's own strand.
#pragma once

#include "hub/http/pending_answer.hpp"
#include "hub/http/request_target.hpp"
#include "hub/http/response_message.hpp"
#include "hub/http/service.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <array>
#include <exception>

namespace lienthong::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Clock = std::chrono::steady_clock;

inline constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
inline constexpr std::size_t buffer_bytes = 64 * 1024;   ///< Bounds also a chunk's header line.
inline constexpr std::size_t linger_bytes = 256 * 1024;  ///< Read and thrown away after a refusal, so that the answer arrives.
inline constexpr std::chrono::seconds linger_time{2};

/// What differs between the two kinds of stream; specialised where each is compiled.
template <class Stream>
asio::awaitable<bool> handshake(Stream& stream);
template <class Stream>
asio::awaitable<void> goodbye(Stream& stream);

template <class Stream>
class Connection final : public Live, public std::enable_shared_from_this<Connection<Stream>>
{
public:
    Connection(Stream stream, std::shared_ptr<Service> service, std::string peer)
        : stream_(std::move(stream)),
          service_(std::move(service)),
          peer_(std::move(peer)),
          watchdog_(stream_.get_executor()),
          buffer_(buffer_bytes)
    {
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() override
    {
        if (pending_)
            pending_->abandon();
    }

    static void start(const std::shared_ptr<Connection>& self)
    {
        self->service_->enter(self);
        asio::co_spawn(self->stream_.get_executor(), run(self), [self](std::exception_ptr thrown) {
            if (thrown)
                self->service_->count("defect");
            self->watchdog_.cancel();
            self->close();
            self->service_->leave(self.get());
        });
    }

    void drain() override
    {
        asio::post(stream_.get_executor(), [self = this->shared_from_this()] {
            if (self->idle_)
                self->close();
        });
    }

    void abort() override
    {
        asio::post(stream_.get_executor(), [self = this->shared_from_this()] {
            self->close();
            if (self->pending_)
                self->pending_->arrival().cancel();
        });
    }

private:
    using Parser = beast::http::request_parser<beast::http::string_body>;

    static asio::awaitable<void> run(std::shared_ptr<Connection> self)
    {
        self->watch(Clock::now() + self->limits().header_deadline);
        bool more = co_await handshake(self->stream_);
        if (!more)
            self->service_->count("handshake");
        while (more) {
            const bool another = co_await self->exchange();
            more = another;
        }
        if (self->linger_)
            co_await self->linger();
    }

    /// One request and its answer; false when the connection is to end.
    asio::awaitable<bool> exchange()
    {
        auto refusal = co_await read_header();
        if (!gone_ && refusal == nullptr) {
            refusal = co_await read_body();
        }
        if (gone_)
            co_return false;
        HttpResponse response;
        bool head = false;
        bool http_1_0 = false;
        bool keep = false;
        if (refusal != nullptr) {
            service_->count(refusal->reason);
            response = problem_response(refusal->status, refusal->code, refusal->detail);
            if (refusal->status == 405)
                response.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        } else {
            head = parser_->get().method() == beast::http::verb::head;
            http_1_0 = parser_->get().version() == 10;
            keep = parser_->keep_alive() && ++served_ < limits().requests_per_connection;
            HttpRequest request = take_request();
            watchdog_.cancel();
            response = co_await answer_to(request);
        }
        keep = keep && !response.close && !service_->draining();
        const bool written = co_await write(response, head, http_1_0, keep);
        linger_ = written && !keep;
        co_return written&& keep;
    }

    /// The raw header into buffer_, judged, then parsed. Null when all is well or the peer has gone (gone_).
    asio::awaitable<const Refusal*> read_header()
    {
        idle_ = buffer_.size() == 0;
        watch(Clock::now() + (idle_ && served_ > 0 ? limits().idle_deadline : limits().header_deadline));
        std::size_t length = 0;
        while (length == 0) {
            const std::string_view bytes = buffered();
            length = header_length(bytes);
            if (length > limits().header_bytes || (length == 0 && bytes.size() >= limits().header_bytes))
                co_return &refusals::header_too_large;
            if (!bytes.empty() && (bytes[0] < 'A' || bytes[0] > 'Z'))
                co_return &refusals::no_request;
            if (length != 0)
                break;
            if (service_->draining() && bytes.empty()) {
                gone_ = true;
                co_return nullptr;
            }
            const auto room = buffer_.prepare(std::min<std::size_t>(4096, limits().header_bytes - bytes.size()));
            auto received = co_await stream_.async_read_some(room, no_throw);
            const auto& [error, count] = received;
            buffer_.commit(count);
            if (expired_ && buffer_.size() != 0)
                co_return &refusals::slow_header;
            if (error) {
                gone_ = true;
                co_return nullptr;
            }
            if (idle_)
                watch(Clock::now() + limits().header_deadline);
            idle_ = false;
        }
        idle_ = false;
        const Refusal* refusal = judge_header(buffered().substr(0, length), rules());
        if (refusal != nullptr)
            co_return refusal;
        auto unread = co_await parse_header();
        co_return unread;
    }

    asio::awaitable<const Refusal*> parse_header()
    {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(limits().header_bytes) + 1);
        parser_->body_limit(limits().body_bytes);
        parser_->on_chunk_header(on_chunk_);
        auto parsed = co_await beast::http::async_read_header(stream_, buffer_, *parser_, no_throw);
        const boost::system::error_code& error = std::get<0>(parsed);
        if (!error)
            co_return nullptr;
        // Beast is the stricter one now and then, about the lists of Connection for instance
        co_return error == beast::http::error::body_limit ? &refusals::body_too_large : &refusals::field_value;
    }

    asio::awaitable<const Refusal*> read_body()
    {
        const auto& fields = parser_->get();
        const auto field_count = std::distance(fields.begin(), fields.end());
        if (!parser_->is_done() && buffer_.size() == 0 && fields.version() == 11 &&
            fields.find(beast::http::field::expect) != fields.end()) {
            static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            const auto bytes = asio::buffer(go_on);
            auto told = co_await asio::async_write(stream_, bytes, no_throw);
            static_cast<void>(told);  // a broken connection shows at the next read
        }
        const auto begun = Clock::now();
        std::size_t received = 0;
        while (!parser_->is_done()) {
            watch(begun + allowance(received));
            auto part = co_await beast::http::async_read_some(stream_, buffer_, *parser_, no_throw);
            const auto& [error, count] = part;
            received += count;
            if (expired_)
                co_return &refusals::slow_body;
            if (error) {
                const Refusal* refusal = refusal_for(error);
                gone_ = refusal == nullptr;
                co_return refusal;
            }
        }
        co_return std::distance(fields.begin(), fields.end()) == field_count ? nullptr : &refusals::trailer_field;
    }

    asio::awaitable<HttpResponse> answer_to(HttpRequest& request)
    {
        pending_ = std::make_shared<PendingAnswer>(stream_.get_executor());
        call_handler(request, pending_->respond());
        auto arrived = co_await pending_->arrival().async_wait(no_throw);
        static_cast<void>(arrived);
        HttpResponse response = pending_->take();
        pending_->abandon();
        pending_.reset();
        co_return response;
    }

    void call_handler(HttpRequest& request, const Respond& respond)
    {
        try {
            service_->handler(std::move(request), respond);
        } catch (const std::exception&) {
            service_->count("defect");
            respond(problem_response(500, "http.defect", "the handler failed"));
        }
    }

    asio::awaitable<bool> write(HttpResponse& response, bool head, bool http_1_0, bool keep)
    {
        watch(Clock::now() + allowance(response.body.size()));
        const bool hsts = service_->options.hsts && !service_->options.certificate_file.empty();
        auto message = response_message(std::move(response), head, http_1_0, keep, hsts);
        auto written = co_await beast::http::async_write(stream_, message, no_throw);
        const boost::system::error_code& error = std::get<0>(written);
        if (expired_)
            service_->count("slow_reader");
        co_return !error;
    }

    /// Closing with unread bytes in the socket would make the kernel reset the connection, and the answer be lost.
    asio::awaitable<void> linger()
    {
        watch(Clock::now() + linger_time);
        co_await goodbye(stream_);
        auto& socket = beast::get_lowest_layer(stream_);
        boost::system::error_code ignored;
        socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        std::array<char, 4096> sink{};
        const auto room = asio::buffer(sink);
        std::size_t thrown_away = 0;
        while (thrown_away < linger_bytes) {
            auto received = co_await socket.async_read_some(room, no_throw);
            const auto& [error, count] = received;
            if (error)
                break;
            thrown_away += count;
        }
    }

    HttpRequest take_request()
    {
        auto message = parser_->release();
        HttpRequest request;
        request.method = std::string(message.method_string());
        RequestTarget target = read_target({message.target().data(), message.target().size()});
        request.path = std::move(target.path);
        request.query = std::move(target.query);
        for (const auto& field : message)
            request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
        request.body = std::move(message.body());
        request.peer = peer_;
        return request;
    }

    /// Null when the peer has simply gone.
    const Refusal* refusal_for(const boost::system::error_code& error)
    {
        namespace http_error = beast::http;
        if (error == http_error::error::body_limit)
            return &refusals::body_too_large;
        if (error == http_error::error::bad_chunk_extension)
            return &refusals::chunk_extension;
        if (error == http_error::error::header_limit)
            return &refusals::chunk;
        const bool syntax = error.category() == http_error::make_error_code(http_error::error::bad_chunk).category();
        if (!syntax || error == http_error::error::partial_message || error == http_error::error::end_of_stream) {
            gone_ = true;
            return nullptr;
        }
        return &refusals::chunk;
    }

    /// How long that many bytes may take at the least rate.
    [[nodiscard]] std::chrono::milliseconds allowance(std::size_t bytes) const
    {
        const std::size_t rate = std::max<std::size_t>(1, limits().body_bytes_per_second);
        return limits().body_grace + std::chrono::milliseconds(bytes * 1000 / rate);
    }

    /// Cancels what the stream is doing when `until` has come. A cancelled read leaves the stream fit for an answer.
    void watch(Clock::time_point until)
    {
        expired_ = false;
        watchdog_.expires_at(until);
        watchdog_.async_wait([weak = this->weak_from_this()](const boost::system::error_code& error) {
            const auto self = weak.lock();
            if (error || !self || self->watchdog_.expiry() > Clock::now())
                return;  // cancelled, gone, or set anew while this was on its way
            self->expired_ = true;
            boost::system::error_code ignored;
            beast::get_lowest_layer(self->stream_).cancel(ignored);
        });
    }

    void close()
    {
        boost::system::error_code ignored;
        beast::get_lowest_layer(stream_).close(ignored);
    }

    [[nodiscard]] std::string_view buffered() const
    {
        const auto bytes = buffer_.cdata();
        return {static_cast<const char*>(bytes.data()), bytes.size()};
    }
    [[nodiscard]] const Limits& limits() const { return service_->options.limits; }
    [[nodiscard]] GateRules rules() const { return {limits().header_bytes, limits().header_fields, service_->options.hosts}; }

    Stream stream_;
    std::shared_ptr<Service> service_;
    std::string peer_;
    asio::steady_timer watchdog_;
    beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    std::shared_ptr<PendingAnswer> pending_;
    std::function<void(std::uint64_t, boost::beast::string_view, boost::system::error_code&)> on_chunk_ =
        [](std::uint64_t, boost::beast::string_view extensions, boost::system::error_code& error) {
            if (!extensions.empty())
                error = beast::http::error::bad_chunk_extension;
        };
    std::size_t served_ = 0;
    bool idle_ = false;     ///< Between requests, nothing received.
    bool gone_ = false;     ///< The peer has ended the connection, or is too late to be told.
    bool expired_ = false;  ///< The watchdog has bitten.
    bool linger_ = false;
};

}  // namespace lienthong::http
