// Reads a message by its mapping's format, runs every record, judges what comes out, refuses what is twice.
#include "hub/workshop/workshop.hpp"

#include "hub/workshop/agreement.hpp"
#include "hub/workshop/excerpt.hpp"
#include "hub/workshop/seen.hpp"
#include "hub/workshop/validate.hpp"

#include <algorithm>
#include <optional>
#include <utility>

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

void judge_observation(Observation& observation, std::size_t index, Verdict& verdict, const mapping::Run& run,
                       const catalogue::Catalogue& catalogue, const Scope& scope, JudgeMemory& memory)
{
    for (Judgement& judgement : judge(observation, catalogue, scope, memory)) {
        if (run.is_faulty(index, judgement.field))
            continue;
        judgement.problem.place = run.place_of(index, judgement.field);
        if (judgement.problem.rule.empty())
            judgement.problem.rule = run.rule_of(index, judgement.field);
        // Observations of one record share fields; what is wrong with one of those is said once.
        std::vector<Problem>& said = judgement.finding ? verdict.findings : verdict.problems;
        if (std::find(said.begin(), said.end(), judgement.problem) == said.end())
            said.push_back(std::move(judgement.problem));
    }
}

/// A record that cannot become an observation is judged as far as it goes: its sender learns everything at once.
void judge_record(Verdict& verdict, const mapping::Run& run, const catalogue::Catalogue& catalogue, const Scope& scope, JudgeMemory& memory)
{
    for (std::size_t i = 0; i < verdict.observations.size(); ++i)
        judge_observation(verdict.observations[i], i, verdict, run, catalogue, scope, memory);
    const std::vector<Observation>& drafts = run.drafts();
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Observation draft = drafts[i];
        judge_observation(draft, i, verdict, run, catalogue, scope, memory);
    }
}

void tell_twice(Verdict& verdict, const SeriesKey& key, const std::string& first_place, bool here)
{
    verdict.problems.push_back(
        {.code = "record.duplicate_key",
         .detail = here ? "this record speaks of one series key twice" : "an earlier record of the message has this series key",
         .place = verdict.place,
         .found = shortened(to_text(key)),
         .expected = "each series key once; the first is at " + first_place,
         .rule = {}});
}

/// Of the last verdict. Most records speak of one series key, and none has spoken of it before: then this is one look-up.
void refuse_what_is_twice(std::vector<Verdict>& verdicts, Seen& seen)
{
    Verdict& verdict = verdicts.back();
    const auto number = static_cast<std::uint32_t>(verdicts.size() - 1);
    for (std::uint32_t i = 0; i < verdict.observations.size(); ++i) {
        const Seen::At first = seen.add(verdicts, {number, i});
        const bool here = first.verdict == number;
        if (!here || first.observation != i)
            tell_twice(verdict, verdict.observations[i].key, verdicts[first.verdict].place, here);
    }
    if (!verdict.problems.empty())
        seen.take_back(number);
}

/// Puts the verdict on one record together, judged; false when the mapping passes it over.
bool judged(mapping::Run& run, NodeId record, std::uint32_t number, Verdict& verdict, std::vector<mapping::Trace>* trace,
            const catalogue::Catalogue& catalogue, const Scope& scope, JudgeMemory& memory)
{
    if (!run.record(record, number, verdict, trace))
        return false;
    judge_record(verdict, run, catalogue, scope, memory);
    return true;
}

/// Whether a problem leaves it beyond doubt of whom and of what the record speaks, and that its sender may.
bool leaves_the_key(const Problem& problem)
{
    const std::string_view room = std::string_view(problem.code).substr(0, problem.code.find('.'));
    for (const std::string_view of_the_key : {"indicator", "period", "agency", "area", "mapping", "message"})
        if (room == of_the_key)
            return false;
    return true;
}

