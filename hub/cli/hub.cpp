// The composition root: the one place that knows which adapter stands behind which port.
#include "hub/cli/hub.hpp"

#include "hub/api/push_scope.hpp"
#include "hub/api/serving.hpp"
#include "hub/cli/document.hpp"
#include "hub/cli/end_loudly.hpp"
#include "hub/cli/outward.hpp"
#include "hub/cli/pauses.hpp"
#include "hub/flow/answer.hpp"
#include "hub/flow/leaf.hpp"
#include "hub/seal/signer_socket.hpp"

#include <boost/asio/co_spawn.hpp>

namespace lienthong::cli {
namespace {

constexpr std::chrono::seconds recovery_interval{2};
constexpr std::chrono::seconds workers_patience{30};
constexpr std::chrono::seconds stopping_grace{5};

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
