// Reads a message by its mapping's format, runs every record, judges what comes out, refuses what is twice.
#include "hub/workshop/workshop.hpp"

#include "hub/workshop/agreement.hpp"
#include "hub/workshop/excerpt.hpp"
#include "hub/workshop/validate.hpp"

#include <algorithm>
#include <unordered_map>

namespace lienthong::workshop {
namespace {

/// A message of which nothing can be made counts as one refused record.
Verdict refused_message(Problem problem, std::string_view payload)
{
    Verdict verdict;
    verdict.excerpt = shortened(payload, most_excerpt_bytes);
    verdict.problems.push_back(std::move(problem));
    return verdict;
}

/// The series keys a message has spoken of so far, and which of its verdicts did.
using Seen = std::unordered_map<std::string, std::uint32_t>;

void judge_observation(Observation& observation, std::size_t index, Verdict& verdict, const mapping::Run& run,
                       const catalogue::Catalogue& catalogue, const Scope& scope)
{
    for (Judgement& judgement : judge(observation, catalogue, scope)) {
        if (run.is_faulty(index, judgement.field))
            continue;
        judgement.problem.place = run.place_of(index, judgement.field);
        if (judgement.problem.rule.empty())
            judgement.problem.rule = run.rule_of(index, judgement.field);
        (judgement.finding ? verdict.findings : verdict.problems).push_back(std::move(judgement.problem));
    }
}

/// A record that cannot become an observation is judged as far as it goes: its sender learns everything at once.
void judge_record(Verdict& verdict, const mapping::Run& run, const catalogue::Catalogue& catalogue, const Scope& scope)
{
    for (std::size_t i = 0; i < verdict.observations.size(); ++i)
        judge_observation(verdict.observations[i], i, verdict, run, catalogue, scope);
    const std::vector<Observation>& drafts = run.drafts();
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Observation draft = drafts[i];
        judge_observation(draft, i, verdict, run, catalogue, scope);
    }
}

void refuse_what_is_twice(Verdict& verdict, Seen& seen, const std::vector<Verdict>& before)
{
    std::vector<std::string> keys;
    keys.reserve(verdict.observations.size());
    for (const Observation& observation : verdict.observations) {
        std::string key = to_text(observation.key);
        const auto it = seen.find(key);
        const bool here = std::find(keys.begin(), keys.end(), key) != keys.end();
        if (it != seen.end() || here)
            verdict.problems.push_back(
                {.code = "record.duplicate_key",
                 .detail =
                     here ? "this record speaks of one series key twice" : "an earlier record of the message has this series key",
                 .place = verdict.place,
                 .found = shortened(key),
                 .expected = "each series key once; the first is at " + (here ? verdict.place : before[it->second].place),
                 .rule = {}});
        keys.push_back(std::move(key));
    }
    if (verdict.problems.empty())
        for (std::string& key : keys)
            seen.emplace(std::move(key), static_cast<std::uint32_t>(before.size()));
}

}  // namespace

Workshop::Workshop(std::shared_ptr<const catalogue::Catalogue> catalogue,
                   std::vector<std::shared_ptr<const mapping::Mapping>> mappings,
                   std::vector<std::shared_ptr<const Format>> formats)
    : catalogue_(std::move(catalogue))
{
    for (auto& mapping : mappings)
        mappings_.emplace(mapping->name(), mapping);
    for (auto& format : formats)
        formats_.emplace(std::string(format->name()), format);
}

Outcome Workshop::work(const Job& job) const
{
    Outcome out;
    out.catalogue_digest = catalogue_->digest();
    const auto mapping = mappings_.find(job.mapping);
    if (mapping == mappings_.end() || mapping->second->renders()) {
        out.verdicts.push_back(refused_message({.code = "mapping.absent",
                                                .detail = "there is no mapping for the way in of this name",
                                                .found = shortened(job.mapping),
                                                .expected = "one of the loaded mappings"},
                                               job.payload));
        return out;
    }
    out.mapping_digest = mapping->second->digest();
    out.verdicts = run_document(*mapping->second, job.payload, job.scope);
    return out;
}

std::vector<Verdict> Workshop::run_document(const mapping::Mapping& mapping, std::string_view payload, const Scope& scope) const
{
    const auto format = formats_.find(mapping.format());
    if (format == formats_.end())
        return {refused_message({.code = "message.format",
                                 .detail = "there is no reader for this format",
                                 .found = mapping.format(),
                                 .expected = "a format the hub reads",
                                 .rule = "mapping " + mapping.name()},
                                payload)};
    return examine(mapping, *format->second, payload, *catalogue_, scope).verdicts;
}

Examination examine(const mapping::Mapping& mapping, const Format& format, std::string_view payload,
                    const catalogue::Catalogue& catalogue, const Scope& scope, std::vector<std::vector<mapping::Trace>>* traces,
                    mapping::Marks* marks)
{
    Examination out;
    const auto tree = format.read(payload, mapping.layout(), FormatLimits{});
    if (!tree) {
        Problem problem = tree.problem();
        problem.rule = problem.rule.empty() ? "mapping " + mapping.name() : problem.rule;
        out.verdicts.push_back(refused_message(std::move(problem), payload));
        return out;
    }
    const auto records = mapping.records(*tree);
    if (!records) {
        out.verdicts.push_back(refused_message(records.problem(), payload));
        return out;
    }
    if (records->size() > most_records) {
        Problem problem{"message.too_many_records", "the message holds more records than one message may", tree->place(records->front()),
                        std::to_string(records->size()), "at most " + std::to_string(most_records) + " records a message", {}};
        out.verdicts.push_back(refused_message(std::move(problem), payload));
        return out;
    }
    mapping::Run run(mapping, *tree, catalogue, marks);
    Seen seen;
    std::vector<NodeId> nodes;  // Of the verdicts.
    out.verdicts.reserve(records->size());
    nodes.reserve(records->size());
    for (std::size_t i = 0; i < records->size(); ++i) {
        const NodeId record = (*records)[i];
        std::vector<mapping::Trace> trace;
        auto verdict = run.record(record, static_cast<std::uint32_t>(i), traces == nullptr ? nullptr : &trace);
        if (!verdict) {
            ++out.skipped;
            continue;
        }
        judge_record(*verdict, run, catalogue, scope);
        refuse_what_is_twice(*verdict, seen, out.verdicts);
        out.verdicts.push_back(std::move(*verdict));
        nodes.push_back(record);
        if (traces != nullptr)
            traces->push_back(std::move(trace));
    }
    judge_agreement(out.verdicts, catalogue);
    for (std::size_t i = 0; i < out.verdicts.size(); ++i) {
        Verdict& verdict = out.verdicts[i];
        if (verdict.accepted())
            continue;
        verdict.observations.clear();
        verdict.facts.clear();
        verdict.excerpt = excerpt(*tree, nodes[i]);
    }
    return out;
}

}  // namespace lienthong::workshop