void note_what_it_is_about(Verdict& verdict, const std::vector<Observation>& drafts)
{
    if (!std::all_of(verdict.problems.begin(), verdict.problems.end(), leaves_the_key))
        return;
    for (const auto* observations : {static_cast<const std::vector<Observation>*>(&verdict.observations), &drafts})
        for (const Observation& one : *observations) {
            SeriesKey key{.indicator = one.key.indicator, .measure = {}, .period = one.key.period, .area = {}, .breakdown = {}, .agency = one.key.agency};
            const bool whole = !key.indicator.empty() && !key.period.empty() && !key.agency.empty();
            if (whole && std::find(verdict.about.begin(), verdict.about.end(), key) == verdict.about.end())
                verdict.about.push_back(std::move(key));
        }
}

/// What a refused record keeps: the words it came in, what it speaks of, and nothing that could be taken for a figure.
/// `drafts`: those of its run.
void strip_refused(Verdict& verdict, const Tree& tree, NodeId record, const std::vector<Observation>& drafts)
{
    if (verdict.accepted())
        return;
    note_what_it_is_about(verdict, drafts);
    verdict.observations.clear();
    verdict.facts.clear();
    verdict.excerpt = excerpt(tree, record);
}

/// Gathers what a message's records become, however they are read.
class Collector final : public RecordSink
{
public:
    Collector(const mapping::Mapping& mapping, const catalogue::Catalogue& catalogue, const Scope& scope, std::string_view payload,
              std::vector<std::vector<mapping::Trace>>* traces, mapping::Marks* marks)
        : mapping_(mapping), catalogue_(catalogue), scope_(scope), payload_(payload), traces_(traces), marks_(marks)
    {
    }

    void begin(const Tree& tree) override
    {
        tree_ = &tree;
        run_.emplace(mapping_, tree, catalogue_, marks_);
    }

    /// Of a message with too many records only the number is wanted.
    bool record(NodeId record) override
    {
        if (count_ == 0)
            first_place_ = tree_->place(record);
        const auto number = static_cast<std::uint32_t>(count_);
        if (++count_ > most_records)
            return true;
        std::vector<mapping::Trace> trace;
        Verdict& verdict = out_.verdicts.emplace_back();
        if (!judged(*run_, record, number, verdict, traces_ == nullptr ? nullptr : &trace, catalogue_, scope_, memory_)) {
            out_.verdicts.pop_back();
            ++out_.skipped;
            return true;
        }
        refuse_what_is_twice(out_.verdicts, seen_);
        strip_refused(verdict, *tree_, record, run_->drafts());
        nodes_.push_back(record);
        if (traces_ != nullptr)
            traces_->push_back(std::move(trace));
        return true;
    }

    void expect(std::size_t records)
    {
        out_.verdicts.reserve(std::min(records, most_records));
        seen_.expect(std::min(records, most_records));
        nodes_.reserve(std::min(records, most_records));
    }

    [[nodiscard]] std::size_t count() const { return count_; }

    Examination refused(Problem problem)
    {
        if (problem.rule.empty())
            problem.rule = "mapping " + mapping_.name();
        return only(std::move(problem));
    }

    /// Whether the figures taken contradict each other so that a record is refused for it: only now can that be known.
    [[nodiscard]] bool contradict() { return judge_agreement(out_.verdicts, catalogue_); }

    /// Takes what contradict() refused back. Only while the tree stands as it was read.
    void strip_contradicting()
    {
        for (std::size_t i = 0; i < out_.verdicts.size(); ++i)
            if (out_.verdicts[i].excerpt.empty())
                strip_refused(out_.verdicts[i], *tree_, nodes_[i], {});
    }

    Examination take()
    {
        if (count_ <= most_records)
            return std::move(out_);
        return only({"message.too_many_records", "the message holds more records than one message may", first_place_, std::to_string(count_),
                     "at most " + std::to_string(most_records) + " records a message", {}});
    }

private:
    Examination only(Problem problem)
    {
        if (traces_ != nullptr)
            traces_->clear();
        Examination out;
        out.verdicts.push_back(refused_message(std::move(problem), payload_));
        return out;
    }

