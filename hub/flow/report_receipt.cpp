#include "hub/flow/report_receipt.hpp"

#include "hub/compliance/event_text.hpp"

#include <algorithm>

namespace lienthong::flow {
namespace {

constexpr std::size_t most_named = 20;

bool is_missing(RecordState state)
{
    return state != RecordState::stored && state != RecordState::unchanged && state != RecordState::closed;
}

bool is_refused_whole(const Applied& applied)
{
    return !applied.states.empty() && std::all_of(applied.states.begin(), applied.states.end(),
                                                  [](RecordState state) { return state == RecordState::refused; });
}

}  // namespace

std::vector<std::string> lacking_records(const Application& application, const Applied& applied)
{
    std::vector<std::string> out;
    std::size_t missing = 0;
    for (std::size_t i = 0; i < application.verdicts.size(); ++i)
        if (is_missing(applied.states.at(i)) && ++missing <= most_named)
            out.push_back("record " + std::to_string(application.verdicts[i].record));
    if (missing > most_named)
        out.push_back("and " + std::to_string(missing - most_named) + " more");
    return out;
}

std::optional<ComplianceEvent> report_receipt(const Application& application, const Applied& applied)
{
    if (!application.report)
        return std::nullopt;
    const ReportClaim& report = *application.report;
    compliance::Event event{.id = {},
                            .at = application.applied_at,
                            .scope = {.subject = report.form, .agency = report.agency, .period = report.period},
                            .who = application.sender};
    if (is_refused_whole(applied)) {
        event.what = compliance::Refusal{.submission = "S-" + std::to_string(applied.submission), .received = application.received_at};
        return compliance::kept(event);
    }
    event.what = compliance::Receipt{.submission = "S-" + std::to_string(applied.submission),
                                     .missing = lacking_records(application, applied),
                                     .received = application.received_at};
    return compliance::kept(event);
}

}  // namespace lienthong::flow
