/// SourceFlow: one configured way in. Polls its source through a connector, journals what comes, acknowledges
/// what is durable, and waits as its pace says.
#pragma once

#include "hub/flow/exchange.hpp"
#include "hub/flow/intake.hpp"
#include "hub/flow/pace.hpp"
#include "hub/flow/standing.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <deque>
#include <functional>
#include <memory>

namespace lienthong::flow {

class SourceFlow
{
public:
    SourceFlow(boost::asio::any_io_executor executor, Route route, PaceSettings pace, ExchangeParts parts, Intake& intake,
               std::shared_ptr<Journal> journal, PausedNow paused = {});

    /// Runs until stop(); one round at a time. A paused flow takes nothing new: a round in progress acknowledges what it
    /// has journaled and ends. Spawn it on the executor given; the flow must outlive it.
    boost::asio::awaitable<void> run();
    /// Ends the running wait; a round in progress is finished first. Call on the executor.
    void stop();
    /// Starts the next round without waiting for its turn. Call on the executor.
    void poll_now();

    /// The log; see Standing::tell.
    void log_to(Say say) { standing_.tell(std::move(say)); }
    [[nodiscard]] FlowStanding standing() const { return standing_.read(); }
    [[nodiscard]] const Route& route() const { return route_; }

private:
    boost::asio::awaitable<std::optional<sdk::Failure>> round();
    boost::asio::awaitable<std::optional<sdk::Failure>> follow(sdk::Step first);
    struct Pending
    {
        sdk::Request request;
        bool acknowledges = false;  ///< Of something journaled; it goes on in a pause.
    };
    boost::asio::awaitable<std::optional<sdk::Failure>> keep(sdk::Step& step, const std::string& reply, bool acknowledges,
                                                             std::deque<Pending>& next);
    boost::asio::awaitable<void> wait_until_intake_has_room();
    boost::asio::awaitable<void> rest(std::chrono::milliseconds pause);
    boost::asio::awaitable<void> rest_unless_paused(std::chrono::milliseconds pause);

    boost::asio::steady_timer timer_;
    Route route_;
    PaceSettings pace_;
    Exchange exchange_;
    Intake& intake_;
    std::shared_ptr<Journal> journal_;
    std::shared_ptr<Clock> clock_;
    std::string plugin_digest_;
    PausedNow paused_;
    Standing standing_;
    bool stopping_ = false;
    bool hurried_ = false;  ///< poll_now() came during the wait.
};

}  // namespace lienthong::flow
