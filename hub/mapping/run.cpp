// One run of a mapping over the records of one document.
#include "hub/mapping/recorder.hpp"

namespace lienthong::mapping {

struct Run::State : Recorder
{
    using Recorder::Recorder;
};

Run::Run(const Mapping& mapping, const Tree& tree, const catalogue::Catalogue& catalogue, Marks* marks)
    : state_(std::make_unique<State>(mapping, tree, catalogue, marks))
{
}

Run::~Run() = default;

std::optional<Verdict> Run::record(NodeId record, std::uint32_t number, std::vector<Trace>* traces)
{
    std::optional<Verdict> out(std::in_place);
    if (!this->record(record, number, *out, traces))
        out.reset();
    return out;
}

bool Run::record(NodeId record, std::uint32_t number, Verdict& verdict, std::vector<Trace>* traces)
{
    State& s = *state_;
    s.traces = traces;
    const std::size_t observations_before = s.made.size();
    s.made.clear();
    s.evaluator.begin(record);
    verdict.record = number;
    verdict.place = s.evaluator.record_place();
    if (const Problem* fault = s.tree.fault(record)) {
        s.drafts.clear();
        verdict.problems.push_back(*fault);
        verdict.problems.back().rule = "mapping " + s.program.name;
        return true;
    }
    if (s.program.skip != no_expression && s.skips(verdict).value_or(false))
        return false;
    verdict.observations.reserve(observations_before);
    for (const Entry& entry : s.program.entries)
        if (entry.when == no_expression || s.applies(entry, verdict).value_or(false))
            s.observe(entry, verdict);
    if (s.program.fact)
        s.put_fact(*s.program.fact, verdict);
    if (s.evaluator.has_findings())
        verdict.findings = s.evaluator.take_findings();
    if (verdict.problems.empty() && verdict.observations.empty() && verdict.facts.empty())
        verdict.problems.push_back({.code = "observation.none",
                                    .detail = "no entry of observe applies to this record",
                                    .place = verdict.place,
                                    .expected = "a record one of them applies to, or a skip that passes it over",
                                    .rule = s.evaluator.rule_at(s.program.entries.front())});
    s.drafts.clear();
    if (!verdict.problems.empty()) {
        s.drafts.swap(verdict.observations);
        verdict.facts.clear();
    }
    return true;
}

Run::Spent Run::spent() const
{
    return state_->evaluator.spent();
}

const std::vector<Observation>& Run::drafts() const
{
    return state_->drafts;
}

bool Run::is_faulty(std::size_t index, Field field) const
{
    return (state_->made.at(index).faulty >> static_cast<std::size_t>(field) & 1U) != 0;
}

std::string Run::place_of(std::size_t index, Field field) const
{
    return state_->evaluator.place(state_->node_of(state_->made.at(index), field));
}

std::string Run::rule_of(std::size_t index, Field field) const
{
    const Entry& entry = *state_->made.at(index).entry;
    const ExpressionId id = entry.fields[static_cast<std::size_t>(field)];
    return id == no_expression ? state_->evaluator.rule_at(entry) : state_->evaluator.rule(id);
}

}  // namespace lienthong::mapping
