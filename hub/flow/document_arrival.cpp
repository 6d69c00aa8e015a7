#include "hub/flow/document_arrival.hpp"

#include "hub/flow/awaiting.hpp"
#include "hub/flow/document_status.hpp"
#include "hub/model/problem_text.hpp"
#include "hub/text/organ_code.hpp"

#include <algorithm>

namespace lienthong::flow {
namespace {

using boost::asio::awaitable;

constexpr std::size_t page = 500;

std::string value_of(const std::vector<std::pair<std::string, std::string>>& fields, std::string_view name)
{
    const auto it = std::find_if(fields.begin(), fields.end(), [&](const auto& one) { return one.first == name; });
    return it == fields.end() ? "" : it->second;
}

/// The bytes could not be read; a record that only our mapping refuses is our own affair.
bool is_unread(const QuarantineEntry& entry)
{
    return entry.record == 0 && !entry.problems.empty() && entry.problems.front().code.starts_with("format.");
}

/// How far a flow's quarantine was looked at is kept under a name no flow has.
std::string quarantine_of(const std::string& flow, const std::string& source)
{
    return flow + '|' + source;
}

}  // namespace

Result<void> DocumentArrival::begin()
{
    const auto told = parts_.dispatch->told(parts_.flow);
    if (!told)
        return told.problem();
    if (*told)
        return {};
    const auto latest = parts_.facts->latest_version();
    const auto refusals = parts_.store->newest_refusals(1);
    if (!latest || !refusals)
        return latest ? refusals.problem() : latest.problem();
    for (const std::string& source : parts_.sources)
        if (const auto kept =
                parts_.dispatch->set_told(quarantine_of(parts_.flow, source), refusals->empty() ? 0 : refusals->front().id);
            !kept)
            return kept;
    return parts_.dispatch->set_told(parts_.flow, *latest);
}

awaitable<Result<void>> DocumentArrival::gather()
{
    Result<void> done = tell_arrived();
    for (std::size_t i = 0; done.ok() && i < parts_.sources.size(); ++i) {
        std::string source = parts_.sources[i];
        done = co_await tell_unread(std::move(source));
    }
    co_return done;
}

Result<void> DocumentArrival::tell_arrived()
{
    const auto told = parts_.dispatch->told(parts_.flow);
    const auto latest = parts_.facts->latest_version();
    if (!told || !latest)
        return told ? latest.problem() : told.problem();
    FactVersionId through = told->value_or(0);
    while (through < *latest) {
        const auto facts = parts_.facts->versions_told(document_fact, through, *latest, page);
        if (!facts)
            return facts.problem();
        for (const FactVersion& fact : *facts) {
            // A recall is answered by a person, 15 or 16.
            if (value_of(fact.fields, "state") == "recalled")
                continue;
            if (auto done = tell(fact.fields, "01", ""); !done)
                return done;
        }
        through = facts->size() < page ? *latest : facts->back().id;
        if (auto kept = parts_.dispatch->set_told(parts_.flow, through); !kept)
            return kept;
    }
    return {};
}

awaitable<Result<void>> DocumentArrival::tell_unread(std::string source)
{
    const std::string key = quarantine_of(parts_.flow, source);
    const auto told = parts_.dispatch->told(key);
    if (!told.ok())
        co_return told.problem();
    const auto entries = parts_.store->quarantine(std::nullopt, source, told->value_or(0), page);
    if (!entries.ok())
        co_return entries.problem();
    for (std::size_t i = 0; i < entries->size(); ++i) {
        const QuarantineEntry& found = (*entries)[i];
        if (is_unread(found)) {
            QuarantineEntry entry = found;
            Result<void> done = co_await tell_unread_one(std::move(entry));
            if (!done.ok())
                co_return done;
        }
        const Result<void> kept = parts_.dispatch->set_told(key, found.id);
        if (!kept.ok())
            co_return kept;
    }
    co_return Result<void>{};
}

awaitable<Result<void>> DocumentArrival::tell_unread_one(QuarantineEntry entry)
{
    const auto message = parts_.journal->read(entry.message);
    if (!message.ok())
        co_return message.problem();
    workshop::Job job;
    job.mapping = unread_mapping;
    job.content_type = message->content_type;
    job.payload = message->payload;
    job.scope.agencies = {"*"};
    using Answered = Result<std::string>;
    std::function<void(std::function<void(Answered)>)> start = [&](std::function<void(Answered)> done) {
        parts_.workshop(workshop::encode(job), std::move(done));
    };
    const Answered answer = co_await completion_of<Answered>(std::move(start));
    const auto outcome = answer.ok() ? workshop::decode_outcome(*answer) : Result<workshop::Outcome>(answer.problem());
    if (!outcome.ok())
        co_return outcome.problem();
    for (const Verdict& verdict : outcome->verdicts)
        for (const Fact& fact : verdict.facts) {
            const Result<void> done =
                tell(fact.fields, "02", "Không đọc được gói tin. " + std::string(problem_text(entry.problems.front().code).vi));
            if (!done.ok())
                co_return done;
        }
    co_return Result<void>{};
}

Result<void> DocumentArrival::tell(const Fields& fields, const std::string& code, const std::string& reason)
{
    const std::string self = text::newer_organ_code(parts_.self.code), sender = value_of(fields, "sender");
    if (value_of(fields, "recipient") != self || sender.empty() || sender == self)
        return {};
    StatusToTell status;
    status.flow = parts_.flow;
    status.from = parts_.self;
    status.about = {sender, value_of(fields, "notation"), value_of(fields, "issued"), value_of(fields, "document")};
    status.code = code;
    status.reason = reason;
    status.by = "lienthong serve";
    const auto added = tell_status(*parts_.dispatch, *parts_.writer, status, parts_.clock->now());
    // A document told of again in other words, an update of it, arrived before.
    if (!added && added.problem().code != "document.exists" && added.problem().code != "document.text")
        return added.problem();
    return {};
}

}  // namespace lienthong::flow
