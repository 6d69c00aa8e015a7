/// dvc_rest: the newer portal of public services. Dossiers go out to it: created once, then their progress and their status.
///
/// The portal tells what it calls a dossier (idHoSo) when it is created, and by no service after that, so the name is handed to
/// the host in the step that reads it. It has no service that says what arrived either: a call nobody knows the outcome of is
/// sent again. A second creation under one MaHoSo is refused, a progress or a status sent again is taken to say the same again.
///
/// Steps and states go several a call, and the portal answers a call as a whole: one that is refused is taken apart until every
/// row has an answer of its own. Contexts: "token", "send <sending>".
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "plugins/dvc_rest/sending.hpp"

namespace {

using namespace lienthong::sdk;
using namespace dvc_rest;

constexpr std::size_t most_named = 5;  ///< Refused dossiers whose reason stands in the sentence; the receipt has all.

class DvcRest final : public Connector
{
public:
    explicit DvcRest(const Settings& settings)
        : portal_(settings),
          create_path_(settings.text("create_path")),
          progress_path_(settings.text("progress_path")),
          status_path_(settings.text("status_path")),
          rows_per_call_(static_cast<std::size_t>(settings.integer("rows_per_call"))),
          portal_codes_(settings.text("dossier_codes") == "portal")
    {
    }

    static Description description();

    Step poll(std::string_view, const Moment&) const override
    {
        return failed(FailureClass::permanent, "no_poll", "this connector only sends; a flow of it has deliver:");
    }

    Step acquire(std::string_view name, const Moment& moment) const override
    {
        if (name != token_name)
            return Connector::acquire(name, moment);
        Step step;
        step.requests.push_back(portal_.token());
        return step;
    }

    Step deliver(const Parcel& parcel, const Moment&) const override
    {
        Sending sending;
        if (const std::string fault = fill(sending, parcel.document, portal_codes_); !fault.empty())
            return step_of({FailureClass::permanent, "parcel", fault + "; check the render mapping of the flow", {}, 0});
        return go_on(sending, {});
    }

    Step find_out(const Parcel&, const Moment&) const override
    {
        Step step;
        step.delivery = DeliveryReport{
            Delivery::not_delivered, {}, "the portal has no service that says what arrived; what may be missing is sent again"};
        return step;
    }

    Step reply(std::string_view context, const Answer& answer, const Moment&) const override
    {
        if (context == "token")
            return portal_.token(answer);
        Words words(context);
        auto sending = words.next() == "send" ? read_sending(words.rest()) : std::nullopt;
        const std::vector<Row*> about = sending ? sending->next(rows_per_call_) : std::vector<Row*>();
        if (about.empty())
            return step_of(unknown_context(context));
        std::vector<GivenName> names;
        const bool single = about.front()->stage == Stage::number || about.front()->stage == Stage::create;
        auto failure = single ? take(*about.front(), answer, names) : take(about, answer);
        return failure ? step_of(std::move(*failure)) : go_on(*sending, std::move(names));
    }

private:
    [[nodiscard]] Step go_on(Sending& sending, std::vector<GivenName> names) const
    {
        const std::vector<Row*> about = sending.next(rows_per_call_);
        Step step;
        step.names = std::move(names);
        if (about.empty())
            step.delivery = report(sending);
        else
            step.requests.push_back(call(about, sending));
        return step;
    }

    [[nodiscard]] Request call(const std::vector<Row*>& about, Sending& sending) const
    {
        const Row& first = *about.front();
        const std::string context = "send " + sending.text();
        if (first.stage == Stage::number)
            return portal_.next_code(context);
        if (first.stage == Stage::create)
            return Portal::post(create_path_, with_members(first.dossier, "\"MaHoSo\":" + json_quoted(first.code)), context);
        const bool progress = first.stage == Stage::progress;
        std::string body;
        for (const Row* row : about) {
            const std::string who = json_quoted(progress ? "IDHoSo" : "IdHoSo") + ':' + json_quoted(row->id) +
                                    ",\"MaHoSo\":" + json_quoted(row->code);
            body += (body.empty() ? "[" : ",") + with_members(progress ? row->step : row->status, who);
        }
        return Portal::post(progress ? progress_path_ : status_path_, body + ']', context);
    }

    /// Whether the portal itself said no to what was sent, and not to the caller or the address.
    static bool says_no(const Verdict& verdict, bool to_rows)
    {
        return verdict.enveloped && (verdict.status == 400 || (to_rows && verdict.status == 404));
    }

    /// A failure is one of the call. After half an answer, or a gateway's word, nobody knows whether it arrived.
    static std::optional<Failure> failure_of(std::string_view asked, const Answer& answer)
    {
        auto failure = refusal(asked, answer);
        if (failure && failure->kind == FailureClass::transient)
            failure->kind = FailureClass::unknown;
        return failure;
    }

    /// Moves a row on by the answer to its next code or its creation; notes what the portal calls it.
    [[nodiscard]] static std::optional<Failure> take(Row& row, const Answer& answer, std::vector<GivenName>& names)
    {
        const bool creation = row.stage == Stage::create;
        const std::string asked = creation ? "NoiHoSo of " + excerpt(row.key, 60) : "the next dossier code";
        const Verdict verdict = verdict_of(answer);
        const TreeView data = answer.document.child_any_case("data");
        const std::string_view id = data.child_any_case("idHoSo").text(), code = data.child_any_case("maHoSo").text();
        const bool there = creation && says_no(verdict, false) && verdict.said("đã tồn tại");
        if (creation && says_no(verdict, false) && !(there && is_word(id))) {
            row.said = std::to_string(verdict.status) + ' ' + verdict.message;
            row.outcome = there ? Outcome::unnamed : Outcome::nothing;
            row.stage = Stage::refused;
            return std::nullopt;
        }
        if (!there)
            if (auto failure = failure_of(asked, answer))
                return failure;
        if (!creation) {
            const std::string_view value = answer.document.child_any_case("value").text();
            if (!is_word(value))
                return wrong_shape(asked, "the text 'value'");
            row.code = value;
            row.stage = Stage::create;
        } else {
            if (!is_word(id))
                return wrong_shape(asked, "data with idHoSo");
            row.id = id;
            if (is_word(code))
                row.code = code;
            row.outcome = there ? Outcome::known : Outcome::created;
            row.said = std::to_string(verdict.status) + ' ' + verdict.message;
            row.dossier.clear();
            row.stage = !row.step.empty() ? Stage::progress : !row.status.empty() ? Stage::status : Stage::settled;
        }
        names.push_back({row.key, row.name()});
        return std::nullopt;
    }

