#include "hub/flow/figure_refusals.hpp"

#include "hub/compliance/event_text.hpp"
#include "hub/compliance/plan.hpp"

namespace lienthong::flow {
namespace {

SeriesKey told_figure(const SeriesKey& key)
{
    return {.indicator = key.indicator, .measure = {}, .period = key.period, .area = {}, .breakdown = {}, .agency = key.agency};
}

}  // namespace

OwedFigures::OwedFigures(const catalogue::Catalogue& catalogue)
{
    for (const std::string& set : compliance::sets_of(catalogue))
        for (const compliance::Duty& duty : compliance::duties_of(catalogue, set).duties)
            owed_.emplace(duty.subject, duty.agency);
}

std::vector<ComplianceEvent> figure_refusals(const Application& application, const Applied& applied, const OwedFigures& owed)
{
    if (application.replay)
        return {};
    std::set<SeriesKey> refused, accepted;
    for (std::size_t i = 0; i < application.verdicts.size(); ++i) {
        const Verdict& verdict = application.verdicts[i];
        if (applied.states.at(i) == RecordState::refused)
            for (const SeriesKey& key : verdict.about)
                if (owed.has(key))
                    refused.insert(told_figure(key));
        for (const Observation& observation : verdict.observations)
            if (applied.states.at(i) == RecordState::stored || applied.states.at(i) == RecordState::unchanged)
                accepted.insert(told_figure(observation.key));
    }
    std::vector<ComplianceEvent> out;
    for (const SeriesKey& key : refused) {
        if (accepted.contains(key))
            continue;
        compliance::Event event{.id = {},
                                .at = application.applied_at,
                                .scope = {.subject = key.indicator, .agency = key.agency, .period = key.period},
                                .who = application.sender};
        event.what = compliance::Refusal{.submission = "S-" + std::to_string(applied.submission), .received = application.received_at};
        out.push_back(compliance::kept(event));
    }
    return out;
}

}  // namespace lienthong::flow
