/// Feedback: tells a portal how far the province is with dossiers that were submitted there (DongBoTrangThaiHoSo), one a call.
///
/// The portal is asked first (TraCuuHoSo) which dossiers those are, unless the flow's facts are of no others. Told again, a state
/// is the same state, so whatever nobody knows the outcome of is asked about and, where it is not there, sent again.
#pragma once

#include "plugins/dvc/portal.hpp"
#include "plugins/dvc/sending.hpp"

namespace dvc {

class Feedback
{
public:
    /// `portal` must outlive it.
    Feedback(const Portal& portal, const Settings& settings) : portal_(portal), for_all_(settings.text("feedback_for") == "all") {}

    /// Whether a parcel is feedback: {"feedback":[{"MaHoSo", "TrangThai", …}]}.
    [[nodiscard]] static bool is_for(const Parcel& parcel) { return parcel.document.child("feedback").kind() == LIENTHONG_NODE_ARRAY; }

    [[nodiscard]] Step deliver(const Parcel& parcel) const { return begin(parcel, for_all_ ? Stage::fresh : Stage::look); }
    [[nodiscard]] Step find_out(const Parcel& parcel) const { return begin(parcel, Stage::find); }

    /// The answer to a call whose context was "feedback …".
    [[nodiscard]] Step reply(std::string_view context, const Answer& answer) const
    {
        auto sending = read_sending(context);
        const std::vector<Row*> about = sending ? sending->next(1) : std::vector<Row*>();
        if (about.empty())
            return step_of(unknown_context("feedback"));
        Row& row = *about.front();
        if (row.stage == Stage::fresh) {
            if (auto failure = portal_.unheard(told, answer))
                return step_of(std::move(*failure));
            const Verdict verdict = verdict_of(answer);
            row.said = verdict.code + ' ' + verdict.message;
            row.outcome = verdict.taken() ? 'u' : '-';
            settle(row, verdict.taken() ? Stage::settled : Stage::refused);
            Step step = go_on(*sending);
            step.failure = portal_.doubt(told, answer);
            return step;
        }
        if (auto failure = portal_.refusal(asked, answer))
            return step_of(std::move(*failure));
        const TreeView rows = rows_of(answer);
        if (rows.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the array 'result'"));
        found(row, rows.first());
        return go_on(*sending);
    }

private:
    static constexpr std::string_view told = "DongBoTrangThaiHoSo", asked = "TraCuuHoSo";

    [[nodiscard]] Step begin(const Parcel& parcel, Stage stage) const
    {
        Sending sending;
        for (TreeView at = parcel.document.child("feedback").first(); at; at = at.next()) {
            Row row;
            row.stage = stage;
            row.code = at.child("MaHoSo").text();
            row.state = at.child("TrangThai").text();
            if (row.code.empty())
                return step_of({FailureClass::permanent, "parcel",
                                "a row of the feedback has no MaHoSo; check the render mapping of the flow", {}, 0});
            if (row.state.empty()) {
                row.stage = Stage::refused;
                row.said = "not sent: the flow's mapping has no TrangThai for its state";
            } else if (stage != Stage::find) {
                row.dossier = at.source();
            }
            sending.rows.push_back(std::move(row));
        }
        return go_on(sending);
    }

    /// At the portal 11 is the feedback's own word for 3.
    static std::string_view kept_as(std::string_view state) { return state == "11" ? "3" : state; }

    /// NoiNopHoSo 1 is the national portal.
    void found(Row& row, TreeView dossier) const
    {
        const std::string_view state = dossier.child_any_case("TrangThaiHoSo").text();
        const std::string_view place = dossier.child_any_case("NoiNopHoSo").text();
        const bool theirs = dossier && (for_all_ || place == "1");
        row.said = !dossier        ? "not there"
                   : theirs        ? "TrangThaiHoSo " + excerpt(state, 40)
                   : place.empty() ? "the portal does not say where it was submitted"
                                   : "not submitted at the portal";
        if (!theirs && !for_all_)
            settle(row, Stage::settled);
        else if (row.stage == Stage::look)
            row.stage = Stage::fresh;
        else
            settle(row, dossier && kept_as(state) == kept_as(row.state) ? Stage::settled : Stage::absent);
        if (row.stage == Stage::settled && theirs)
            row.outcome = 'u';
    }

    static void settle(Row& row, Stage stage)
    {
        row.stage = stage;
        row.dossier.clear();
    }

    [[nodiscard]] Step go_on(Sending& sending) const
    {
        Step step;
        const std::vector<Row*> about = sending.next(1);
        if (about.empty()) {
            step.delivery = report(sending);
            return step;
        }
        const Row& row = *about.front();
        const bool tells = row.stage == Stage::fresh;
        Call call;
        call.service = tells ? told : asked;
        if (tells) {
            call.members = {{"type", "2"}};
            call.data = row.dossier;
        } else {
            call.members = {{"mahoso", row.code}};
        }
        step.requests.push_back(portal_.ask(call, "feedback " + sending.text()));
        step.requests.back().repeatable = !tells;
        return step;
    }

    /// What became of each: [{"MaHoSo", "TrangThai", "feedback": taken | refused | none, "said"}].
    static std::string evidence_of(const Sending& sending)
    {
        std::string out = "{\"rows\":[";
        for (const Row& row : sending.rows) {
            out += out.back() == '[' ? "{" : ",{";
            out += "\"MaHoSo\":" + json_quoted(row.code) + ",\"TrangThai\":" + json_quoted(row.state) + ",\"feedback\":\"";
            out += row.stage == Stage::refused ? "refused" : row.outcome == 'u' ? "taken" : "none";
            out += "\",\"said\":" + json_quoted(row.said) + '}';
        }
        return out + "]}";
    }

    static DeliveryReport report(const Sending& sending)
    {
        const std::string all = std::to_string(sending.rows.size());
        if (const std::size_t absent = sending.count(Stage::absent); absent != 0)
            return {Delivery::not_delivered, {},
                    std::to_string(absent) + " of " + all + " dossiers do not stand at the portal as they were told; all are told again"};
        DeliveryReport out{Delivery::delivered, evidence_of(sending), {}};
        if (const std::string refused = refused_rows(sending); !refused.empty()) {
            out.outcome = Delivery::refused;
            const std::size_t count = sending.count(Stage::refused);
            out.detail = "the feedback on " + std::to_string(count) + " of " + all + " dossiers was refused:" + refused;
        }
        return out;
    }

    const Portal& portal_;
    bool for_all_;
};

}  // namespace dvc
