#include "hub/flow/answer.hpp"

#include "hub/flow/report_receipt.hpp"
#include "hub/model/json_text.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/seal/digest.hpp"

namespace lienthong::flow {
namespace {

void write_report(JsonWriter& out, const ReportClaim& report, const Application& application, const Applied& applied)
{
    const std::vector<std::string> lacking = lacking_records(application, applied);
    out.key("report").begin_object().member("form", report.form).member("period", report.period).member("agency", report.agency);
    out.member("closes", to_text(report.closes)).member("in_time", application.received_at < report.closes);
    out.member("complete", lacking.empty()).key("lacking").begin_array();
    for (const std::string& part : lacking)
        out.text(part);
    out.end_array().end_object();
}

}  // namespace

void write_verdicts(JsonWriter& out, const std::vector<Verdict>& verdicts, const std::vector<RecordState>& states, const Tally& counts)
{
    out.key("counts").begin_object().member("received", counts.received);
    for (const RecordState state : {RecordState::stored, RecordState::unchanged, RecordState::refused, RecordState::waiting,
                                    RecordState::closed})
        out.member(to_text(state), counts[state]);
    out.end_object();
    ProblemTable table;
    out.key("verdicts").begin_array();
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        const Verdict& verdict = verdicts[i];
        out.begin_object().member("record", std::int64_t{verdict.record});
        out.member("verdict", to_text(states.at(i)));
        if (!verdict.accepted())
            out.member("place", verdict.place);
        table.write_problems(out, "problems", verdict.problems);
        table.write_problems(out, "findings", verdict.findings);
        out.end_object();
    }
    out.end_array();
    table.write_codes(out);
}

std::string render_answer(const Application& application, const Applied& applied)
{
    const std::string name = "S-" + std::to_string(applied.submission);
    JsonWriter out;
    out.begin_object().member("submission", name);
    out.member("mode", application.mode == Mode::atomic ? "atomic" : "partial");
    out.member("message", application.message);
    out.member("received", to_text(application.received_at));
    out.member("catalogue", application.catalogue_digest).member("mapping", application.mapping_digest);
    if (application.report)
        write_report(out, *application.report, application, applied);
    write_verdicts(out, application.verdicts, applied.states, applied.counts);
    out.key("receipt").begin_object();
    out.member("leaf_hash", seal::to_hex(application.leaf.hash));
    out.member("redeem", "/v1/submissions/" + name + "/receipt");
    out.end_object().end_object();
    return out.take();
}

Told told(const Application& application, const Applied& applied)
{
    Told out{.answer = render_answer(application, applied)};
    if (auto report = report_receipt(application, applied))
        out.events.push_back(*std::move(report));
    return out;
}

Store::Render told_with_refusals(OwedFigures owed)
{
    return [owed = std::move(owed)](const Application& application, const Applied& applied) {
        Told out = told(application, applied);
        for (ComplianceEvent& refusal : figure_refusals(application, applied, owed))
            out.events.push_back(std::move(refusal));
        return out;
    };
}

}  // namespace lienthong::flow
