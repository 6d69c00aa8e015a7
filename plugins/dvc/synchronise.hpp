/// Synchronise: the way out. Sends dossiers (DongBoHoSoMC) and their steps (CapNhatTienDoHoSoMC) in calls of several, and asks
/// (TraCuuHoSo) what arrived.
///
/// The portal answers a call as a whole. So a call that is refused is taken apart until every row has an answer of its own, and
/// one refused dossier holds up no other. A dossier that is there already is sent again as an update.
#pragma once

#include "plugins/dvc/portal.hpp"
#include "plugins/dvc/sending.hpp"

namespace dvc {

class Synchronise
{
public:
    /// `portal` must outlive it.
    Synchronise(const Portal& portal, const Settings& settings)
        : portal_(portal),
          dossiers_per_call_(static_cast<std::size_t>(settings.integer("dossiers_per_call"))),
          steps_per_call_(static_cast<std::size_t>(settings.integer("steps_per_call"))),
          ask_first_(settings.text("ask_first") == "yes")
    {
    }

    [[nodiscard]] Step deliver(const Parcel& parcel) const { return begin(parcel, ask_first_ ? Stage::look : Stage::fresh); }
    [[nodiscard]] Step find_out(const Parcel& parcel) const { return begin(parcel, Stage::find); }

    /// The answer to a call whose context was "send …".
    [[nodiscard]] Step reply(std::string_view context, const Answer& answer) const
    {
        auto sending = read_sending(context);
        if (!sending)
            return step_of(unknown_context("send"));
        const std::vector<Row*> about = next(*sending);
        if (about.empty())
            return step_of(unknown_context("send"));
        const Stage stage = about.front()->stage;
        if (stage != Stage::look && stage != Stage::find) {
            if (auto failure = portal_.unheard(service(stage), answer))
                return step_of(std::move(*failure));
            return answered(about, *sending, answer);
        }
        if (auto failure = portal_.refusal("TraCuuHoSo", answer))
            return step_of(std::move(*failure));
        const TreeView rows = rows_of(answer);
        if (rows.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape("TraCuuHoSo", "the array 'result'"));
        found(*about.front(), rows);
        return go_on(*sending);
    }

private:
    [[nodiscard]] std::vector<Row*> next(Sending& sending) const
    {
        const bool steps = sending.count(Stage::look) + sending.count(Stage::fresh) + sending.count(Stage::update) == 0;
        return sending.next(steps ? steps_per_call_ : dossiers_per_call_);
    }

    [[nodiscard]] Step begin(const Parcel& parcel, Stage stage) const
    {
        Sending sending;
        if (const std::string fault = fill(sending, parcel.document, stage); !fault.empty())
            return step_of({FailureClass::permanent, "parcel", fault + "; check the render mapping of the flow", {}, 0});
        if (stage == Stage::find)
            for (Row& row : sending.rows)
                row.dossier.clear();
        return go_on(sending);
    }

    [[nodiscard]] Step go_on(Sending& sending) const
    {
        const std::vector<Row*> about = next(sending);
        Step step;
        if (about.empty())
            step.delivery = report(sending);
        else
            step.requests.push_back(call(about, sending));
        return step;
    }

    [[nodiscard]] Request call(const std::vector<Row*>& about, const Sending& sending) const
    {
        const Stage stage = about.front()->stage;
        Call call;
        call.service = service(stage);
        if (stage == Stage::look || stage == Stage::find) {
            call.members = {{"mahoso", about.front()->code}};
        } else {
            if (stage != Stage::step)
                call.members = {{"isUpdating", stage == Stage::update ? "True" : "False"}};
            for (const Row* row : about)
                call.data += (row == about.front() ? "[" : ",") + (stage == Stage::step ? row->step : row->dossier);
            call.data += ']';
        }
        Request request = portal_.ask(call, "send " + sending.text());
        request.repeatable = stage == Stage::look || stage == Stage::find;
        return request;
    }

