// A few threads that wait, so that nobody else has to.
#include "adapters/transports/blocking/blocking_transport.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include <exception>
#include <utility>

namespace lienthong::adapters {
namespace {

namespace asio = boost::asio;

/// One request on its way; touched on its strand alone.
struct Waiting
{
    Waiting(const asio::any_io_executor& executor, Transport::Done then)
        : strand(asio::make_strand(executor)), timer(strand), done(std::move(then))
    {
    }
    void end(Result<HttpAnswer> answer)
    {
        if (!done)
            return;
        timer.cancel();
        const Transport::Done then = std::exchange(done, nullptr);
        then(std::move(answer));
    }

    asio::any_io_executor strand;
    asio::steady_timer timer;
    Transport::Done done;
};

Result<HttpAnswer> answer_of(const BlockingWork& work, const HttpRequest& request, Deadline deadline)
{
    try {
        return work(request, deadline);
    } catch (const std::exception& error) {
        return Problem{"transport.unknown", std::string("the request ended by an exception: ") + error.what()};
    }
}

class PooledTransport final : public Transport
{
public:
    PooledTransport(asio::any_io_executor executor, std::size_t threads, BlockingWork work)
        : executor_(std::move(executor)), work_(std::make_shared<const BlockingWork>(std::move(work))), pool_(threads)
    {
    }
    ~PooledTransport() override { pool_.join(); }

    void ask(HttpRequest request, Done done) override
    {
        const Deadline deadline = std::chrono::steady_clock::now() + request.timeout;
        auto waiting = std::make_shared<Waiting>(executor_, std::move(done));
        asio::post(waiting->strand, [waiting, deadline] {
            if (!waiting->done)
                return;
            waiting->timer.expires_at(deadline);
            waiting->timer.async_wait([waiting](const boost::system::error_code& error) {
                if (!error)
                    waiting->end(Problem{"transport.unknown", "there was no answer within the time the request allows"});
            });
        });
        asio::post(pool_, [request = std::move(request), work = work_, waiting, deadline,
                           until_answered = asio::prefer(waiting->strand, asio::execution::outstanding_work.tracked)] {
            Result<HttpAnswer> answer = answer_of(*work, request, deadline);
            asio::post(until_answered, [waiting, answer = std::move(answer)]() mutable { waiting->end(std::move(answer)); });
        });
    }

private:
    asio::any_io_executor executor_;
    std::shared_ptr<const BlockingWork> work_;
    asio::thread_pool pool_;
};

bool same_any_case(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    bool same = a.size() == b.size();
    for (std::size_t i = 0; same && i < a.size(); ++i)
        same = lower(a[i]) == lower(b[i]);
    return same;
}

}  // namespace

std::unique_ptr<Transport> make_blocking_transport(asio::any_io_executor executor, std::size_t threads, BlockingWork work)
{
    return std::make_unique<PooledTransport>(std::move(executor), threads, std::move(work));
}

HttpAnswer refusal(int status, std::string why)
{
    return {status, {{"Why", std::move(why)}}, {}};
}

std::string_view header_of(const HttpRequest& request, std::string_view name)
{
    for (const auto& [key, value] : request.headers)
        if (same_any_case(key, name))
            return value;
    return {};
}

}  // namespace lienthong::adapters
