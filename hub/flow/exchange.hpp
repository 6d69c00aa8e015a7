/// Exchange: carries out what a connector asks for: computes its requests, keeps its credentials, asks the
/// foreign system and brings back what the connector makes of the answer.
///
/// Belongs to one flow and runs on that flow's executor only.
#pragma once

#include "hub/flow/connector_machine.hpp"
#include "hub/flow/request_builder.hpp"
#include "hub/ports/clock.hpp"
#include "hub/ports/transport.hpp"

#include <boost/asio/awaitable.hpp>

#include <map>
#include <memory>
#include <string>

namespace lienthong::flow {

struct ExchangeParts
{
    std::shared_ptr<ConnectorMachine> machine;
    std::shared_ptr<Transport> transport;
    std::shared_ptr<Clock> clock;
    std::map<std::string, std::string> endpoints;  ///< url settings by name.
    std::map<std::string, std::string> secrets;    ///< Resolved values; never logged, never handed to the machine.
};

/// What came of one request: the machine's step and the body it was made from.
struct Carried
{
    sdk::Step step;
    std::string reply;
};

class Exchange
{
public:
    explicit Exchange(ExchangeParts parts) : parts_(std::move(parts)) {}

    /// One event to the machine. A machine that cannot be reached is a step with a failure.
    boost::asio::awaitable<sdk::Step> tell(sdk::Event event, sdk::AnswerForm form);
    /// One request to the foreign system and its answer to the machine. An expired credential is acquired anew
    /// and the request repeated once. A connection lost after sending began is a step whose failure is of class
    /// unknown, unless the request may be repeated.
    boost::asio::awaitable<Carried> carry_out(sdk::Request request);
    [[nodiscard]] sdk::Moment moment() const;
    [[nodiscard]] Time now() const { return parts_.clock->now(); }

private:
    struct Credential
    {
        std::string value;
        Time until{};
    };
    boost::asio::awaitable<Carried> ask(sdk::Request request);
    boost::asio::awaitable<sdk::Step> acquire_missing(const sdk::Request& request);
    boost::asio::awaitable<sdk::Step> acquire(std::string name);

    ExchangeParts parts_;
    std::map<std::string, Credential> credentials_;
};

}  // namespace lienthong::flow
