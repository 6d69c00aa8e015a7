#include "hub/api/metrics.hpp"

#include "hub/catalogue/rules.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>

namespace lienthong::api {

struct Metrics::Families
{
    prometheus::Registry registry;
    prometheus::Family<prometheus::Gauge>& records = prometheus::BuildGauge()
                                                         .Name("lienthong_records")
                                                         .Help("Records by state; received is their sum.")
                                                         .Register(registry);
    prometheus::Family<prometheus::Gauge>& log = prometheus::BuildGauge()
                                                     .Name("lienthong_log_leaves")
                                                     .Help("Leaves of the log, numbered and under a checkpoint.")
                                                     .Register(registry);
    prometheus::Family<prometheus::Gauge>& journal =
        prometheus::BuildGauge().Name("lienthong_journal_messages").Help("Messages in the journal, and conflicts among them.").Register(registry);
    prometheus::Family<prometheus::Gauge>& flows = prometheus::BuildGauge()
                                                       .Name("lienthong_flow_failures_in_a_row")
                                                       .Help("Rounds of a flow that failed since its last success.")
                                                       .Register(registry);
    prometheus::Family<prometheus::Gauge>& flow_messages =
        prometheus::BuildGauge().Name("lienthong_flow_messages").Help("Messages a flow carried since the start.").Register(registry);
    prometheus::Family<prometheus::Gauge>& worker_deaths =
        prometheus::BuildGauge().Name("lienthong_worker_deaths").Help("Worker processes that ended unplanned since the start.").Register(registry);
    prometheus::Family<prometheus::Gauge>& workers_reached_out = prometheus::BuildGauge()
                                                                     .Name("lienthong_workers_reached_out")
                                                                     .Help("Worker processes that ended at their sandbox's border.")
                                                                     .Register(registry);
    prometheus::Family<prometheus::Gauge>& workers_flapping = prometheus::BuildGauge()
                                                                  .Name("lienthong_workers_flapping")
                                                                  .Help("1 while workers die faster than they live: raise an alarm.")
                                                                  .Register(registry);
    prometheus::Family<prometheus::Gauge>& paused =
        prometheus::BuildGauge().Name("lienthong_flow_paused").Help("1 while a flow is paused by an operator.").Register(registry);
    prometheus::Family<prometheus::Gauge>& quiet = prometheus::BuildGauge()
                                                       .Name("lienthong_flow_quiet")
                                                       .Help("1 while a way in is quiet against its rhythm: raise an alarm.")
                                                       .Register(registry);
    prometheus::Family<prometheus::Gauge>& last_news = prometheus::BuildGauge()
                                                           .Name("lienthong_flow_last_news_timestamp_seconds")
                                                           .Help("When a way in last brought something new.")
                                                           .Register(registry);
    prometheus::Family<prometheus::Gauge>& not_here_yet =
        prometheus::BuildGauge()
            .Name("lienthong_flow_not_here_yet")
            .Help("Deadlines that are near and what a flow usually brings is not there: raise an alarm.")
            .Register(registry);
    prometheus::Family<prometheus::Gauge>& breakers = prometheus::BuildGauge()
                                                          .Name("lienthong_source_breaker")
                                                          .Help("The breaker of a foreign system: 0 closed, 1 half open, 2 open.")
                                                          .Register(registry);
    prometheus::Family<prometheus::Gauge>& source_failures = prometheus::BuildGauge()
                                                                 .Name("lienthong_source_failures_in_a_row")
                                                                 .Help("Requests to a foreign system that failed since it last answered.")
                                                                 .Register(registry);
    prometheus::Family<prometheus::Gauge>& throttled = prometheus::BuildGauge()
                                                           .Name("lienthong_source_throttled_seconds")
                                                           .Help("How much longer a foreign system asked to be left alone.")
                                                           .Register(registry);
    prometheus::Family<prometheus::Gauge>& in_flight =
        prometheus::BuildGauge().Name("lienthong_in_flight").Help("Messages on their way into the store.").Register(registry);
    prometheus::Family<prometheus::Gauge>& disagreements = prometheus::BuildGauge()
                                                               .Name("lienthong_disagreements_open")
                                                               .Help("Figures that agencies tell differently and nobody has settled.")
                                                               .Register(registry);
    prometheus::Family<prometheus::Gauge>& rule_breaks = prometheus::BuildGauge()
                                                             .Name("lienthong_rule_breaks_open")
                                                             .Help("Rules between figures that stored figures break, by severity.")
                                                             .Register(registry);
    prometheus::Family<prometheus::Counter>& refused = prometheus::BuildCounter()
                                                           .Name("lienthong_http_refused_total")
                                                           .Help("Requests refused before they reached a route, by reason.")
                                                           .Register(registry);
    prometheus::Family<prometheus::Counter>& submissions =
        prometheus::BuildCounter().Name("lienthong_submissions_total").Help("Pushed submissions, by outcome.").Register(registry);
    prometheus::Family<prometheus::Counter>& calls =
        prometheus::BuildCounter().Name("lienthong_calls_total").Help("Calls of foreign systems at a flow's route, by outcome.").Register(registry);
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::count_refused(std::string_view reason)
{
    families_->refused.Add({{"reason", std::string(reason)}}).Increment();
}

void Metrics::count_submission(std::string_view outcome)
{
    families_->submissions.Add({{"outcome", std::string(outcome)}}).Increment();
}

void Metrics::count_call(std::string_view flow, std::string_view route, std::string_view outcome)
{
    families_->calls.Add({{"flow", std::string(flow)}, {"route", std::string(route)}, {"outcome", std::string(outcome)}}).Increment();
}

std::string Metrics::text(const Readings& readings)
{
    Families& f = *families_;
    f.records.Add({{"state", "received"}}).Set(static_cast<double>(readings.records.received));
    for (std::size_t i = 0; i < record_state_count; ++i) {
        const auto state = static_cast<RecordState>(i);
        f.records.Add({{"state", std::string(to_text(state))}}).Set(static_cast<double>(readings.records[state]));
    }
    f.log.Add({{"stage", "numbered"}}).Set(static_cast<double>(readings.leaves_numbered));
    f.log.Add({{"stage", "sealed"}}).Set(static_cast<double>(readings.leaves_sealed));
    f.journal.Add({{"kind", "all"}}).Set(static_cast<double>(readings.messages));
    f.journal.Add({{"kind", "conflict"}}).Set(static_cast<double>(readings.conflicts));
    f.in_flight.Add({}).Set(static_cast<double>(readings.in_flight));
    f.disagreements.Add({}).Set(static_cast<double>(readings.disagreements));
    for (std::size_t i = 0; i < readings.rule_breaks.size(); ++i)
        f.rule_breaks.Add({{"severity", std::string(catalogue::to_text(static_cast<catalogue::Severity>(i)))}})
            .Set(static_cast<double>(readings.rule_breaks[i]));
    for (const flow::FlowStanding& flow : readings.flows) {
        f.flows.Add({{"flow", flow.flow}}).Set(static_cast<double>(flow.failures_in_a_row));
        f.flow_messages.Add({{"flow", flow.flow}}).Set(static_cast<double>(flow.messages));
        f.paused.Add({{"flow", flow.flow}}).Set(flow.pause ? 1 : 0);
        if (!flow.news)
            continue;
        f.quiet.Add({{"flow", flow.flow}}).Set(flow.news->quiet ? 1 : 0);
        if (flow.news->last)
            f.last_news.Add({{"flow", flow.flow}}).Set(std::chrono::duration<double>(flow.news->last->time_since_epoch()).count());
        f.not_here_yet.Add({{"flow", flow.flow}}).Set(static_cast<double>(std::count_if(readings.alarms.begin(), readings.alarms.end(), [&](const Alarm& alarm) {
            return alarm.flow == flow.flow && alarm.problem.code == "flow.not_here_yet";
        })));
    }
    for (const flow::SourceStanding& source : readings.sources) {
        using State = flow::Breaker::State;
        f.breakers.Add({{"source", source.source}}).Set(source.state == State::open ? 2 : source.state == State::half_open ? 1 : 0);
        f.source_failures.Add({{"source", source.source}}).Set(source.failures_in_a_row);
        f.throttled.Add({{"source", source.source}}).Set(static_cast<double>(source.throttled.count()) / 1000);
    }
    for (const flow::WorkersStanding& workers : readings.workers) {
        f.worker_deaths.Add({{"of", workers.of}}).Set(static_cast<double>(workers.deaths));
        f.workers_reached_out.Add({{"of", workers.of}}).Set(static_cast<double>(workers.reached_out));
        f.workers_flapping.Add({{"of", workers.of}}).Set(workers.flapping ? 1 : 0);
    }
    return prometheus::TextSerializer().Serialize(f.registry.Collect());
}

}  // namespace lienthong::api
