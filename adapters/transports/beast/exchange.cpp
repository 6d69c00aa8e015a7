// Connects or takes a kept connection, sends once, reads one answer. Every awaited call is bound to a name and has
// named arguments, the one shape g++ 12 compiles correctly.
#include "adapters/transports/beast/exchange.hpp"

#include "adapters/transports/reach/reach.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
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

/// The coding of the body when it is another than none.
std::string coding_of(const beast_http::fields& fields)
{
    std::string found;
    for (auto [at, end] = fields.equal_range(beast_http::field::content_encoding); at != end; ++at)
        if (!at->value().empty() && !boost::beast::iequals(at->value(), "identity"))
            found = std::string(at->value());
    return found;
}

std::string seconds(std::chrono::milliseconds span)
{
    const auto millis = span.count();
    return millis % 1000 == 0 ? std::to_string(millis / 1000) + " s" : std::to_string(millis) + " ms";
}

}  // namespace

LookUp TransportState::look_up_of(const BeastTransportOptions& options)
{
    if (!options.look_up)
        return look_up_by_system;
    return [look_up = options.look_up](const std::string& host) {
        FoundNames found;
        for (const std::string& text : look_up(host)) {
            error_code no_address;
            const auto address = asio::ip::make_address(text, no_address);
            if (!no_address)
                found.addresses.push_back(address);
        }
        if (found.addresses.empty())
            found.problem = "the name has no address";
        return found;
    };
}

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
    whole_ = std::chrono::steady_clock::now() + timeout_;
    deadline_.emplace(strand_);
    looked_up_.emplace(strand_);
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
    enter(Stage::send);
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
    const bool found = co_await find_addresses();
    if (!found || !may_connect())
        co_return false;
    link_ = out_.tls ? make_tls_link(strand_, state_->tls, out_.host) : make_plain_link(strand_);
    const bool connected = co_await reach_one();
    if (!connected)
        co_return false;
    error_code ignored;
    link_->socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    enter(Stage::handshake);
    const error_code insecure = co_await link_->secure();
    if (!insecure)
        co_return true;
    if (expired_)
        co_return fail("transport.refused", passed());
    const std::string distrust = link_->distrust();
    co_return fail("transport.tls", distrust.empty() ? "the TLS handshake failed: " + insecure.message() : distrust);
}

asio::awaitable<bool> Exchange::find_addresses()
{
    error_code not_an_address;
    const auto literal = asio::ip::make_address(out_.host, not_an_address);
    found_ = {};
    if (!not_an_address) {
        found_.addresses.push_back(literal);
        co_return true;
    }
    enter(Stage::name);
    looked_up_->expires_at(std::chrono::steady_clock::time_point::max());
    name_ = state_->names.start(out_.host, strand_, [weak = weak_from_this()](FoundNames found) {
        if (const auto self = weak.lock()) {
            self->found_ = std::move(found);
            self->looked_up_->cancel();
        }
    });
    auto waited = co_await looked_up_->async_wait(no_throw);
    (void)waited;
    name_.reset();
    if (expired_)
        co_return fail("transport.refused", passed());
    if (found_.addresses.empty())
        co_return fail("transport.refused", "the name cannot be resolved: " + found_.problem);
    co_return true;
}

/// Every address is judged, not only the first: a name that also leads where it must not is not to be trusted at all.
bool Exchange::may_connect()
{
    const std::string source = out_.source();
    const auto& hosts = out_.reach.hosts;
    if (!hosts.empty() && std::find(hosts.begin(), hosts.end(), source) == hosts.end())
        return fail("transport.not_allowed", source + " is no endpoint of this flow");
    const ReachRules rules{names_own_machine(out_.host), out_.reach.private_networks};
    for (const auto& address : found_.addresses)
        if (const std::string refusal = refusal_of(address, rules); !refusal.empty())
            return fail("transport.not_allowed", "the host leads to " + address.to_string() + ", which is " + refusal);
    return true;
}

asio::awaitable<bool> Exchange::reach_one()
{
    std::vector<asio::ip::tcp::endpoint> endpoints;
    for (const auto& address : found_.addresses)
        endpoints.emplace_back(address, static_cast<std::uint16_t>(std::stoul(out_.port)));
    enter(Stage::connect);
    auto connected = co_await asio::async_connect(link_->socket(), endpoints, no_throw);
    const error_code& error = std::get<0>(connected);
    if (error || expired_)
        co_return fail("transport.refused", expired_ ? passed() : "cannot connect: " + error.message());
    co_return true;
}

asio::awaitable<bool> Exchange::receive()
{
    enter(Stage::first_byte);
    for (int interim = 0; interim < most_interim_answers; ++interim) {
        AnswerParser parser;
        parser.header_limit(answer_header_bytes);
        parser.body_limit(answer_limit_);
        parser.skip(out_.message.method() == beast_http::verb::head);
        const error_code error = co_await read_answer(parser);
        answered_ = answered_ || parser.got_some() || link_->buffer.size() != 0;
        if (error == beast_http::error::body_limit)
            co_return fail("transport.too_large", (parser.chunked() ? "the answer, whose end was not in sight, is larger than "
                                                                    : "the answer is larger than ") +
                                                      std::to_string(answer_limit_) + " bytes");
        if (error && parser.is_header_done() && !expired_)
            co_return cut_off(parser, error);
        if (error)
            co_return lost("while the answer was awaited", error);
        const unsigned status = parser.get().result_int();
        if (status == 101)
            co_return fail("transport.unknown", "the server switched the protocol unasked");
        if (status < 200)
            continue;
        co_return take_answer(parser);
    }
    co_return fail("transport.unknown", "the server keeps sending interim answers");
}

