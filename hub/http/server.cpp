// Binds, accepts, counts connections, stops.
#include "hub/http/server.hpp"

#include "hub/http/service.hpp"
#include "hub/http/tls_context.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace lienthong::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds pause_without_descriptors{100};

Problem problem_of(const char* code, std::string detail)
{
    Problem problem;
    problem.code = code;
    problem.detail = std::move(detail);
    return problem;
}

/// Everything that accepts; lives as long as an accept is under way. Used on its strand, but for the TLS context.
struct Door
{
    Door(const asio::any_io_executor& on, std::shared_ptr<Service> to)
        : executor(on), strand(asio::make_strand(on)), acceptor(strand), pause(strand), service(std::move(to))
    {
    }

    [[nodiscard]] std::shared_ptr<asio::ssl::context> tls()
    {
        const std::lock_guard lock(mutex);
        return context;
    }

    asio::any_io_executor executor;
    asio::any_io_executor strand;
    tcp::acceptor acceptor;
    asio::steady_timer pause;
    std::shared_ptr<Service> service;
    std::mutex mutex;
    std::shared_ptr<asio::ssl::context> context;  ///< Null over plain HTTP.
};

void admit(Door& door, tcp::socket socket)
{
    boost::system::error_code ignored;
    if (door.service->full()) {
        door.service->count("connections");
        socket.close(ignored);
        return;
    }
    socket.set_option(tcp::no_delay(true), ignored);
    if (auto context = door.tls())
        start_tls(std::move(socket), door.service, std::move(context));
    else
        start_plain(std::move(socket), door.service);
}

asio::awaitable<void> accept_all(std::shared_ptr<Door> door)
{
    while (door->acceptor.is_open()) {
        asio::any_io_executor connection_strand = asio::make_strand(door->executor);
        auto accepted = co_await door->acceptor.async_accept(connection_strand, no_throw);
        auto& [error, socket] = accepted;
        if (!error) {
            admit(*door, std::move(socket));
        } else if (door->acceptor.is_open()) {
            // out of descriptors: let some connections end first
            door->pause.expires_after(pause_without_descriptors);
            auto waited = co_await door->pause.async_wait(no_throw);
            static_cast<void>(waited);
        }
    }
}

class BeastServer final : public Server
{
public:
    explicit BeastServer(std::shared_ptr<Door> door) : door_(std::move(door)), port_(door_->acceptor.local_endpoint().port()) {}
    BeastServer(const BeastServer&) = delete;
    BeastServer& operator=(const BeastServer&) = delete;
    ~BeastServer() override
    {
        asio::post(door_->strand, [door = door_] {
            close(*door);
            door->service->abort();
        });
    }

    [[nodiscard]] std::uint16_t port() const override { return port_; }

    void stop(std::chrono::milliseconds grace) override
    {
        asio::post(door_->strand, [door = door_, grace] {
            close(*door);
            door->service->drain();
            auto patience = std::make_shared<asio::steady_timer>(door->strand, grace);
            patience->async_wait([door, patience](const boost::system::error_code& error) {
                if (!error)
                    door->service->abort();
            });
            door->service->when_empty([door, patience] { asio::post(door->strand, [patience] { patience->cancel(); }); });
        });
    }

    [[nodiscard]] Result<void> reload_tls() override
    {
        if (!door_->tls())
            return {};
        auto context = make_tls_context(door_->service->options.certificate_file, door_->service->options.key_file);
        if (!context)
            return context.problem();
        const std::lock_guard lock(door_->mutex);
        door_->context = std::move(*context);
        return {};
    }

private:
    static void close(Door& door)
    {
        boost::system::error_code ignored;
        door.acceptor.close(ignored);
        door.pause.cancel();
    }

    std::shared_ptr<Door> door_;
    std::uint16_t port_;
};

Result<void> open(tcp::acceptor& acceptor, const tcp::endpoint& endpoint)
{
    boost::system::error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (!error)
        return {};
    return problem_of("http.bind", "cannot listen on " + endpoint.address().to_string() + " port " +
                                       std::to_string(endpoint.port()) + ": " + error.message());
}

}  // namespace

Result<std::unique_ptr<Server>> serve(asio::any_io_executor executor, const ServerOptions& options, Handler handler,
                                      Counter refused)
{
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error)
        return problem_of("http.bind", "'" + options.address + "' is not an address");
    const bool plain = options.certificate_file.empty() && options.key_file.empty();
    if (plain && !address.is_loopback())
        return problem_of("http.plain_public", "plain HTTP is refused on " + options.address);

    auto service = std::make_shared<Service>(options, std::move(handler), std::move(refused));
    auto door = std::make_shared<Door>(executor, std::move(service));
    if (!plain) {
        auto context = make_tls_context(options.certificate_file, options.key_file);
        if (!context)
            return context.problem();
        door->context = std::move(*context);
    }
    if (const auto opened = open(door->acceptor, {address, options.port}); !opened)
        return opened.problem();
    std::unique_ptr<Server> server = std::make_unique<BeastServer>(door);
    asio::co_spawn(door->strand, accept_all(door), [door](std::exception_ptr thrown) {
        if (thrown)
            std::rethrow_exception(thrown);
    });
    return server;
}

}  // namespace lienthong::http
