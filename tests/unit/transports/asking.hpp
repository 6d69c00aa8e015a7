// A transport that is asked and waited for.
#pragma once

#include "adapters/transports/beast/beast_transport.hpp"
#include "tests/unit/http/certificate.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace lienthong {

/// A transport on threads of its own, asked and waited for.
class Asking
{
public:
    explicit Asking(const Certificate* trusted = nullptr, adapters::BeastTransportOptions options = {})
    {
        options.plain_http = true;
        if (trusted != nullptr)
            options.authorities_file = trusted->certificate();
        transport_ = std::move(adapters::make_beast_transport(context_.get_executor(), options)).value();
        for (int i = 0; i < 2; ++i)
            threads_.emplace_back([this] { context_.run(); });
    }
    ~Asking()
    {
        transport_.reset();
        work_.reset();
        for (auto& thread : threads_)
            thread.join();
    }
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;

    std::future<Result<HttpAnswer>> start(HttpRequest request)
    {
        auto promise = std::make_shared<std::promise<Result<HttpAnswer>>>();
        auto future = promise->get_future();
        transport_->ask(std::move(request), [promise](Result<HttpAnswer> result) { promise->set_value(std::move(result)); });
        return future;
    }
    Result<HttpAnswer> ask(HttpRequest request) { return start(std::move(request)).get(); }

    /// "status body" or the problem's code.
    std::string told(HttpRequest request)
    {
        const auto result = ask(std::move(request));
        return result ? std::to_string(result.value().status) + " " + result.value().body : result.problem().code;
    }

private:
    boost::asio::io_context context_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_ = boost::asio::make_work_guard(context_);
    std::unique_ptr<Transport> transport_;
    std::vector<std::thread> threads_;
};

inline HttpRequest get(std::string url)
{
    HttpRequest request;
    request.method = "GET";
    request.url = std::move(url);
    return request;
}

inline HttpRequest post(std::string url, std::string body = "{}")
{
    HttpRequest request = get(std::move(url));
    request.method = "POST";
    request.body = std::move(body);
    return request;
}

}  // namespace lienthong
