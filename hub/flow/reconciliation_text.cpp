#include "hub/flow/reconciliation_text.hpp"

#include "hub/compliance/csv_text.hpp"
#include "hub/flow/failure.hpp"

#include <algorithm>

namespace lienthong::flow {

using lienthong::to_text;

namespace {

struct Row
{
    std::string_view kind;
    DifferenceWords words;
};

constexpr Row rows[] = {
    {"absent",
     {"nguồn có, hệ thống chưa nhận", "the source holds it, the hub never took it",
      "lấy lại (fetch): đề nghị nguồn gửi lại mục này", "fetch: ask the source for it again"}},
    {"other",
     {"nội dung ở nguồn đã khác nội dung đã nhận", "the source holds other bytes than were taken",
      "lấy lại (fetch): nguồn đã sửa sau khi hệ thống nhận", "fetch again: the source changed it after it was taken"}},
    {"waiting",
     {"đã nhận, chưa vào kho", "received, not in the store yet", "chờ: hệ thống đang xử lý", "wait: it is still being worked on"}},
    {"refused",
     {"đã nhận, có bản ghi bị từ chối", "received, and records of it were refused",
      "sửa: lienthong quarantine list cho biết lỗi; sau đó chạy lienthong replay",
      "mend: lienthong quarantine list says what is wrong; then lienthong replay"}},
    {"unlisted",
     {"hệ thống đã nhận, nguồn không còn", "the hub took it, the source has it no more",
      "hỏi nguồn: mục đã bị rút hoặc nằm ở ngày khác; sau đó rút số liệu (withdraw) hoặc chấp nhận (accept)",
      "ask the source: it was withdrawn there, or stands under another day; then withdraw its figures, or accept"}},
    {"count",
     {"số lượng không khớp", "the numbers differ", "đề nghị nguồn cung cấp danh sách chi tiết của con số này",
      "ask the source for the list behind its number"}},
    {"sum",
     {"tổng không khớp", "the sums differ", "đề nghị nguồn cung cấp danh sách chi tiết của tổng này",
      "ask the source for the list behind its sum"}},
    {"withdrawn",
     {"nguồn lại có, số liệu ở đây đã rút", "the source holds it again, and here its figures were withdrawn",
      "lấy lại (fetch): số liệu đã rút được khôi phục", "fetch: what was withdrawn is put back"}},
};

std::string sentence_of(const Observation& told)
{
    return to_text(told.key) + " = " + told.value + ' ' + told.unit;
}

void write_difference(JsonWriter& out, const Difference& one)
{
    out.member("difference", one.kind).member("id", one.id);
    if (!one.fact.empty())
        out.member("fact", one.fact);
    out.member("source", one.there).member("hub", one.here);
    if (one.message != 0)
        out.member("message", one.message);
}

}  // namespace

DifferenceWords words_of(std::string_view kind)
{
    const auto* const row = std::find_if(std::begin(rows), std::end(rows), [&](const Row& one) { return one.kind == kind; });
    return row == std::end(rows) ? DifferenceWords{} : row->words;
}

std::vector<std::string_view> actions_for(const Difference& difference)
{
    std::vector<std::string_view> out;
    for (const ReconcileAction action : {ReconcileAction::fetch, ReconcileAction::withdraw, ReconcileAction::accept})
        if (is_fit(action, difference))
            out.push_back(to_text(action));
    return out;
}

std::size_t open_count(const ReconciliationRun& run, const std::vector<ReconciliationAct>& acceptances)
{
    return static_cast<std::size_t>(std::count_if(run.differences.begin(), run.differences.end(), [&](const Difference& one) {
        return acceptance_of(one, acceptances) == nullptr;
    }));
}

void write_run(JsonWriter& out, const ReconciliationRun& run, const std::vector<ReconciliationAct>& acceptances)
{
    out.member("flow", run.flow).member("since", run.since).member("at", to_text(run.at)).member("who", run.who);
    out.member("compared", run.compared).member("agreed", run.agreed).member("problem", run.problem);
    if (run.failed_at)
        out.member("failed_at", to_text(*run.failed_at));
    out.member("open", static_cast<std::int64_t>(open_count(run, acceptances)));
    out.key("differences").begin_array();
    for (const Difference& one : run.differences) {
        out.begin_object();
        write_difference(out, one);
        const DifferenceWords words = words_of(one.kind);
        out.member("meaning", words.en).member("meaning_vi", words.vi);
        out.member("what_to_do", words.remedy_en).member("what_to_do_vi", words.remedy_vi).key("actions").begin_array();
        for (const std::string_view action : actions_for(one))
            out.text(action);
        out.end_array();
        if (const ReconciliationAct* act = acceptance_of(one, acceptances)) {
            out.key("accepted").begin_object().member("reason", act->reason).member("who", act->who);
            out.member("at", to_text(act->at)).end_object();
        }
        out.end_object();
    }
    out.end_array();
}

void write_acts(JsonWriter& out, std::string_view name, std::span<const ReconciliationAct> acts)
{
    out.key(name).begin_array();
    for (const ReconciliationAct& act : acts) {
        out.begin_object().member("action", act.action).member("outcome", act.outcome).member("reason", act.reason);
        out.member("who", act.who).member("at", to_text(act.at)).key("over").begin_object();
        write_difference(out, act.over);
        out.end_object().end_object();
    }
    out.end_array();
}

void write_outcomes(JsonWriter& out, const ReconcileReport& report)
{
    out.key("outcomes").begin_array();
    for (const ReconcileOutcome& one : report.outcomes) {
        out.begin_object().member("id", one.over.id);
        if (!one.over.fact.empty())
            out.member("fact", one.over.fact);
        out.member("outcome", one.outcome).key("figures").begin_array();
        for (const RevisionRow& row : one.figures)
            out.text(sentence_of(row.observation));
        out.end_array().end_object();
    }
    out.end_array();
    if (report.failure)
        out.member("incomplete", sentence_of(*report.failure));
}

std::string csv_of(const ReconciliationRun& run, const std::vector<ReconciliationAct>& acceptances)
{
    using compliance::append_csv_row, compliance::guarded;
    std::string out;
    append_csv_row(out, {"difference", "id", "fact", "source", "hub", "message", "what_to_do", "accepted_by", "accepted_reason"});
    for (const Difference& one : run.differences) {
        const ReconciliationAct* act = acceptance_of(one, acceptances);
        append_csv_row(out, {one.kind, guarded(one.id), guarded(one.fact), guarded(one.there), guarded(one.here),
                             one.message == 0 ? "" : std::to_string(one.message), words_of(one.kind).remedy_en,
                             act == nullptr ? "" : guarded(act->who), act == nullptr ? "" : guarded(act->reason)});
    }
    return out;
}

}  // namespace lienthong::flow
