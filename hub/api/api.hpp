/// Api: what the hub answers over HTTP. A table of routes; each knows who may ask and which parameters it takes.
#pragma once

#include "hub/access/token.hpp"
#include "hub/api/called.hpp"
#include "hub/catalogue/catalogue.hpp"
#include "hub/flow/delivery_flow.hpp"
#include "hub/flow/intake.hpp"
#include "hub/flow/reconciler.hpp"
#include "hub/flow/sealer.hpp"
#include "hub/flow/sources.hpp"
#include "hub/flow/standing.hpp"
#include "hub/flow/workers_standing.hpp"
#include "hub/http/server.hpp"
#include "hub/model/alarm.hpp"
#include "hub/ports/compliance_events.hpp"
#include "hub/ports/dispatch.hpp"
#include "hub/ports/outbox.hpp"
#include "hub/ports/pauses.hpp"
#include "hub/ports/reconciliations.hpp"
#include "hub/ports/rule_breaks.hpp"
#include "hub/ports/table_writer.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lienthong::api {

class ComplianceBoards;
class Metrics;
class SealedWait;

using ReconcileDone = std::function<void(Result<flow::ReconcileReport>)>;

struct ApiParts
{
    std::shared_ptr<flow::Intake> intake;
    std::shared_ptr<flow::Sealer> sealer;
    std::shared_ptr<Journal> journal;
    std::shared_ptr<Store> store;
    std::shared_ptr<Outbox> outbox;
    std::shared_ptr<Dispatch> dispatch;                              ///< Null: no documents are sent.
    std::shared_ptr<access::Gatekeeper> gatekeeper;
    std::shared_ptr<const catalogue::Catalogue> catalogue;
    std::shared_ptr<Clock> clock;
    std::map<std::string, flow::Route> push_flows;                   ///< By flow name; "push" is the default one.
    std::vector<CalledPath> called;                                  ///< Where foreign systems call; no path of the route table.
    std::function<std::vector<flow::FlowStanding>()> flows;
    std::function<std::vector<flow::WorkersStanding>()> workers;
    std::string province;                                            ///< Its name, for people.
    std::string notice;                                              ///< A sentence the status page shows; may be empty.
    std::string chain_pem;                                           ///< Certificates of the province's key, for proofs.
    std::string note_verifier;                                       ///< Verifier text of the log's key.
    std::chrono::seconds oldest_waiting{60};                         ///< Older without a step taken: not healthy.
    std::shared_ptr<ComplianceEvents> events;
    std::shared_ptr<RuleBreaks> rule_breaks;
    std::function<std::string()> rules_problem;                      ///< Why checking the rules stands still; empty when it does not.
    std::string compliance_set;                                      ///< Set of report forms that is followed; empty: none.
    std::shared_ptr<const TableWriter> tables;                       ///< For spreadsheets; null: none are made.
    std::string base_url;                                            ///< What links to this hub begin with; may be empty.
    bool open_status_on_loopback = true;                             ///< Status page and metrics without a token there.
    std::function<std::vector<flow::SourceStanding>()> sources;      ///< The foreign systems the flows ask.
    std::shared_ptr<Pauses> pauses;
    std::function<std::vector<Alarm>()> alarms;                      ///< Open ones; null: nobody watches.
    std::function<std::string()> watch_problem;                      ///< Why watching stands still; null or empty when it does not.
    std::shared_ptr<Reconciliations> reconciliations;
    std::vector<std::string> reconcilable;                           ///< Flows that can be compared with their source.
    /// Compares a flow with its source and acts on it; never blocks, answers from any thread.
    std::function<void(const std::string& flow, flow::ReconcileOrder order, ReconcileDone done)> reconcile;
};

/// One request with what its route made of it.
struct Call
{
    http::HttpRequest request;
    std::vector<std::string> captures;  ///< What stood for {…} in the path.
    Identity identity;                  ///< Who asks; empty where a route is open.
    http::Respond respond;
};

class Api
{
public:
    Api(boost::asio::any_io_executor executor, ApiParts parts);
    ~Api();
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    /// The server's handler; never blocks. Thread-safe.
    void handle(http::HttpRequest request, http::Respond respond);
    /// The server's counter of refused requests. Thread-safe.
    void count_refused(std::string_view reason);
    /// The log is sealed up to `size`: wakes readers that wait for changes. Thread-safe.
    void sealed(std::uint64_t size);
    /// Lets readers that wait for changes go at once, and lets nobody wait any more. Thread-safe.
    void stop_waiting();
    /// Also ends what is being answered. Nothing may be handled any more.
    void stop();

    /// One line a route: "POST /v1/submissions — push: …", for help and documentation.
    [[nodiscard]] static std::string reference();

private:
    friend struct Routes;
    ApiParts parts_;
    std::unique_ptr<Metrics> metrics_;
    std::unique_ptr<SealedWait> waiting_;
    std::unique_ptr<ComplianceBoards> boards_;
    boost::asio::thread_pool readers_{2};
};

/// An answer that is a problem document.
[[nodiscard]] http::HttpResponse problem_response(int status, const Problem& problem);
[[nodiscard]] http::HttpResponse json_response(int status, std::string body);
/// The HTTP status that goes with a problem's code.
[[nodiscard]] int status_of(const Problem& problem);

}  // namespace lienthong::api
