// Starts and stops the server under test.
#include "tests/unit/http/running_server.hpp"

#include <stdexcept>

using namespace lienthong::http;

RunningServer::RunningServer(Limits limits, const Certificate* certificate, Handler handler)
{
    const auto echo = [](HttpRequest request, const Respond& respond) {
        HttpResponse response;
        response.content_type = "text/plain";
        response.body = request.method + " " + request.path + " " + request.body;
        respond(std::move(response));
    };
    ServerOptions options;
    options.hosts = {"hub.example", "127.0.0.1"};
    options.limits = limits;
    if (certificate != nullptr) {
        options.certificate_file = certificate->certificate();
        options.key_file = certificate->key();
    }
    if (!handler)
        handler = echo;
    auto served = serve(
        context_.get_executor(), options,
        [this, handler](HttpRequest request, Respond respond) {
            {
                const std::lock_guard lock(mutex_);
                ++handled_;
            }
            handler(std::move(request), std::move(respond));
        },
        [this](std::string_view reason) {
            const std::lock_guard lock(mutex_);
            ++refused_[std::string(reason)];
            changed_.notify_all();
        });
    if (!served)
        throw std::runtime_error(served.problem().sentence());
    server_ = std::move(*served);
    for (int i = 0; i < 2; ++i)
        threads_.emplace_back([this] { context_.run(); });
}

RunningServer::~RunningServer()
{
    server_.reset();
    join();
}

void RunningServer::join()
{
    for (auto& thread : threads_)
        thread.join();
    threads_.clear();
}

int RunningServer::handled()
{
    const std::lock_guard lock(mutex_);
    return handled_;
}

int RunningServer::refused(const std::string& reason)
{
    const std::lock_guard lock(mutex_);
    return refused_[reason];
}

bool RunningServer::wait_refused(const std::string& reason, int times)
{
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30), [&] { return refused_[reason] >= times; });
}