    /// Moves the rows of a call of steps or states on by its answer.
    [[nodiscard]] static std::optional<Failure> take(const std::vector<Row*>& about, const Answer& answer)
    {
        const bool progress = about.front()->stage == Stage::progress;
        const Verdict verdict = verdict_of(answer);
        const bool no = says_no(verdict, true);
        if (!no)
            if (auto failure = failure_of(progress ? "CapNhatTienTrinh" : "CapNhatTrangThai", answer))
                return failure;
        for (Row* row : about) {
            row->said = std::to_string(verdict.status) + ' ' + verdict.message;
            if (no) {
                row->stage = about.size() == 1 ? Stage::refused : row->stage;
                row->alone = true;
                continue;
            }
            (progress ? row->progressed : row->stated) = true;
            (progress ? row->step : row->status).clear();
            row->alone = false;
            row->stage = progress && !row->status.empty() ? Stage::status : Stage::settled;
        }
        return std::nullopt;
    }

    static DeliveryReport report(const Sending& sending)
    {
        DeliveryReport out{Delivery::delivered, receipt_of(sending), {}};
        std::size_t refused = 0;
        bool unnamed = false, coded = false, misnamed = false;
        std::string reasons;
        for (const Row& row : sending.rows) {
            if (row.stage != Stage::refused)
                continue;
            if (refused++ < most_named)
                reasons += ' ' + row.key + " (" + row.said + ");";
            unnamed = unnamed || row.outcome == Outcome::unnamed;
            coded = coded || row.code != row.key;
            misnamed = misnamed || row.outcome == Outcome::misnamed || row.said.compare(0, 3, "404") == 0;
        }
        if (refused == 0)
            return out;
        out.outcome = Delivery::refused;
        out.detail = std::to_string(refused) + " of " + std::to_string(sending.rows.size()) +
                     " dossiers, or their progress or status, were refused:" + reasons;
        if (refused > most_named)
            out.detail += " and others, named in the receipt";
        else if (refused < sending.rows.size())
            out.detail += " the others arrived";
        else
            out.detail.pop_back();
        if (unnamed)
            out.detail += std::string(". One that exists already cannot be told further until its idHoSo is known: ask who runs"
                                      " the portal, then lienthong outbox name --key … --is ") +
                          (coded ? "'idHoSo MaHoSo'" : "idHoSo") +
                          ", and lienthong outbox settle --as again / Hồ sơ đã có trên cổng mà cổng không cho biết idHoSo: hỏi"
                          " đơn vị vận hành cổng, nhập bằng lienthong outbox name, rồi gửi lại bằng lienthong outbox settle --as again";
        else if (misnamed)
            out.detail += ". Where the portal knows a dossier by another idHoSo, tell it with lienthong outbox name, then"
                          " lienthong outbox settle --as again / Nếu cổng dùng idHoSo khác cho hồ sơ, nhập bằng"
                          " lienthong outbox name, rồi gửi lại bằng lienthong outbox settle --as again";
        return out;
    }

    Portal portal_;
    std::string create_path_, progress_path_, status_path_;
    std::size_t rows_per_call_;
    bool portal_codes_;
};

Description DvcRest::description()
{
    Setting unit = text_setting("madonvi", {}, "MaDonVi for which codes of the portal are asked.");
    unit.needed_when = "dossier_codes=portal";
    Description d;
    d.name = "dvc_rest";
    d.version = "1";
    d.speaks =
        "Public service portal, newer REST services. Out: dossiers, created once, then their progress and status. It asks for "
        "nothing, is not called, and sends no files.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the portal, or the platform in front of it, listens."),
        required(SettingType::secret, "client_id", "client_id the portal issued to the hub."),
        required(SettingType::secret, "client_secret", "client_secret that goes with it."),
        make_setting(SettingType::url, "token_url", {}, "Where tokens are asked, when not at base_url."),
        text_setting("token_path", "/rest/token", "Path of the token; all paths are assumed."),
        text_setting("code_path", "/rest/MaHoSo", "Path of the next dossier code."),
        text_setting("create_path", "/rest/NoiHoSo", "Path at which dossiers are created."),
        text_setting("progress_path", "/rest/CapNhatTienTrinh", "Path that takes steps of dossiers."),
        text_setting("status_path", "/rest/CapNhatTrangThai", "Path that takes states of dossiers."),
        integer_setting("token_secs", 1'740, 1, 86'400, "How long a token is used whose answer does not say how long it lives."),
        choice_setting("dossier_codes", "own", {"own", "portal"},
                       "Under which MaHoSo dossiers are created: the province's own, or the next one the portal hands out."),
        std::move(unit),
        integer_setting("rows_per_call", 10, 1, 500,
                        "Most steps or states of dossiers sent in one call; the portal answers a call as a whole."),
    };
    d.credentials = {std::string(token_name)};
    d.polls = false;
    d.delivers = true;
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(DvcRest);
