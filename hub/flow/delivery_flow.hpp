/// DeliveryFlow: one configured way out. Renders sealed figures into a partner's packet and follows each
/// delivery to its end.
///
/// Every attempt is on disk before its bytes leave. An attempt whose outcome is not known, also because the
/// process died, is asked about before anything is sent again. While the partner is left alone (Sources) or the flow is
/// paused no attempt begins; what is sealed meanwhile waits in the outbox, for days if need be, and goes out in its order:
/// trouble with the partner ends the round and keeps the item in its place; trouble with one item lets those pass that have
/// nothing in common with it.
#pragma once

#include "hub/flow/exchange.hpp"
#include "hub/flow/pace.hpp"
#include "hub/flow/standing.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/ports/outbox.hpp"
#include "hub/ports/pauses.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::flow {

struct DeliveryParts
{
    std::string flow;
    std::string connector;
    std::string except;  ///< Flow whose submissions are not sent back where they came from; empty for none.
    std::vector<std::string> only;  ///< Indicators that are told; empty for all.
    bool whole_report = false;  ///< A packet has, beside what is new, all else its agency told of the same period.
    std::size_t facts_per_parcel = 0;  ///< Of a way out of facts: the most in one parcel; 0: all that a submission told.
    std::string behind;  ///< A flow that is to have done with a submission and all before it first; empty for none.
    PaceSettings pace;
    ExchangeParts exchange;
    std::shared_ptr<const mapping::Mapping> mapping;  ///< A render mapping.
    std::shared_ptr<const catalogue::Catalogue> catalogue;
    std::shared_ptr<Store> store;
    std::shared_ptr<Outbox> outbox;
    PausedNow paused = [] { return std::nullopt; };  ///< Asked before each delivery.
    std::function<boost::asio::awaitable<Result<void>>()> gather{};  ///< Before each round: puts what is owed by now into the outbox; null: nothing.
    std::function<Result<void>(const std::vector<sdk::GivenName>&)> keep_names{};  ///< What the partner calls facts; null: nothing is called anything.
    /// What an item is, or nothing where a later one tells all of it; null: what its leaf brought, rendered by the mapping, and
    /// only then are mapping, catalogue and store asked.
    std::function<Result<std::optional<sdk::Parcel>>(const OutboxItem&)> parcel;
};

class DeliveryFlow
{
public:
    DeliveryFlow(boost::asio::any_io_executor executor, DeliveryParts parts);

    /// Runs until stop(). Spawn it on the executor given; the flow must outlive it.
    boost::asio::awaitable<void> run();
    /// One round of what run() repeats: how long to wait until the next, unless something is sealed. Never while run() runs.
    boost::asio::awaitable<std::chrono::milliseconds> turn();
    void stop();                        ///< Call on the executor.
    void sealed(std::uint64_t size);    ///< The log is sealed up to `size`. Call on the executor.

    /// The log; see Standing::tell.
    void log_to(Say say) { standing_.tell(std::move(say)); }
    [[nodiscard]] FlowStanding standing() const { return standing_.read(); }

private:
    boost::asio::awaitable<std::optional<sdk::Failure>> round();
    boost::asio::awaitable<std::optional<sdk::Failure>> attend(OutboxItem item);
    boost::asio::awaitable<sdk::Step> follow(sdk::Event event);
    Result<void> keep_names(const sdk::Step& step);
    Result<std::optional<sdk::Parcel>> parcel_of(const OutboxItem& item) const;
    /// Whether the item has to wait for the flow it goes behind.
    [[nodiscard]] Result<bool> comes_too_early(const OutboxItem& item) const;
    std::optional<sdk::Failure> conclude(const OutboxItem& item, const sdk::Step& step, bool asked);
    std::optional<sdk::Failure> put_down(const OutboxItem& item, DeliveryState state, const std::string& receipt,
                                         const std::string& problem, std::chrono::milliseconds pause);

    boost::asio::steady_timer timer_;
    DeliveryParts parts_;
    Exchange exchange_;
    Standing standing_;
    std::vector<sdk::GivenName> unkept_;  ///< Names the store did not take yet. A partner may never say them again.
    std::uint64_t sealed_ = 0;
    bool stopping_ = false;
    bool woken_ = false;
    bool held_back_ = false;  ///< The last round left an item to the flow it goes behind.
    bool failed_ = false;  ///< The last round did; then what is sealed meanwhile does not shorten the wait.
};

}  // namespace lienthong::flow
