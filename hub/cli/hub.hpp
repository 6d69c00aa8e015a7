/// Hub: everything a configured hub is while it runs, put together and taken apart in order.
#pragma once

#include "hub/api/api.hpp"
#include "hub/cli/data.hpp"
#include "hub/cli/reconcilers.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/cli/settings.hpp"
#include "hub/cli/workers.hpp"
#include "hub/flow/called_flow.hpp"
#include "hub/flow/computing.hpp"
#include "hub/flow/delivery_flow.hpp"
#include "hub/flow/reminding.hpp"
#include "hub/flow/ruling.hpp"
#include "hub/flow/source_flow.hpp"
#include "hub/flow/watching.hpp"
#include "hub/ports/pauses.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::cli {

class Hub
{
public:
    /// `say` is given one line for each step of starting, for the operator.
    explicit Hub(Settings settings, std::function<void(const std::string&)> say);
    ~Hub();
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;

    /// Opens the data, loads the reference data, starts workers, flows, sealer and server. Every problem found.
    [[nodiscard]] bool start(std::vector<Problem>& problems);
    /// Serves until stop().
    void run();
    /// Ends run(): no new work, running work finished, everything durable. Safe in a signal handler's thread.
    void stop();
    /// Workers held back because they died too often begin again at once. From any thread, while running.
    void release_workers();
    [[nodiscard]] std::uint16_t port() const;

private:
    bool open_flows(const ReferenceData& reference, std::vector<Problem>& problems);
    bool open_flow(const FlowSettings& flow, const ReferenceData& reference, std::vector<Problem>& problems);
    bool open_called(const FlowSettings& flow, flow::Route route, OpenedConnector opened, std::vector<Problem>& problems);
    bool open_documents(const FlowSettings& flow, const ReferenceData& reference, std::vector<Problem>& problems);
    void open_computing(const ReferenceData& reference);
    bool open_reminding(const ReferenceData& reference, std::vector<Problem>& problems);
    bool open_watching(const ReferenceData& reference, std::vector<Problem>& problems);
    std::vector<flow::FlowStanding> standings() const;
    bool start_server(const ReferenceData& reference, std::vector<Problem>& problems);
    std::optional<flow::Route> route_of(const Message& message) const;
    std::function<std::optional<Pause>()> paused(const std::string& flow) const;
    void open_reconciler(const FlowSettings& flow, const flow::Route& route, const flow::ExchangeParts& exchange);
    void reconcile(const std::string& flow, flow::ReconcileOrder order, api::ReconcileDone answer);
    void keep_recovering();
    void sealed(std::uint64_t size);

    Settings settings_;
    std::function<void(const std::string&)> say_;
    boost::asio::io_context context_;
    std::shared_ptr<Clock> clock_ = std::make_shared<SystemClock>();
    Data data_;
    std::shared_ptr<Pauses> pauses_;
    std::shared_ptr<Dispatch> dispatch_;
    std::shared_ptr<Reconciliations> reconciliations_;
    std::shared_ptr<process::WorkerPool> workshop_;
    std::vector<std::pair<std::string, std::shared_ptr<process::ConnectorHost>>> hosts_;  ///< By flow.
    std::shared_ptr<flow::Intake> intake_;
    std::shared_ptr<flow::Sealer> sealer_;
    std::unique_ptr<flow::Ruling> ruling_;
    std::shared_ptr<Transport> transport_;
    std::shared_ptr<flow::Sources> sources_asked_;
    std::shared_ptr<flow::SharedCredentials> credentials_ = std::make_shared<flow::SharedCredentials>();
    std::map<std::string, flow::Route> routes_;       ///< Every way in, by flow name.
    std::map<std::string, flow::Route> push_routes_;
    std::vector<std::unique_ptr<flow::SourceFlow>> sources_;
    std::map<std::string, std::unique_ptr<flow::Reconciler>> reconcilers_;  ///< Of flows whose connector lists, by name.
    std::vector<std::unique_ptr<flow::DeliveryFlow>> deliveries_;
    std::vector<std::shared_ptr<flow::CalledFlow>> called_;
    std::vector<api::CalledPath> called_paths_;
    std::unique_ptr<flow::Reminding> reminding_;  ///< Null where no mail server is configured.
    std::unique_ptr<flow::Computing> computing_;  ///< Null where nothing is computed.
    std::unique_ptr<flow::Watching> watching_;
    std::unique_ptr<api::Api> api_;
    std::unique_ptr<http::Server> server_;
    boost::asio::steady_timer recovery_{context_};
    bool stopping_ = false;
};

}  // namespace lienthong::cli
