/// PendingAnswer: the one answer a connection waits for, given by the handler from any thread or not at all.
#pragma once

#include "hub/http/server.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <mutex>
#include <optional>

namespace lienthong::http {

/// The connection owns the waiting, the handler owns the duty to answer. Either may end first: an answer that
/// nobody waits for any more is dropped, and a handler that loses its Respond without calling it answers 500.
class PendingAnswer : public std::enable_shared_from_this<PendingAnswer>
{
public:
    /// `executor` is the connection's; everything but the function of respond() happens on it.
    explicit PendingAnswer(boost::asio::any_io_executor executor);

    /// What the handler gets. Safe from any thread, also once the connection and its executor are gone.
    [[nodiscard]] Respond respond();
    /// Is cancelled once the answer is there.
    [[nodiscard]] boost::asio::steady_timer& arrival() { return *arrival_; }
    /// The answer, or what stands for a missing one.
    [[nodiscard]] HttpResponse take();
    /// Nobody waits any more. Must be called before the executor goes.
    void abandon();

private:
    void answer(HttpResponse response);

    std::mutex mutex_;
    boost::asio::any_io_executor executor_;
    std::optional<boost::asio::steady_timer> arrival_;
    std::optional<HttpResponse> response_;
};

/// The response to a request that a Refusal stopped, or that the handler failed: a problem document, then close.
[[nodiscard]] HttpResponse problem_response(int status, std::string_view code, std::string_view detail);

}  // namespace lienthong::http
