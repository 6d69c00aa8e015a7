// Where everything stands, for the status page, for health checks and for metrics.
#include "hub/api/compliance_boards.hpp"
#include "hub/api/metrics.hpp"
#include "hub/api/names.hpp"
#include "hub/api/routes.hpp"
#include "hub/catalogue/rules.hpp"
#include "hub/compliance/report.hpp"
#include "hub/compliance/scoreboard_json.hpp"
#include "hub/flow/alarm_text.hpp"
#include "hub/flow/document_json.hpp"
#include "hub/flow/outbox_json.hpp"
#include "hub/model/problem_json.hpp"

namespace lienthong::api {
namespace {

constexpr std::size_t newest_shown = 12;
constexpr std::size_t agencies_shown = 10;

/// Everything at one moment. The store is read before the journal: what the store has not applied by then, but
/// the journal holds, is waiting, and nothing is counted twice or missed.
Result<Readings> read_all(const ApiParts& parts)
{
    const auto tally = parts.store->tally();
    if (!tally.ok())
        return tally.problem();
    const auto journal = parts.journal->standing();
    if (!journal.ok())
        return journal.problem();
    const auto disagreements = parts.store->open_disagreements();
    if (!disagreements.ok())
        return disagreements.problem();
    const auto rule_breaks = parts.rule_breaks->open();
    if (!rule_breaks.ok())
        return rule_breaks.problem();
    Readings readings;
    readings.rule_breaks = *rule_breaks;
    readings.disagreements = *disagreements;
    readings.records = *tally;
    readings.messages = journal->messages;
    readings.conflicts = journal->conflicts;
    readings.waiting_messages = journal->messages - tally->messages;
    // A message that is only journaled counts as one record, until its records are known.
    readings.records.received += readings.waiting_messages;
    readings.records[RecordState::waiting] += readings.waiting_messages;
    const auto standing = parts.sealer->standing();
    readings.leaves_numbered = standing.numbered;
    readings.leaves_sealed = standing.sealed;
    readings.in_flight = parts.intake->in_flight();
    readings.flows = parts.flows();
    readings.workers = parts.workers();
    readings.sources = parts.sources();
    if (parts.alarms)
        readings.alarms = parts.alarms();
    return readings;
}

struct Health
{
    bool good = true;
    std::vector<std::string> reasons;
};

Health health_of(const ApiParts& parts)
{
    Health health;
    const auto blame = [&health](std::string reason) {
        health.good = false;
        health.reasons.push_back(std::move(reason));
    };
    const Time now = parts.clock->now();
    const auto journal = parts.journal->standing();
    if (!journal.ok())
        blame(journal.problem().sentence());
    else if (journal->oldest_unapplied && now - *journal->oldest_unapplied > parts.oldest_waiting &&
             now - parts.intake->last_step() > parts.oldest_waiting)
        blame("the oldest waiting message is of " + to_text(*journal->oldest_unapplied) + " and nothing has moved since " +
              to_text(parts.intake->last_step()));
    if (const auto tally = parts.store->tally(); !tally.ok())
        blame(tally.problem().sentence());
    else if (!tally->holds())
        blame("the sum of the record states does not hold");
    if (const auto seal = parts.sealer->standing(); !seal.problem.empty())
        blame(seal.problem);
    if (const std::string rules = parts.rules_problem(); !rules.empty())
        blame(rules);
    if (const std::string watching = parts.watch_problem ? parts.watch_problem() : std::string(); !watching.empty())
        blame(watching);
    return health;
}

void write_sum(JsonWriter& out, const Tally& records)
{
    out.key("sum").begin_object().member("received", records.received);
    for (std::size_t i = 0; i < record_state_count; ++i) {
        const auto state = static_cast<RecordState>(i);
        out.member(to_text(state), records[state]);
    }
    out.member("holds", records.holds()).end_object();
}

void write_rule_breaks(JsonWriter& out, const OpenRuleBreaks& open)
{
    out.key("rule_breaks").begin_object();
    std::int64_t sum = 0;
    for (const std::int64_t count : open)
        sum += count;
    out.member("open", sum);
    for (std::size_t i = 0; i < open.size(); ++i)
        out.member(catalogue::to_text(static_cast<catalogue::Severity>(i)), open[i]);
    out.end_object();
}

/// A flow has figures or documents to deliver, and the other of the two has none of it.
void write_outbox(JsonWriter& out, const ApiParts& parts, const std::string& flow)
{
    const auto figures = parts.outbox->standing(flow);
    const auto documents = parts.dispatch == nullptr ? figures : parts.dispatch->standing(flow);
    if (!figures.ok() || !documents.ok())
        return;
    out.key("outbox").begin_object();
    for (std::size_t i = 0; i < figures->size(); ++i)
        out.member(to_text(static_cast<DeliveryState>(i)), (*figures)[i] + (parts.dispatch == nullptr ? 0 : (*documents)[i]));
    out.end_object();
}

/// The newest documents that were sent, each with what every recipient says of it, and the newest statuses told of others'.
void write_documents(JsonWriter& out, const ApiParts& parts)
{
    out.key("documents").begin_array();
    const auto newest = parts.dispatch == nullptr ? Result<std::vector<DispatchedDocument>>(std::vector<DispatchedDocument>{})
                                                  : parts.dispatch->newest(newest_shown);
    if (newest.ok())
        for (const DispatchedDocument& document : *newest) {
            const auto states = flow::recipient_states(*parts.store, document.document, document.to);
            if (!states.ok())
                break;
            const auto acts = flow::acts_on(*parts.dispatch, *parts.store, document, *states);
            if (!acts.ok())
                break;
            out.begin_object();
            flow::write_document(out, document, *states, *acts);
            out.end_object();
        }
    out.end_array().key("statuses_told").begin_array();
    const auto told = parts.dispatch == nullptr ? Result<std::vector<DispatchedDocument>>(std::vector<DispatchedDocument>{})
                                                : parts.dispatch->newest_statuses(newest_shown);
    if (told.ok())
        for (const DispatchedDocument& status : *told) {
            out.begin_object();
            flow::write_told_status(out, status);
            out.end_object();
        }
    out.end_array();
}

/// When something new last came, and whether that is too long ago.
void write_news(JsonWriter& out, const flow::NewsStanding& news)
{
    out.key("news").begin_object();
    if (news.last)
        out.member("last", to_text(*news.last));
    if (news.usual)
        out.member("usual_secs", std::int64_t{news.usual->count()}).member("declared", news.declared);
    if (news.quiet) {
        out.key("quiet").begin_object().member("since", to_text(news.quiet->since));
        out.member("expected_by", to_text(news.quiet->expected)).end_object();
    }
    out.end_object();
}

void write_alarms(JsonWriter& out, const std::vector<Alarm>& alarms)
{
    out.key("alarms").begin_array();
    for (const Alarm& alarm : alarms) {
        out.begin_object();
        flow::write_alarm(out, alarm);
        out.end_object();
    }
    out.end_array();
}

/// The newest figures on their way to partners, each with the receipt or the reason that came back.
void write_deliveries(JsonWriter& out, const ApiParts& parts)
{
    out.key("deliveries").begin_array();
    if (const auto newest = parts.outbox->items({}, newest_shown); newest.ok())
        for (const OutboxItem& item : *newest) {
            out.begin_object();
            flow::write_outbox_item(out, item);
            out.end_object();
        }
    out.end_array();
}

void write_flows(JsonWriter& out, const ApiParts& parts, const std::vector<flow::FlowStanding>& flows)
{
    out.key("flows").begin_array();
    for (const flow::FlowStanding& flow : flows) {
        out.begin_object().member("flow", flow.flow).member("connector", flow.connector).member("direction", flow.direction);
        out.member("state", flow.state).member("messages", flow.messages).member("failures_in_a_row", flow.failures_in_a_row);
        out.member("problem", flow.problem);
        if (flow.pause) {
            out.key("pause").begin_object().member("since", to_text(flow.pause->since)).member("who", flow.pause->who);
            out.member("reason", flow.pause->reason).end_object();
        }
        if (!flow.sources.empty()) {
            out.key("sources").begin_array();
            for (const std::string& source : flow.sources)
                out.text(source);
            out.end_array();
        }
        if (flow.last_attempt)
            out.member("last_attempt", to_text(*flow.last_attempt));
        if (flow.last_success)
            out.member("last_success", to_text(*flow.last_success));
        if (flow.news)
            write_news(out, *flow.news);
        if (flow.direction == "out")
            write_outbox(out, parts, flow.flow);
        out.end_object();
    }
    out.end_array();
}

void write_workers(JsonWriter& out, const std::vector<flow::WorkersStanding>& workers)
{
    out.key("workers").begin_array();
    for (const flow::WorkersStanding& one : workers) {
        out.begin_object().member("of", one.of).member("ready", static_cast<std::int64_t>(one.ready));
        out.member("deaths", static_cast<std::int64_t>(one.deaths)).member("reached_out", static_cast<std::int64_t>(one.reached_out));
        out.member("flapping", one.flapping).member("pausing", one.pausing).member("last_end", one.last_end).end_object();
    }
    out.end_array();
}

/// The foreign systems and whether they are asked at the moment.
void write_sources(JsonWriter& out, const std::vector<flow::SourceStanding>& sources, Time now)
{
    out.key("sources").begin_array();
    for (const flow::SourceStanding& source : sources) {
        out.begin_object().member("source", source.source).member("breaker", flow::breaker_text(source.state));
        out.member("failures_in_a_row", std::int64_t{source.failures_in_a_row}).member("problem", source.problem);
        if (source.rests.count() > 0)
            out.member("rests_until", to_text(now + source.rests));
        if (source.throttled.count() > 0)
            out.member("throttled_until", to_text(now + source.throttled));
        out.end_object();
    }
    out.end_array();
}

/// The sums of the whole year, which count in its emulation review.
void write_year(JsonWriter& out, const ApiParts& parts, ComplianceBoards& boards)
{
    const Time now = parts.clock->now();
    const auto report = compliance::yearly_report(local_day(now).year());
    const auto board = boards.board(parts.compliance_set, report.span, now);
    if (!board.ok())
        return;
    out.key("year").begin_object().member("year", std::int64_t{static_cast<int>(report.span.from.year())}).key("total");
    compliance::write_total(out, *board);
    out.end_object();
}

/// This month's scoreboard of the configured set, in short: its sums and the agencies with most that is amiss.
void write_compliance(JsonWriter& out, const ApiParts& parts, ComplianceBoards& boards)
{
    const auto report = compliance::daily_report(local_day(parts.clock->now()));
    const auto board = boards.board(parts.compliance_set, report.span, parts.clock->now());
    out.key("compliance").begin_object().member("set", parts.compliance_set).member("month", month_text(report.span.from));
    if (!board.ok()) {
        out.member("problem", board.problem().sentence()).end_object();
        return;
    }
    const auto name = boards.names();
    out.key("total");
    compliance::write_total(out, *board);
    out.key("worst").begin_array();
    for (const compliance::ScoreRow* row : compliance::worst_rows(*board, agencies_shown))
        compliance::write_row(out, *row, name);
    out.end_array();
    write_year(out, parts, boards);
    out.end_object();
}

}  // namespace

void Routes::status(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    const auto readings = read_all(parts);
    const auto newest = parts.store->newest_revisions(newest_shown);
    const auto refusals = parts.store->newest_refusals(newest_shown);
    for (const Problem* problem : {readings.ok() ? nullptr : &readings.problem(), newest.ok() ? nullptr : &newest.problem(),
                                   refusals.ok() ? nullptr : &refusals.problem()})
        if (problem != nullptr)
            return call.respond(problem_response(status_of(*problem), *problem));

    const Health health = health_of(parts);
    JsonWriter out;
    out.begin_object().member("province", parts.province).member("notice", parts.notice).member("now", to_text(parts.clock->now()));
    out.member("healthy", health.good).key("reasons").begin_array();
    for (const std::string& reason : health.reasons)
        out.text(reason);
    out.end_array();
    write_sum(out, readings->records);
    out.key("messages").begin_object().member("journaled", readings->messages).member("waiting", readings->waiting_messages);
    out.member("conflicts", readings->conflicts).end_object();
    out.key("disagreements").begin_object().member("open", readings->disagreements).end_object();
    write_rule_breaks(out, readings->rule_breaks);
    const auto seal = parts.sealer->standing();
    out.key("log").begin_object().member("numbered", static_cast<std::int64_t>(seal.numbered));
    out.member("sealed", static_cast<std::int64_t>(seal.sealed)).member("time", seal.time).member("problem", seal.problem).end_object();
    write_flows(out, parts, readings->flows);
    write_alarms(out, readings->alarms);
    write_workers(out, readings->workers);
    write_sources(out, readings->sources, parts.clock->now());
    write_documents(out, parts);
    write_deliveries(out, parts);
    if (!parts.compliance_set.empty())
        write_compliance(out, parts, Routes::boards_of(api));
    out.key("newest").begin_array();
    for (const RevisionRow& row : *newest) {
        out.begin_object();
        write_revision(out, row, parts.catalogue.get());
        out.end_object();
    }
    out.end_array().key("refusals").begin_array();
    for (const QuarantineEntry& entry : *refusals) {
        out.begin_object().member("id", entry.id).member("flow", entry.flow).member("sender", entry.sender);
        out.member("message", entry.message).member("record", std::int64_t{entry.record}).member("place", entry.place);
        out.member("state", to_text(entry.state)).member("since", to_text(entry.since)).member("excerpt", entry.excerpt);
        write_problems(out, "problems", entry.problems);
        out.end_object();
    }
    call.respond(json_response(200, out.end_array().end_object().take()));
}

void Routes::health(Api& api, Call call)
{
    const Health health = health_of(Routes::parts(api));
    JsonWriter out;
    out.begin_object().member("healthy", health.good).key("reasons").begin_array();
    for (const std::string& reason : health.reasons)
        out.text(reason);
    call.respond(json_response(health.good ? 200 : 503, out.end_array().end_object().take()));
}

void Routes::metrics(Api& api, Call call)
{
    const auto readings = read_all(Routes::parts(api));
    if (!readings.ok())
        return call.respond(problem_response(status_of(readings.problem()), readings.problem()));
    http::HttpResponse response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = Routes::metrics_of(api).text(*readings);
    call.respond(std::move(response));
}

}  // namespace lienthong::api
