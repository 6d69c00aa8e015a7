// lienthong reconcile FLOW --since DAY: what the flow's source says it holds, against what the hub took from it; and acting on it.
#include "hub/api/serving.hpp"
#include "hub/cli/columns.hpp"
#include "hub/cli/counted.hpp"
#include "hub/cli/flow_route.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/outward.hpp"
#include "hub/cli/pauses.hpp"
#include "hub/cli/reconcilers.hpp"
#include "hub/cli/reference_data.hpp"
#include "hub/flow/answer.hpp"
#include "hub/flow/failure.hpp"
#include "hub/flow/reconciliation_text.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <set>

#include <pwd.h>
#include <unistd.h>

namespace lienthong::cli {
namespace {

/// Whoever is logged in, where the command does not say who decided.
std::string account()
{
    const passwd* entry = getpwuid(getuid());
    return entry == nullptr ? std::to_string(getuid()) : entry->pw_name;
}

/// The way into the store for what an order brings. Only a fetch brings messages a worker has to read.
class Taking
{
public:
    Taking(const Opened& opened, const flow::Route& route, std::shared_ptr<process::WorkerPool> workshop)
        : workshop_(std::move(workshop))
    {
        flow::IntakeParts parts;
        parts.journal = opened.data.journal;
        parts.store = opened.data.store;
        parts.clock = std::make_shared<SystemClock>();
        parts.workshop = workshop_ ? ask_workshop(workshop_)
                                   : [](const std::string&, const std::function<void(Result<std::string>)>& done) {
                                         done(Problem{"process.stopped", "this command reads no messages", {}, {}, {}, {}});
                                     };
        parts.told = flow::told;
        intake_ = std::make_shared<flow::Intake>(std::move(parts));
        route_ = route;
    }
    ~Taking()
    {
        intake_->drain();
        if (workshop_)
            workshop_->stop();
    }
    Taking(const Taking&) = delete;
    Taking& operator=(const Taking&) = delete;

