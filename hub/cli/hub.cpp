// The composition root: the one place that knows which adapter stands behind which port.
#include "hub/cli/hub.hpp"

#include "adapters/documents/edxml/edxml_writer.hpp"
#include "adapters/tables/xlsx/xlsx_table_writer.hpp"
#include "hub/api/push_scope.hpp"
#include "hub/api/serving.hpp"
#include "hub/cli/called_paths.hpp"
#include "hub/cli/computing_parts.hpp"
#include "hub/cli/document_parts.hpp"
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
#include "hub/flow/leaf.hpp"
#include "hub/seal/signer_socket.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <fstream>
#include <sstream>

namespace lienthong::cli {
namespace {

constexpr std::chrono::seconds recovery_interval{2};
constexpr std::chrono::seconds workers_patience{30};
constexpr std::chrono::seconds stopping_grace{5};

Result<std::string> read_file(const std::string& path)
{
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    if (!stream)
        return Problem{"settings.unreadable", "this file cannot be read", path, {}, "a readable file", {}};
    return bytes.str();
}

/// A flow that ends by an exception has broken a promise of ours; the process ends loudly rather than quietly
/// serving without it.
void end_loudly(const std::exception_ptr& error)
{
    if (error)
        std::rethrow_exception(error);
}

}  // namespace

Hub::Hub(Settings settings, std::function<void(const std::string&)> say) : settings_(std::move(settings)), say_(std::move(say)) {}

Hub::~Hub()
{
    if (server_)
        server_->stop(std::chrono::milliseconds(0));
    if (api_)
        api_->stop();
    if (computing_)
        computing_->stop();
    if (intake_)
        intake_->drain();
    if (sealer_)
        sealer_->stop();
    if (ruling_)
        ruling_->stop();
    if (watching_)
        watching_->stop();
    if (workshop_)
        workshop_->stop();
}

std::uint16_t Hub::port() const
{
    return server_->port();
}

bool Hub::start(std::vector<Problem>& problems)
{
    const ReferenceData reference = load_reference_data(settings_.catalogue, settings_.mappings);
    problems.insert(problems.end(), reference.problems.begin(), reference.problems.end());
    if (reference.catalogue == nullptr || !problems.empty())
        return false;
    say_("catalogue: " + std::to_string(reference.catalogue->indicators().size()) + " indicators, digest " +
         reference.catalogue->digest().substr(0, 12) + "; mappings: " + std::to_string(reference.mappings.size()));

    auto data = open_data(settings_);
    if (!data.ok()) {
        problems.push_back(data.problem());
        return false;
    }
    data_ = std::move(data).value();
    auto pauses = open_pauses(settings_);
    if (!pauses.ok()) {
        problems.push_back(pauses.problem());
        return false;
    }
    pauses_ = std::move(pauses).value();
    auto dispatch = open_dispatch(settings_);
    if (!dispatch.ok()) {
        problems.push_back(dispatch.problem());
        return false;
    }
    dispatch_ = *std::move(dispatch);
    auto reconciliations = open_reconciliations(settings_);
    if (!reconciliations.ok()) {
        problems.push_back(reconciliations.problem());
        return false;
    }
    reconciliations_ = *std::move(reconciliations);
    data_.store->judge_by(api::rules_by(reference.catalogue));
    const seal::ConfigurationLeaf in_force{clock_->now(), "lienthong serve", reference.catalogue->digest(), "catalogue"};
    if (const auto judged = data_.store->judge_anew(flow::leaf_of(seal::LeafContent(in_force))); !judged.ok()) {
        problems.push_back(judged.problem());
        return false;
    }

    workshop_ = start_workshop(settings_, reference.mapping_files, say_);
    if (const auto ready = workshop_->wait_ready(workers_patience); !ready.ok()) {
        problems.push_back(ready.problem());
        return false;
    } else {
        say_("workshop: " + std::to_string(settings_.workers) + " workers; " + ready->sandbox);
    }

    sealer_ = std::make_shared<flow::Sealer>(data_.store, std::make_shared<seal::SignerClient>(settings_.signer_socket),
                                             [this](std::uint64_t size) { sealed(size); });
    ruling_ = std::make_unique<flow::Ruling>(flow::RuleCheckParts{data_.rule_breaks, reference.catalogue, clock_});
    say_("rules between figures: " + std::to_string(reference.catalogue->rules().size()));
    flow::IntakeParts parts;
    parts.journal = data_.journal;
    parts.store = data_.store;
    parts.clock = clock_;
    parts.workshop = ask_workshop(workshop_);
    parts.told = flow::told_with_refusals(flow::OwedFigures(*reference.catalogue));
    parts.applied = [this] {
        sealer_->wake();
        ruling_->wake();
        watching_->wake();
    };
    if (!open_watching(reference, problems))
        return false;
    intake_ = std::make_shared<flow::Intake>(std::move(parts));

    sources_asked_ = std::make_shared<flow::Sources>(settings_.outward.sources);
    auto transport = outward_transport(context_.get_executor(), settings_);
    if (!transport.ok()) {
        problems.push_back(transport.problem());
        return false;
    }
    transport_ = std::move(transport).value();

    open_computing(reference);
    if (!open_flows(reference, problems) || !open_reminding(reference, problems) || !start_server(reference, problems))
        return false;
    if (const auto sealing = sealer_->start(); !sealing.ok()) {
        problems.push_back(sealing.problem());
        return false;
    }
    ruling_->start();
    if (const auto watching = watching_->start(); !watching.ok()) {
        problems.push_back(watching.problem());
        return false;
    }
    const auto recovered = intake_->recover([this](const Message& message) { return route_of(message); });
    if (!recovered.ok()) {
        problems.push_back(recovered.problem());
        return false;
    }
    if (*recovered > 0)
        say_("taken up again after the last run: " + std::to_string(*recovered) + " messages");
    for (const auto& source : sources_)
        boost::asio::co_spawn(context_, source->run(), end_loudly);
    for (const auto& delivery : deliveries_)
        boost::asio::co_spawn(context_, delivery->run(), end_loudly);
    if (reminding_)
        boost::asio::co_spawn(context_, reminding_->run(), end_loudly);
    if (computing_)
        computing_->start();
    keep_recovering();
    return true;
}

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
    flow::ExchangeParts exchange{opened->machine, transport_, clock_, opened->endpoints, opened->secrets, sources_asked_, flow.private_networks};
    if (!flow.mapping.empty()) {
        if (opened->description.lists)
            open_reconciler(flow, route, exchange);
        sources_.push_back(std::make_unique<flow::SourceFlow>(context_.get_executor(), route, flow.pace, std::move(exchange), *intake_, data_.journal, paused(flow.name)));
        say_("flow " + flow.name + ": " + flow.connector + " → " + flow.mapping);
        return true;
    }
    flow::DeliveryParts parts;
    parts.flow = flow.name;
    parts.connector = flow.connector;
    parts.except = flow.except;
    parts.only = flow.only;
    parts.whole_report = flow.whole_report;
    parts.pace = flow.pace;
    parts.exchange = std::move(exchange);
    parts.mapping = mapping->second;
    parts.catalogue = reference.catalogue;
    parts.store = data_.store;
    parts.outbox = data_.outbox;
    parts.paused = paused(flow.name);
    if (!flow.facts.empty()) {
        parts.outbox = data_.fact_outbox(flow.facts);
        parts.parcel = [store = data_.store, facts = data_.facts, mapping = parts.mapping, kind = flow.facts](const OutboxItem& item) {
            return flow::fact_parcel(*store, *facts, *mapping, kind, item);
        };
    }
    deliveries_.push_back(std::make_unique<flow::DeliveryFlow>(context_.get_executor(), std::move(parts)));
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
    flow::ExchangeParts exchange{opened.machine, transport_, clock_, opened.endpoints, opened.secrets, sources_asked_, flow.private_networks};
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
    parts.exchange = {opened->machine, transport_, clock_, opened->endpoints, opened->secrets, sources_asked_, flow.private_networks};
    parts.outbox = dispatch_;
    parts.parcel = [dispatch = dispatch_](const OutboxItem& item) { return flow::document_parcel(*dispatch, item); };
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
    say_("flow " + flow.name + ": documents of " + flow.sender + " → " + flow.connector +
         (flow.answers ? "; senders are told what arrived" : ""));
    return true;
}

