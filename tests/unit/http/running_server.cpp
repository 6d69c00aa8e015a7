// Starts and stops the server under test.
#include "tests/unit/http/running_server.hpp"

#include <cstdlib>
#include <stdexcept>

using namespace lienthong::http;

Certificate::Certificate(const std::string& key_options)
{
    std::string pattern = std::filesystem::temp_directory_path() / "lienthong-http-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no temporary folder");
    folder_ = pattern;
    make(key_options);
}

Certificate::~Certificate()
{
    std::filesystem::remove_all(folder_);
}

void Certificate::make(const std::string& key_options) const
{
    const std::string command = "openssl req -x509 -newkey " + key_options +
                                " -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout " +
                                key() + " -out " + certificate() + " 2>/dev/null";
    if (std::system(command.c_str()) != 0)
        throw std::runtime_error("openssl failed: " + command);
}

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