    [[nodiscard]] const std::shared_ptr<flow::Intake>& intake() const { return intake_; }
    /// Carries on what an earlier order journaled and did not live to see in the store.
    [[nodiscard]] Result<void> finish_earlier()
    {
        const auto taken = intake_->recover([&](const Message& message) -> std::optional<flow::Route> {
            const bool readable = workshop_ != nullptr || message.source == flow::reconciled_source;
            return message.flow == route_.flow && readable ? std::optional(route_) : std::nullopt;
        });
        intake_->drain();
        return taken.ok() ? Result<void>() : taken.problem();
    }

private:
    std::shared_ptr<process::WorkerPool> workshop_;
    std::shared_ptr<flow::Intake> intake_;
    flow::Route route_;
};

/// The workers that read what is fetched; null where there is nothing to read.
std::shared_ptr<process::WorkerPool> workshop_for(const Opened& opened, flow::ReconcileAction action, std::vector<Problem>& problems)
{
    if (action != flow::ReconcileAction::fetch && action != flow::ReconcileAction::withdraw)
        return nullptr;
    const ReferenceData reference = load_reference_data(opened.settings.catalogue, opened.settings.mappings);
    problems.insert(problems.end(), reference.problems.begin(), reference.problems.end());
    if (!problems.empty())
        return nullptr;
    opened.data.store->judge_by(api::rules_by(reference.catalogue));
    return action == flow::ReconcileAction::fetch ? start_workshop(opened.settings, reference.mapping_files) : nullptr;
}

std::optional<flow::ReconcileReport> carried_out(const Opened& opened, const FlowSettings& configured, flow::ReconcileOrder order,
                                                 std::vector<Problem>& problems)
{
    auto connector = open_connector(opened.settings, configured, problems);
    if (!connector.ok()) {
        if (problems.empty())
            problems.push_back(connector.problem());
        return std::nullopt;
    }
    if (auto unable = no_list(configured, connector->description.lists)) {
        problems.push_back(std::move(*unable));
        return std::nullopt;
    }
    const auto failed = [&](const Problem& problem) {
        problems.push_back(problem);
        return std::nullopt;
    };
    auto kept = open_reconciliations(opened.settings);
    if (!kept.ok())
        return failed(kept.problem());
    const auto pauses = open_pauses(opened.settings);
    if (!pauses.ok())
        return failed(pauses.problem());
    auto workshop = workshop_for(opened, order.action, problems);
    if (!problems.empty())
        return std::nullopt;
    const flow::Route route = route_of(opened.settings, configured);
    Taking taking(opened, route, std::move(workshop));
    if (order.action != flow::ReconcileAction::compare)
        if (const auto finished = taking.finish_earlier(); !finished.ok())
            return failed(finished.problem());
    boost::asio::io_context context;
    auto transport = outward_transport(context.get_executor(), opened.settings);
    if (!transport.ok())
        return failed(transport.problem());
    flow::ExchangeParts exchange{connector->machine, std::move(transport).value(), std::make_shared<SystemClock>(),
                                 connector->endpoints, connector->secrets};
    exchange.private_networks = configured.private_networks;
    flow::ReconcilerParts parts{route, std::move(exchange), taking.intake(), opened.data.journal, opened.data.store,
                                std::move(kept).value(), std::make_shared<SystemClock>(),
                                [&pauses, &route]() -> std::optional<Pause> {
                                    auto pause = (*pauses)->of(route.flow);
                                    return pause.ok() ? std::move(pause).value() : std::nullopt;
                                }};
    flow::Reconciler reconciler(context.get_executor(), std::move(parts));
    // The worker answers from a thread of its own; until then the context has nothing to do, and must wait all the same.
    auto waiting = boost::asio::make_work_guard(context);
    std::optional<Result<flow::ReconcileReport>> report;
    const auto done = [&](Result<flow::ReconcileReport> told) {
        report.emplace(std::move(told));
        waiting.reset();
    };
    boost::asio::co_spawn(context, carry_out(reconciler, std::move(order), done), [](const std::exception_ptr& error) {
        if (error)
            std::rethrow_exception(error);
    });
    context.run();
    if (!report->ok())
        return failed(report->problem());
    return std::move(*report).value();
}

void print_json(const flow::ReconcileReport& report)
{
    JsonWriter out;
    out.begin_object();
    flow::write_run(out, report.run, report.acceptances);
    flow::write_outcomes(out, report);
    std::printf("%s\n", out.end_object().take().c_str());
}

void print_outcomes(const flow::ReconcileReport& report, bool dry)
{
    for (const flow::ReconcileOutcome& one : report.outcomes) {
        std::printf("%s%s: %s\n", dry ? "would be " : "", one.outcome.c_str(), one.over.id.c_str());
        for (const RevisionRow& row : one.figures)
            std::printf("    %s = %s %s  (revision %lld)\n", to_text(row.observation.key).c_str(), row.observation.value.c_str(),
                        row.observation.unit.c_str(), static_cast<long long>(row.id));
    }
    if (report.failure)
        std::printf("not everything could be fetched: %s\n", flow::sentence_of(*report.failure).c_str());
}

void print_text(const flow::ReconcileReport& report)
{
    const ReconciliationRun& run = report.run;
    std::printf("%s since %s: of %s, %lld agree\n", run.flow.c_str(), run.since.c_str(),
                counted(run.compared, "thing").append(" the source speaks of").c_str(), static_cast<long long>(run.agreed));
    std::vector<std::vector<std::string>> rows;
    if (!run.differences.empty())
        rows.push_back({"", "identity", "the source says", "the hub says"});
    std::set<std::string> kinds;
    for (const Difference& one : run.differences) {
        const ReconciliationAct* accepted = acceptance_of(one, report.acceptances);
        if (accepted == nullptr)
            kinds.insert(one.kind);
        rows.push_back({accepted == nullptr ? one.kind : one.kind + ", accepted", one.fact.empty() ? one.id : one.fact + ' ' + one.id,
                        one.there, accepted == nullptr ? one.here : one.here + "; " + accepted->who + ": " + accepted->reason});
    }
    std::printf("%s", in_columns(rows, "  ").c_str());
    for (const std::string& kind : kinds)
        std::printf("%-9s %s\n          %s\n", kind.c_str(), std::string(flow::words_of(kind).remedy_en).c_str(),
                    std::string(flow::words_of(kind).remedy_vi).c_str());
}

}  // namespace

int reconcile_source(const Common& common, const ReconcileOptions& options)
{
    const auto fail = [&](const std::vector<Problem>& problems) {
        print_problems(problems, common.json);
        return not_done;
    };
    if (!options.since.empty() && !time_from(options.since + "T00:00:00+07:00"))
        return fail({{"parameter.bad", "this is no day", "--since", options.since, "yyyy-MM-dd", {}}});
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const auto& flows = opened->settings.flows;
    const auto configured =
        std::find_if(flows.begin(), flows.end(), [&](const FlowSettings& one) { return one.name == options.flow; });
    if (configured == flows.end())
        return fail({{"flow.unknown", "the configuration has no flow of this name", opened->settings.file, shortened(options.flow)}});
    // Before any worker is started: these have no source at all.
    if (const auto unable = no_list(*configured, true))
        return fail({*unable});
    flow::ReconcileOrder order;
    order.action = flow::reconcile_action_from(options.action).value_or(flow::ReconcileAction::compare);
    order.since = options.since;
    order.items = options.items;
    order.reason = options.reason;
    order.who = options.who.empty() ? account() : options.who;
    order.dry = options.dry_run;
    std::vector<Problem> problems;
    const auto report = carried_out(*opened, *configured, std::move(order), problems);
    if (!report)
        return fail(problems);
    if (common.json) {
        print_json(*report);
    } else if (options.csv) {
        const std::string table = flow::csv_of(report->run, report->acceptances);
        std::fwrite(table.data(), 1, table.size(), stdout);
    } else {
        print_outcomes(*report, options.dry_run);
        print_text(*report);
    }
    const bool done_all = !report->failure && flow::open_count(report->run, report->acceptances) == 0;
    return done_all ? done : found_wrong;
}

}  // namespace lienthong::cli
