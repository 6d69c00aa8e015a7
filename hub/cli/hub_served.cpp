// What the hub serves over HTTP: the parts of it that the API looks at, and the server itself.
#include "hub/cli/hub.hpp"

#include "adapters/tables/xlsx/xlsx_table_writer.hpp"
#include "hub/cli/whole_file.hpp"

namespace lienthong::cli {

std::vector<flow::FlowStanding> Hub::standings() const
{
    std::vector<flow::FlowStanding> standings;
    for (const auto& [name, route] : push_routes_) {
        flow::FlowStanding standing;
        standing.flow = name;
        standing.connector = "push";
        standing.direction = "in";
        standing.pause = paused(name)();
        standing.state = standing.pause ? "paused" : "waiting";
        standings.push_back(std::move(standing));
    }
    for (const auto& source : sources_)
        standings.push_back(source->standing());
    for (const auto& called : called_)
        standings.push_back(called->standing());
    for (flow::FlowStanding& standing : standings)
        standing.news = watching_->watch().news_of(standing.flow);
    for (const auto& delivery : deliveries_)
        standings.push_back(delivery->standing());
    if (computing_)
        standings.push_back(computing_->standing());
    if (reminding_)
        standings.push_back(reminding_->standing());
    return standings;
}

bool Hub::start_server(const ReferenceData& reference, std::vector<Problem>& problems)
{
    const auto chain = whole_file(settings_.chain);
    const auto verifier = whole_file(settings_.note_verifier);
    for (const auto* file : {&chain, &verifier})
        if (!file->ok()) {
            problems.push_back(file->problem());
            return false;
        }
    api::ApiParts parts;
    parts.intake = intake_;
    parts.sealer = sealer_;
    parts.journal = data_.journal;
    parts.store = data_.store;
    parts.outbox = data_.outbox;
    parts.dispatch = dispatch_;
    parts.gatekeeper = std::make_shared<access::Gatekeeper>(data_.identities, clock_);
    parts.catalogue = reference.catalogue;
    parts.clock = clock_;
    parts.push_flows = push_routes_;
    parts.called = called_paths_;
    parts.flows = [this] { return standings(); };
    parts.alarms = [this] { return watching_->watch().alarms(); };
    parts.watch_problem = [this] { return watching_->problem(); };
    parts.workers = [this] {
        std::vector<flow::WorkersStanding> standings{standing_of("workshop", workshop_->standing())};
        for (const auto& [flow, host] : hosts_)
            standings.push_back(standing_of(flow, host->standing()));
        return standings;
    };
    parts.sources = [this] { return sources_asked_->standings(); };
    parts.pauses = pauses_;
    parts.reconciliations = reconciliations_;
    for (const auto& [name, reconciler] : reconcilers_)
        parts.reconcilable.push_back(name);
    parts.reconcile = [this](const std::string& flow, flow::ReconcileOrder order, api::ReconcileDone answer) {
        reconcile(flow, std::move(order), std::move(answer));
    };
    parts.events = data_.events;
    parts.rule_breaks = data_.rule_breaks;
    parts.rules_problem = [this] { return ruling_->problem(); };
    parts.compliance_set = settings_.compliance_set;
    parts.tables = adapters::make_xlsx_table_writer();
    parts.base_url = settings_.base_url;
    parts.province = settings_.province_name;
    parts.notice = settings_.notice;
    parts.chain_pem = *chain;
    parts.note_verifier = *verifier;
    parts.oldest_waiting = settings_.oldest_waiting;
    parts.open_status_on_loopback = settings_.open_status_on_loopback;
    api_ = std::make_unique<api::Api>(context_.get_executor(), std::move(parts));

    http::ServerOptions options;
    options.address = settings_.address;
    options.port = settings_.port;
    options.certificate_file = settings_.certificate;
    options.key_file = settings_.key;
    options.hosts = settings_.hosts;
    auto server = http::serve(
        context_.get_executor(), options,
        [this](http::HttpRequest request, http::Respond respond) { api_->handle(std::move(request), std::move(respond)); },
        [this](std::string_view reason) { api_->count_refused(reason); });
    if (!server.ok()) {
        problems.push_back(server.problem());
        return false;
    }
    server_ = std::move(server).value();
    return true;
}

}  // namespace lienthong::cli