void Hub::open_computing(const ReferenceData& reference)
{
    if (reference.computations.empty())
        return;
    computing_ = std::make_unique<flow::Computing>(computing_parts(settings_, data_, reference, clock_, [this] { sealer_->wake(); }));
    for (const auto& computation : reference.computations)
        say_("computed from facts of the kind " + computation->kind() + ": " + computation->name());
}

bool Hub::open_reminding(const ReferenceData& reference, std::vector<Problem>& problems)
{
    const ReminderSettings& reminders = settings_.reminders;
    if (reminders.mail_server.empty())
        return true;
    auto parts = reminder_parts(settings_, data_, reference.catalogue, clock_, WithMailer::yes, problems);
    if (!parts)
        return false;
    say_("reminders: by " + reminders.mail_server + " to " + std::to_string(parts->contacts.size()) + " agencies");
    reminding_ = std::make_unique<flow::Reminding>(context_.get_executor(), std::move(*parts), reminders.at);
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
    const auto chain = read_file(settings_.chain);
    const auto verifier = read_file(settings_.note_verifier);
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

std::optional<flow::Route> Hub::route_of(const Message& message) const
{
    const auto route = routes_.find(message.flow);
    if (route == routes_.end())
        return std::nullopt;
    return api::narrowed(route->second, message);
}

/// A store that cannot be read says so elsewhere; it stops no flow by itself.
std::function<std::optional<Pause>()> Hub::paused(const std::string& flow) const
{
    return [pauses = pauses_, flow]() -> std::optional<Pause> {
        auto pause = pauses->of(flow);
        return pause.ok() ? std::move(pause).value() : std::nullopt;
    };
}

void Hub::sealed(std::uint64_t size)
{
    api_->sealed(size);
    boost::asio::post(context_, [this, size] {
        for (const auto& delivery : deliveries_)
            delivery->sealed(size);
    });
}

void Hub::keep_recovering()
{
    recovery_.expires_after(recovery_interval);
    recovery_.async_wait([this](const boost::system::error_code& error) {
        if (error || stopping_)
            return;
        // Only what no worker was there for is still waiting and not on its way.
        if (!intake_->is_busy())
            if (const auto taken = intake_->recover([this](const Message& message) { return route_of(message); }); !taken.ok())
                say_(taken.problem().sentence());
        keep_recovering();
    });
}

void Hub::release_workers()
{
    say_("workers that were held back are released");
    workshop_->release();
    for (const auto& [flow, host] : hosts_)
        host->release();
}

void Hub::run()
{
    context_.run();
}

void Hub::stop()
{
    boost::asio::post(context_, [this] {
        if (std::exchange(stopping_, true))
            return;
        recovery_.cancel();
        for (const auto& source : sources_)
            source->stop();
        for (const auto& [name, reconciler] : reconcilers_)
            reconciler->stop();
        for (const auto& delivery : deliveries_)
            delivery->stop();
        if (reminding_)
            reminding_->stop();
        api_->stop_waiting();
        server_->stop(stopping_grace);
    });
}

}  // namespace lienthong::cli
