// The hub's ways in and out, each made of its settings, its connector and the ports.
#include "hub/cli/hub.hpp"

#include "adapters/documents/edxml/edxml_writer.hpp"
#include "hub/cli/called_paths.hpp"
#include "hub/cli/computing_parts.hpp"
#include "hub/cli/document_parts.hpp"
#include "hub/cli/end_loudly.hpp"
#include "hub/cli/flow_route.hpp"
#include "hub/cli/formats.hpp"
#include "hub/cli/outward.hpp"
#include "hub/cli/pauses.hpp"
#include "hub/cli/reminder_parts.hpp"
#include "hub/cli/told_indicators.hpp"
#include "hub/cli/watch_parts.hpp"
#include "hub/flow/answer.hpp"
#include "hub/flow/document_arrival.hpp"
#include "hub/flow/document_parcel.hpp"
#include "hub/flow/fact_parcel.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>

namespace lienthong::cli {

bool Hub::open_flows(const ReferenceData& reference, std::vector<Problem>& problems)
{
    bool good = true;
    for (const FlowSettings& flow : settings_.flows)
        good = open_flow(flow, reference, problems) && good;
    return good;
}

bool Hub::open_flow(const FlowSettings& flow, const ReferenceData& reference, std::vector<Problem>& problems)
{
    const std::string& wanted = flow.mapping.empty() ? flow.deliver : flow.mapping;
    const auto mapping = reference.mappings.find(wanted);
    if (sends_documents(flow))
        return open_documents(flow, reference, problems);
    if (mapping == reference.mappings.end() || mapping->second->renders() != flow.mapping.empty()) {
        problems.push_back({"settings.flow", "the flow names a mapping that is not there or goes the other way", flow.place + " " + flow.name,
                            wanted, flow.mapping.empty() ? "a render mapping" : "a mapping that observes", {}});
        return false;
    }
    const std::size_t before = problems.size();
    check_told_indicators(flow, *reference.catalogue, local_day(clock_->now()), problems);
    if (auto unknown = unknown_facts(reference, flow.facts, flow.place + ' ' + flow.name))
        problems.push_back(*std::move(unknown));
    if (problems.size() != before)
        return false;
    flow::Route route = cli::route_of(settings_, flow);
    if (!flow.mapping.empty())
        routes_[flow.name] = route;
    if (flow.connector == "push") {
        route.media_type = media_type_of(mapping->second->format());
        push_routes_[flow.name] = route;
        say_("flow " + flow.name + ": POST /v1/submissions?flow=" + flow.name + " → " + flow.mapping);
        return true;
    }
    auto opened = open_connector(settings_, flow, problems, say_);
    if (!opened.ok())
        return false;
    hosts_.emplace_back(flow.name, opened->host);
    if (flow.called)
        return open_called(flow, route, std::move(opened).value(), problems);
    if (!flow.mapping.empty() && !opened->description.polls) {
        problems.push_back({"settings.flow", "this connector asks nothing, it is called", flow.place + ' ' + flow.name, flow.connector,
                            "a section called in the flow", {}});
        return false;
    }
    flow::ExchangeParts exchange{opened->machine, transport_, clock_, opened->endpoints, opened->secrets, sources_asked_, flow.private_networks, credentials_};
    if (!flow.mapping.empty()) {
        if (opened->description.lists)
            open_reconciler(flow, route, exchange);
        sources_.push_back(std::make_unique<flow::SourceFlow>(context_.get_executor(), route, flow.pace, std::move(exchange), *intake_, data_.journal, paused(flow.name)));
        sources_.back()->log_to(say_);
        say_("flow " + flow.name + ": " + flow.connector + " → " + flow.mapping);
        return true;
    }
    flow::DeliveryParts parts;
    parts.flow = flow.name;
    parts.connector = flow.connector;
    parts.except = flow.except;
    parts.only = flow.only;
    parts.whole_report = flow.whole_report;
    parts.facts_per_parcel = flow.facts_per_parcel;
    parts.behind = flow.behind;
    parts.pace = flow.pace;
    parts.exchange = std::move(exchange);
    parts.mapping = mapping->second;
    parts.catalogue = reference.catalogue;
    parts.store = data_.store;
    parts.outbox = data_.outbox;
    parts.paused = paused(flow.name);
    if (!flow.facts.empty()) {
        parts.outbox = data_.fact_outbox(flow.facts);
        parts.parcel = [store = data_.store, facts = data_.facts, names = data_.partner_names, mapping = parts.mapping,
                        kind = flow.facts](const OutboxItem& item) {
            return flow::fact_parcel(*store, *facts, *names, *mapping, kind, item);
        };
        parts.keep_names = [names = data_.partner_names, clock = clock_, name = flow.name, kind = flow.facts](const auto& given) {
            std::vector<PartnerName> kept;
            for (const sdk::GivenName& one : given)
                kept.push_back({name, kind, one.key, one.name, {}, clock->now()});
            return names->keep(kept);
        };
    }
    deliveries_.push_back(std::make_unique<flow::DeliveryFlow>(context_.get_executor(), std::move(parts)));
    deliveries_.back()->log_to(say_);
    say_("flow " + flow.name + ": store → " + flow.deliver + " → " + flow.connector);
    return true;
}

bool Hub::open_called(const FlowSettings& flow, flow::Route route, OpenedConnector opened, std::vector<Problem>& problems)
{
    const std::size_t before = problems.size();
    std::vector<api::CalledPath> paths = called_paths(settings_, flow, opened.description, called_paths_, problems);
    if (problems.size() != before)
        return false;
    std::vector<sdk::Route> offered = opened.description.routes;
    std::erase_if(offered, [&](const sdk::Route& one) {
        return std::none_of(paths.begin(), paths.end(), [&](const api::CalledPath& at) { return at.route == one.name; });
    });
    flow::ExchangeParts exchange{opened.machine, transport_, clock_, opened.endpoints, opened.secrets, sources_asked_, flow.private_networks, credentials_};
    called_.push_back(std::make_shared<flow::CalledFlow>(context_.get_executor(), std::move(route), std::move(offered),
                                                         std::move(exchange), *intake_, say_, paused(flow.name)));
    say_("flow " + flow.name + ": " + flow.connector + " calls " + listed(paths) +
         (flow.called->by_address ? " from its addresses" : " with a token") + " → " + flow.mapping);
    for (api::CalledPath& at : paths) {
        at.flow = called_.back();
        called_paths_.push_back(std::move(at));
    }
    return true;
}

void Hub::open_reconciler(const FlowSettings& flow, const flow::Route& route, const flow::ExchangeParts& exchange)
{
    flow::ReconcilerParts parts{route, exchange, intake_, data_.journal, data_.store, reconciliations_, clock_, paused(route.flow)};
    auto& reconciler = reconcilers_[route.flow];
    reconciler = std::make_unique<flow::Reconciler>(context_.get_executor(), std::move(parts));
    if (flow.reconcile_every.count() > 0)
        boost::asio::co_spawn(context_, reconciler->run(flow.reconcile_every, flow.reconcile_back), end_loudly);
}

void Hub::reconcile(const std::string& flow, flow::ReconcileOrder order, api::ReconcileDone answer)
{
    const auto found = reconcilers_.find(flow);
    if (found == reconcilers_.end())
        return answer(Problem{"flow.no_list", "no flow of this name can be compared with its source", "query/flow", shortened(flow),
                            "a flow of GET /v1/reconciliations", {}});
    boost::asio::post(context_, [this, at = found->second.get(), order = std::move(order), answer = std::move(answer)]() mutable {
        boost::asio::co_spawn(context_, carry_out(*at, std::move(order), std::move(answer)), end_loudly);
    });
}

bool Hub::open_documents(const FlowSettings& flow, const ReferenceData& reference, std::vector<Problem>& problems)
{
    auto opened = open_connector(settings_, flow, problems, say_);
    if (!opened.ok())
        return false;
    hosts_.emplace_back(flow.name, opened->host);
    flow::DeliveryParts parts;
    parts.flow = flow.name;
    parts.connector = flow.connector;
    parts.pace = flow.pace;
    parts.paused = paused(flow.name);
    parts.exchange = {opened->machine, transport_, clock_, opened->endpoints, opened->secrets, sources_asked_, flow.private_networks, credentials_};
    parts.outbox = dispatch_;
    parts.parcel = [dispatch = dispatch_](const OutboxItem& item) -> Result<std::optional<sdk::Parcel>> {
        auto parcel = flow::document_parcel(*dispatch, item);
        if (!parcel.ok())
            return parcel.problem();
        return std::optional(std::move(parcel).value());
    };
    if (flow.answers) {
        flow::ArrivalParts arriving;
        arriving.flow = flow.name;
        arriving.self = organisation(*reference.catalogue, flow.sender, clock_->now());
        arriving.facts = data_.facts;
        arriving.dispatch = dispatch_;
        arriving.writer = adapters::make_edxml_writer();
        arriving.clock = clock_;
        for (const FlowSettings& other : settings_.flows)
            if (other.connector == flow.connector && !other.mapping.empty())
                arriving.sources.push_back(other.name);
        arriving.store = data_.store;
        arriving.journal = data_.journal;
        arriving.workshop = ask_workshop(workshop_);
        const auto arrival = std::make_shared<flow::DocumentArrival>(std::move(arriving));
        if (const auto begun = arrival->begin(); !begun) {
            problems.push_back(begun.problem());
            return false;
        }
        parts.gather = [arrival] { return arrival->gather(); };
    }
    deliveries_.push_back(std::make_unique<flow::DeliveryFlow>(context_.get_executor(), std::move(parts)));
    deliveries_.back()->log_to(say_);
    say_("flow " + flow.name + ": documents of " + flow.sender + " → " + flow.connector +
         (flow.answers ? "; senders are told what arrived" : ""));
    return true;
}

void Hub::open_computing(const ReferenceData& reference)
{
    if (reference.computations.empty())
        return;
    computing_ = std::make_unique<flow::Computing>(computing_parts(settings_, data_, reference, clock_, [this] { sealer_->wake(); }));
    computing_->log_to(say_);
    for (const auto& computation : reference.computations)
        say_("computed from facts of the kind " + computation->kind() + ": " + computation->name());
}

bool Hub::open_reminding(const ReferenceData& reference, std::vector<Problem>& problems)
{
    const ReminderSettings& reminders = settings_.reminders;
    if (reminders.mail_server.empty() || reminders.contacts.empty())
        return true;
    auto parts = reminder_parts(settings_, data_, reference.catalogue, clock_, WithMailer::yes, problems);
    if (!parts)
        return false;
    say_("reminders: by " + reminders.mail_server + " to " + std::to_string(parts->contacts.size()) + " agencies");
    reminding_ = std::make_unique<flow::Reminding>(context_.get_executor(), std::move(*parts), reminders.at);
    reminding_->log_to(say_);
    return true;
}

bool Hub::open_watching(const ReferenceData& reference, std::vector<Problem>& problems)
{
    auto parts = watch_parts(settings_, data_, reference.catalogue, clock_, say_,
                             [this](const std::string& flow) { return paused(flow); }, problems);
    if (!parts)
        return false;
    watching_ = std::make_unique<flow::Watching>(*std::move(parts));
    return true;
}

}  // namespace lienthong::cli