asio::awaitable<error_code> Exchange::read_answer(AnswerParser& parser)
{
    error_code error = co_await link_->read_header(parser);
    if (error || parser.is_done())
        co_return error;
    enter(Stage::answer);
    error = co_await link_->read(parser);
    co_return error;
}

/// The connection ended inside a body.
bool Exchange::cut_off(AnswerParser& parser, const error_code& error)
{
    const std::string came = std::to_string(parser.get().body().size());
    const auto announced = parser.content_length();
    if (announced)
        return fail("transport.unknown", "the answer ended after " + came + " of the " + std::to_string(*announced) +
                                             " bytes its Content-Length announced: " + error.message());
    if (parser.chunked())
        return fail("transport.unknown", "the chunked answer broke off after " + came + " bytes: " + error.message());
    return lost("while the answer was read", error);
}

/// True: an answer, or one that no second attempt would mend.
bool Exchange::take_answer(AnswerParser& parser)
{
    const bool plainly = framed_plainly(parser.get());
    const bool keep_alive = plainly && parser.keep_alive();
    const bool counted = parser.content_length().has_value();
    auto message = parser.release();
    if (!plainly) {
        fail("transport.unknown", "the answer is framed in an ambiguous way: more than one of Content-Length and Transfer-Encoding, "
                                  "or a Transfer-Encoding other than chunked");
        return true;
    }
    if (const std::string coding = coding_of(message); !coding.empty()) {
        fail("transport.encoded", "the answer comes in the coding '" + shortened(coding, 40) + "', which was not asked for");
        return true;
    }
    // What follows a counted body at once is more of it, unless it is a message of its own.
    const auto behind = link_->buffer.data();
    const std::string_view excess(static_cast<const char*>(behind.data()), behind.size());
    if (counted && !excess.empty() && !excess.starts_with("HTTP/")) {
        fail("transport.unknown", "the answer goes on behind the " + std::to_string(message.body().size()) +
                                      " bytes its Content-Length announced");
        return true;
    }
    HttpAnswer answer;
    answer.status = static_cast<int>(message.result_int());
    for (const auto& field : message)
        answer.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    answer.body = std::move(message.body());
    outcome_ = std::move(answer);
    keep_link(keep_alive);
    return true;
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
        return fail("transport.unknown", passed());
    return fail("transport.unknown", std::string("the connection was lost ") + when + ": " + error.message());
}

/// Begins a stage: from now on its own deadline counts, or the whole exchange's where that comes first.
void Exchange::enter(Stage stage)
{
    if (expired_)
        return;
    stage_ = stage;
    const StageDeadlines& own = state_->deadlines;
    auto until = whole_;
    const auto within = [&until](std::chrono::milliseconds span) {
        until = std::min(until, std::chrono::steady_clock::now() + span);
    };
    if (stage == Stage::name)
        within(own.name);
    else if (stage == Stage::connect)
        within(own.connect);
    else if (stage == Stage::handshake)
        within(own.handshake);
    else if (stage == Stage::first_byte)
        within(own.first_byte);
    deadline_->expires_at(until);
    deadline_->async_wait([weak = weak_from_this()](const error_code& cancelled) {
        const auto self = weak.lock();
        // A wait that ended just as the next stage began says nothing about that stage.
        if (!cancelled && self && self->deadline_->expiry() <= std::chrono::steady_clock::now())
            self->expire();
    });
}

void Exchange::expire()
{
    expired_ = true;
    whole_passed_ = deadline_->expiry() == whole_;
    looked_up_->cancel();
    error_code ignored;
    if (link_)
        link_->socket().close(ignored);
}

/// Which deadline has passed, and during what.
std::string Exchange::passed() const
{
    const StageDeadlines& own = state_->deadlines;
    struct Words
    {
        std::chrono::milliseconds own;
        const char* purpose;
        const char* during;
    };
    const auto words = [&]() -> Words {
        switch (stage_) {
        case Stage::name:
            return {own.name, "looking the name up", "while the name was looked up"};
        case Stage::connect:
            return {own.connect, "connecting", "while connecting"};
        case Stage::handshake:
            return {own.handshake, "the TLS handshake", "during the TLS handshake"};
        case Stage::send:
            return {timeout_, "sending", "while the request was sent"};
        case Stage::first_byte:
            return {own.first_byte, "the beginning of an answer", "before an answer began"};
        case Stage::answer:
            break;
        }
        return {timeout_, "the answer", "while the answer was read"};
    }();
    if (whole_passed_)
        return "the deadline of " + seconds(timeout_) + " for the whole exchange passed " + words.during;
    return "the deadline of " + seconds(words.own) + " for " + words.purpose + " passed";
}

}  // namespace lienthong::adapters