    static std::string_view service(Stage stage)
    {
        return stage == Stage::look || stage == Stage::find ? "TraCuuHoSo" : stage == Stage::step ? "CapNhatTienDoHoSoMC" : "DongBoHoSoMC";
    }

    /// Whether the portal has the step: one of the same state and moment.
    static bool has_step(const Row& row, TreeView dossier)
    {
        for (TreeView at = dossier.child_any_case("TienDo").first(); at; at = at.next())
            if (at.child_any_case("ThoiDiemXuLy").text() == row.at && at.child_any_case("TrangThai").text() == row.state)
                return true;
        return false;
    }

    static void found(Row& row, TreeView rows)
    {
        const TreeView dossier = rows.first();
        const bool step_there = row.step.empty() || has_step(row, dossier);
        if (row.stage == Stage::look) {
            row.stage = dossier ? Stage::update : Stage::fresh;
            if (step_there)
                row.step.clear();
            return;
        }
        const std::string_view state = dossier.child_any_case("TrangThaiHoSo").text();
        row.said = dossier ? "TrangThaiHoSo " + excerpt(state, 40) : "not there";
        row.stage = dossier && state == row.state && step_there ? Stage::settled : Stage::absent;
    }

    static bool there_already(Stage stage, const Verdict& verdict)
    {
        return stage == Stage::fresh && (verdict.code == "0" || verdict.code == "3" || verdict.code == "-3") && verdict.said("đã tồn tại");
    }

    /// Whether the sentence names the dossier, and not one whose code only begins so.
    static bool names(std::string_view sentence, std::string_view code)
    {
        for (std::size_t at = sentence.find(code); at != std::string_view::npos; at = sentence.find(code, at + 1))
            if (const std::size_t end = at + code.size(); end == sentence.size() || sentence[end] < '0' || sentence[end] > '9')
                return true;
        return false;
    }

    /// Moves the rows of a call on by its answer, and goes on.
    [[nodiscard]] Step answered(const std::vector<Row*>& about, Sending& sending, const Answer& answer) const
    {
        const Stage stage = about.front()->stage;
        const Verdict verdict = verdict_of(answer);
        const bool taken = verdict.taken();
        const bool there = there_already(stage, verdict);
        const bool alone = about.size() == 1;
        bool named = false;
        for (Row* row : about)
            named = named || names(verdict.message, row->code);
        for (Row* row : about) {
            row->said = verdict.code + ' ' + verdict.message;
            if (taken)
                settle(*row, stage);
            else if (there && (alone || names(verdict.message, row->code)))
                row->stage = Stage::update;
            else if (alone)
                row->stage = Stage::refused;
            else if (!there || !named)
                row->alone = true;
        }
        Step step = go_on(sending);
        if (!there)
            step.failure = portal_.doubt(service(stage), answer);
        return step;
    }

    static void settle(Row& row, Stage stage)
    {
        if (stage == Stage::step) {
            row.stepped = true;
        } else {
            row.outcome = stage == Stage::update ? 'u' : 'c';
            row.dossier.clear();
            row.alone = false;
        }
        row.stage = stage == Stage::step || row.step.empty() ? Stage::settled : Stage::step;
        if (row.stage == Stage::settled)
            row.step.clear();
    }

    static DeliveryReport report(const Sending& sending)
    {
        DeliveryReport out{Delivery::delivered, receipt_of(sending), {}};
        if (const std::size_t absent = sending.count(Stage::absent); absent != 0) {
            out = {Delivery::not_delivered, {}, std::to_string(absent) + " of " + std::to_string(sending.rows.size()) +
                                                    " dossiers are not at the portal as they were sent; all are sent again"};
            return out;
        }
        const std::size_t refused = sending.count(Stage::refused);
        if (refused == 0)
            return out;
        out.outcome = Delivery::refused;
        out.detail = std::to_string(refused) + " of " + std::to_string(sending.rows.size()) +
                     " dossiers, or their steps, were refused:" + refused_rows(sending);
        return out;
    }

    const Portal& portal_;
    std::size_t dossiers_per_call_, steps_per_call_;
    bool ask_first_;
};

}  // namespace dvc
