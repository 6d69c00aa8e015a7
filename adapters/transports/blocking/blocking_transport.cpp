// Threads that wait, so that nobody else has to.
#include "adapters/transports/blocking/blocking_transport.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>
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

/// What is asked of each place, and who does it.
class Lanes
{
public:
    using Job = std::function<void()>;

    /// Waits for its threads, which first do all that was asked.
    ~Lanes()
    {
        std::unique_lock lock(mutex_);
        ended_.wait(lock, [this] { return threads_ == 0; });
    }

    void put(const std::string& place, Job job)
    {
        const std::scoped_lock lock(mutex_);
        Lane& lane = lanes_[place];
        lane.waiting.push_back(std::move(job));
        if (lane.threads == most_at_once)
            return;
        try {
            std::thread([this, place] { work_off(place); }).detach();
            ++lane.threads;
            ++threads_;
        } catch (const std::system_error&) {
            // No thread is to be had. Whoever asks next tries again, and meanwhile the deadline speaks.
        }
    }

private:
    static constexpr int most_at_once = 2;

    struct Lane
    {
        std::deque<Job> waiting{};
        int threads = 0;
    };

    void work_off(const std::string& place)
    {
        std::unique_lock lock(mutex_);
        Lane& lane = lanes_[place];
        while (!lane.waiting.empty()) {
            Job job = std::move(lane.waiting.front());
            lane.waiting.pop_front();
            lock.unlock();
            job();
            job = nullptr;
            lock.lock();
        }
        if (--lane.threads == 0)
            lanes_.erase(place);
        if (--threads_ == 0)
            ended_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable ended_;
    std::map<std::string, Lane> lanes_;
    int threads_ = 0;
};

class ThreadedTransport final : public Transport
{
public:
    ThreadedTransport(asio::any_io_executor executor, BlockingWork work)
        : executor_(std::move(executor)), work_(std::make_shared<const BlockingWork>(std::move(work)))
    {
    }

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
        const std::string place = place_of(request.url);
        lanes_.put(place, [request = std::move(request), work = work_, waiting, deadline,
                           until_answered = asio::prefer(waiting->strand, asio::execution::outstanding_work.tracked)] {
            if (std::chrono::steady_clock::now() >= deadline)
                return;
            Result<HttpAnswer> answer = answer_of(*work, request, deadline);
            asio::post(until_answered, [waiting, answer = std::move(answer)]() mutable { waiting->end(std::move(answer)); });
        });
    }

private:
    asio::any_io_executor executor_;
    std::shared_ptr<const BlockingWork> work_;
    Lanes lanes_;
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

std::unique_ptr<Transport> make_blocking_transport(asio::any_io_executor executor, BlockingWork work)
{
    return std::make_unique<ThreadedTransport>(std::move(executor), std::move(work));
}

std::string place_of(const std::string& url)
{
    const std::size_t begin = url.find("://");
    const std::size_t authority = begin == std::string::npos ? url.size() : begin + 3;
    const bool names_a_server = authority < url.size() && url[authority] != '/';
    return url.substr(0, url.find_first_of(names_a_server ? "/?" : "?", authority));
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