    const mapping::Mapping& mapping_;
    const catalogue::Catalogue& catalogue_;
    const Scope& scope_;
    std::string_view payload_;
    std::vector<std::vector<mapping::Trace>>* traces_;
    mapping::Marks* marks_;
    const Tree* tree_ = nullptr;
    std::optional<mapping::Run> run_;
    JudgeMemory memory_;
    Seen seen_;
    Examination out_;
    std::vector<NodeId> nodes_;  ///< Of the verdicts.
    std::size_t count_ = 0;
    std::string first_place_;
};

/// Nothing when the document cannot be read so, or records contradict each other whose words are gone by then: it is then
/// read whole, and refused in the words of that.
std::optional<Examination> examine_streamed(const mapping::Mapping& mapping, const Format& format, std::string_view payload,
                                            const catalogue::Catalogue& catalogue, const Scope& scope,
                                            std::vector<std::vector<mapping::Trace>>* traces, mapping::Marks* marks)
{
    Collector out(mapping, catalogue, scope, payload, traces, marks);
    MemorySource source(payload);
    const auto read = format.stream(source, mapping.record_path(), mapping.layout(), FormatLimits{}, out);
    if (!read || out.count() == 0 || out.contradict()) {
        if (traces != nullptr)
            traces->clear();
        return std::nullopt;
    }
    return out.take();
}

/// Hands each verdict on and keeps none.
class Handover final : public RecordSink
{
public:
    Handover(const mapping::Mapping& mapping, const catalogue::Catalogue& catalogue, const Scope& scope, const TakeVerdict& take)
        : mapping_(mapping), catalogue_(catalogue), scope_(scope), take_(take)
    {
    }

    void begin(const Tree& tree) override
    {
        tree_ = &tree;
        run_.emplace(mapping_, tree, catalogue_);
        if (const auto none = mapping_.records(tree); !none)
            empty_ = none.problem();
    }

    bool record(NodeId record) override
    {
        empty_.reset();
        Verdict verdict;
        if (!judged(*run_, record, static_cast<std::uint32_t>(count_++), verdict, nullptr, catalogue_, scope_, memory_))
            return true;
        strip_refused(verdict, *tree_, record, run_->drafts());
        return take_(std::move(verdict));
    }

    /// message.no_records, when there were none and the mapping wants some.
    Result<void> end() { return empty_ ? Result<void>(*std::move(empty_)) : Result<void>(); }

private:
    const mapping::Mapping& mapping_;
    const catalogue::Catalogue& catalogue_;
    const Scope& scope_;
    const TakeVerdict& take_;
    const Tree* tree_ = nullptr;
    std::optional<mapping::Run> run_;
    JudgeMemory memory_;
    std::optional<Problem> empty_;
    std::size_t count_ = 0;
};

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
    if (payload.size() >= stream_from_bytes && mapping.whole_only().empty() && format.streams(mapping.record_path(), mapping.layout()))
        if (auto streamed = examine_streamed(mapping, format, payload, catalogue, scope, traces, marks))
            return *std::move(streamed);
    Collector out(mapping, catalogue, scope, payload, traces, marks);
    const auto tree = format.read(payload, mapping.layout(), FormatLimits{});
    if (!tree)
        return out.refused(tree.problem());
    const auto records = mapping.records(*tree);
    if (!records)
        return out.refused(records.problem());
    out.begin(*tree);
    out.expect(records->size());
    for (const NodeId record : *records)
        static_cast<void>(out.record(record));
    if (out.contradict())
        out.strip_contradicting();
    return out.take();
}

Result<void> examine(const mapping::Mapping& mapping, const Format& format, ByteSource& source, const catalogue::Catalogue& catalogue,
                     const Scope& scope, const FormatLimits& limits, const TakeVerdict& take)
{
    if (!mapping.whole_only().empty())
        return mapping.whole_only().front();
    Handover sink(mapping, catalogue, scope, take);
    auto read = format.stream(source, mapping.record_path(), mapping.layout(), limits, sink);
    return read ? sink.end() : read;
}

}  // namespace lienthong::workshop
