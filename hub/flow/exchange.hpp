/// Exchange: carries out what a connector asks for: computes its requests, keeps its credentials, asks the
/// foreign system and brings back what the connector makes of the answer.
///
/// It asks a source only when Sources lets it, tells Sources what came of it, heeds Retry-After for the source as a whole,
/// and takes secrets out of every sentence that comes back.
///
/// Belongs to one flow and runs on that flow's executor only.
#pragma once

#include "hub/flow/connector_machine.hpp"
#include "hub/flow/redaction.hpp"
#include "hub/flow/request_builder.hpp"
#include "hub/flow/shared_credentials.hpp"
#include "hub/flow/sources.hpp"
#include "hub/ports/clock.hpp"
#include "hub/ports/transport.hpp"

#include <boost/asio/awaitable.hpp>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace lienthong::flow {

struct ExchangeParts
{
    std::shared_ptr<ConnectorMachine> machine;
    std::shared_ptr<Transport> transport;
    std::shared_ptr<Clock> clock;
    std::map<std::string, std::string> endpoints;  ///< url settings by name.
    std::map<std::string, std::string> secrets;    ///< Resolved values; never logged, never handed to the machine.
    std::shared_ptr<Sources> sources{};            ///< Shared by all flows; null: every request is let out.
    bool private_networks = true;                  ///< Whether endpoints' names may lead into private networks.
    std::shared_ptr<SharedCredentials> credentials{};  ///< Shared by all flows; null: this one logs in for itself.
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
    explicit Exchange(ExchangeParts parts);

    /// One event to the machine. A machine that cannot be reached is a step with a failure.
    boost::asio::awaitable<sdk::Step> tell(sdk::Event event, sdk::AnswerForm form);
    /// One request to the foreign system and its answer to the machine. An expired credential is acquired anew
    /// and the request repeated once; where the step says what else the answer may mean, a new one is not renewed and that holds.
    /// A connection lost after sending began is a step whose failure is of class
    /// unknown, unless the request may be repeated. A source that is not to be asked now is a step whose failure is of
    /// class throttled and has the code source_rests.
    boost::asio::awaitable<Carried> carry_out(sdk::Request request);
    /// Acquires a credential, whatever is in hand, from the source or from another flow that logged in alike. The step holds it, or
    /// a failure.
    boost::asio::awaitable<sdk::Step> acquire(std::string name);
    /// Why nothing should be begun now: one of the flow's sources is left alone.
    [[nodiscard]] std::optional<sdk::Failure> rest() const;
    [[nodiscard]] std::vector<std::string> sources() const { return reach_.hosts; }
    [[nodiscard]] sdk::Moment moment() const;
    /// A number in [0, 1) from a nonce nobody else sees.
    [[nodiscard]] double chance() const;
    [[nodiscard]] Time now() const { return parts_.clock->now(); }

private:
    struct Credential
    {
        Acquired acquired;
        bool dead = false;     ///< Asked for anew next time; kept in mind to be taken out of texts.
        std::string before{};  ///< The value it replaced; a late answer may still quote it.
    };
    boost::asio::awaitable<Carried> ask(sdk::Request request);
    boost::asio::awaitable<sdk::Step> acquire_missing(const sdk::Request& request);
    boost::asio::awaitable<sdk::Step> log_in(std::string name, sdk::Step step);
    [[nodiscard]] RequestNames names() const;
    [[nodiscard]] std::string login_of(const std::string& name, const sdk::Request& request) const;
    void keep(const Acquired& acquired);
    [[nodiscard]] bool is_good(const Credential& credential) const;
    [[nodiscard]] bool is_new(const std::string& credential) const;
    void forget(const std::string& credential);
    void learn(const std::string& source, const sdk::Step& step);
    void heed(const HttpAnswer& answer, sdk::Step& step) const;

    ExchangeParts parts_;
    Reach reach_;
    Redaction configured_;             ///< The secrets alone.
    Redaction redaction_;              ///< With the credentials in hand.
    std::set<std::string> troubled_;   ///< Sources whose last request of this flow failed: the next one is a retry.
    std::map<std::string, Credential> credentials_;
};

}  // namespace lienthong::flow
