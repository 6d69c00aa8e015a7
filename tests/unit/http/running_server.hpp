// A server under test on its own threads, with an echoing handler and counters one can wait for.
#pragma once

#include "hub/http/server.hpp"
#include "tests/unit/http/certificate.hpp"

#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

class RunningServer
{
public:
    /// TLS when a certificate is given; the echo handler when none is.
    explicit RunningServer(lienthong::http::Limits limits = {}, const Certificate* certificate = nullptr,
                           lienthong::http::Handler handler = {});
    ~RunningServer();
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] lienthong::http::Server& server() { return *server_; }
    [[nodiscard]] int handled();
    [[nodiscard]] int refused(const std::string& reason);
    /// Waits until so many were refused for that reason; false after a long while.
    bool wait_refused(const std::string& reason, int times);
    /// Waits until nothing runs any more, after stop().
    void join();

private:
    boost::asio::io_context context_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, int> refused_;
    int handled_ = 0;
    std::unique_ptr<lienthong::http::Server> server_;
    std::vector<std::thread> threads_;
};
