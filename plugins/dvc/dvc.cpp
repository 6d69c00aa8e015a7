/// dvc: a public service portal's mapi protocol, one POST address with the service's name and the session in the body.
///
/// How a portal is called is in portal.hpp, what of a dossier leaves the worker in dossiers.hpp, what goes out in synchronise.hpp,
/// and feedback.hpp, what the portal sends inward in notices.hpp, its lists in catalogues.hpp and questions.hpp.
/// Cursor: "v1 2025-03", the month to begin with; of procedures "c1 2025-03-14", the day they were asked; of other catalogues "k1 …",
/// of questions "q1 …".
/// Contexts: "login", "dossiers <month>", "statistics <month>", "catalogue <day>", "procedure <day> <codes>", "list <catalogues>",
/// "questions <lists>", "send <sending>", "feedback <sending>".
#include "hub/sdk/failures.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/words.hpp"
#include "plugins/dvc/catalogues.hpp"
#include "plugins/dvc/dossiers.hpp"
#include "plugins/dvc/feedback.hpp"
#include "plugins/dvc/listing.hpp"
#include "plugins/dvc/messages.hpp"
#include "plugins/dvc/notices.hpp"
#include "plugins/dvc/portal.hpp"
#include "plugins/dvc/questions.hpp"
#include "plugins/dvc/synchronise.hpp"

#include <stdexcept>

namespace {

using namespace lienthong::sdk;
using namespace dvc;

/// Characters of a procedure's code that may stand in a context.
bool is_code(std::string_view code)
{
    return !code.empty() && code.size() <= 100 && code.find_first_of(" \r\n\"\\") == std::string_view::npos;
}

class Dvc final : public Connector
{
public:
    explicit Dvc(const Settings& settings)
        : portal_(settings),
          synchronise_(portal_, settings),
          feedback_(portal_, settings),
          catalogues_(portal_, catalogue_lists, without_persons(settings.text("catalogue_services"))),
          questions_(portal_, question_lists, settings.text("question_services")),
          asks_procedures_(settings.text("ask_for") == "procedures"),
          asks_catalogues_(settings.text("ask_for") == "catalogues"),
          asks_questions_(settings.text("ask_for") == "questions"),
          dossiers_(settings.text("dossier_service")),
          statistics_(settings.text("statistics_service")),
          wants_dossiers_(settings.text("ask_for") != "statistics"),
          wants_statistics_(settings.text("ask_for") != "dossiers"),
          first_(read_month(settings.text("first_period"))),
          lookback_(static_cast<int>(settings.integer("lookback_periods"))),
          session_secs_(static_cast<std::uint64_t>(settings.integer("session_secs"))),
          whole_bodies_(settings.text("unpublished_bodies") == "whole")
    {
        if (!first_)
            throw std::invalid_argument("first_period: expected a month such as 2024-12");
        // Statistics are handed on as they come.
        if (statistics_ == dossiers_ || statistics_ == "DanhSachHoSo")
            throw std::invalid_argument("statistics_service: expected a service of counts, not one that lists dossiers");
        for (const std::string& service : {dossiers_, statistics_})
            if (service.empty() || service.find_first_of("\"\\\r\n") != std::string::npos)
                throw std::invalid_argument("dossier_service, statistics_service: expected names such as DanhSachHoSo");
    }

    Dvc(const Dvc&) = delete;
    Dvc& operator=(const Dvc&) = delete;

    static Description description();

    Step poll(std::string_view cursor, const Moment& moment) const override
    {
        if (asks_procedures_)
            return ask_catalogue(cursor, moment);
        if (asks_catalogues_)
            return catalogues_.poll(cursor, moment);
        if (asks_questions_)
            return questions_.poll(cursor, moment);
        Words words(cursor);
        std::optional<Month> month = first_;
        if (!cursor.empty() && (words.next() != "v1" || !(month = words.month()) || !words.rest().empty()))
            return step_of(unknown_cursor(cursor));
        Step step;
        if (*month <= month_of(moment))
            step.requests.push_back(wants_dossiers_ ? ask_dossiers(*month) : ask_statistics(*month));
        return step;
    }

    Step reply(std::string_view context, const Answer& given, const Moment& moment) const override
    {
        const Answer answer = portal_.opened(given);
        Words words(context);
        const std::string_view kind = words.next();
        if (kind == "login")
            return session(answer);
        if (kind == "send")
            return synchronise_.reply(words.rest(), answer);
        if (kind == "feedback")
            return feedback_.reply(words.rest(), answer);
        if (kind == "list")
            return catalogues_.reply(words, answer);
        if (kind == "questions")
            return questions_.reply(words, answer);
        if (kind == "catalogue" || kind == "procedure")
            return procedures(kind, words, answer, moment);
        const auto month = words.month();
        if (!month || (kind != "dossiers" && kind != "statistics"))
            return step_of(unknown_context(context));
        const std::string& service = kind == "dossiers" ? dossiers_ : statistics_;
        const std::string asked = service + " of " + text_of(*month);
        if (auto failure = portal_.refusal(asked, answer))
            return step_of(std::move(*failure));
        const TreeView result = rows_of(answer);
        if (result.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the array 'result'"));
        Step step;
        if (result.first()) {
            const bool personal = kind == "dossiers";
            step.payloads.push_back(payload_of(service, *month, personal ? kept_dossiers(result) : std::string(result.source())));
            // The reply beside it would hold what the payload leaves out.
            step.payloads.back().keep_reply = !personal;
        }
        if (kind == "dossiers" && wants_statistics_) {
            step.requests.push_back(ask_statistics(*month));
            return step;
        }
        const Month now = month_of(moment);
        Month next = *month + std::chrono::months(1);
        if (next <= now)
            step.requests.push_back(wants_dossiers_ ? ask_dossiers(next) : ask_statistics(next));
        else  // The latest months are asked again next time: dossiers move on, and figures are re-issued.
            next = std::max(now - std::chrono::months(lookback_ - 1), *first_);
        step.cursor = "v1 " + text_of(next);
        return step;
    }

    Step list(std::string_view since, const Moment& moment) const override
    {
        if (asks_procedures_)
            return ask_catalogue({}, moment);
        // Only what changed was taken, so what the portal hands out today says nothing of it.
        if (asks_catalogues_)
            return failed(FailureClass::permanent, "no_list", "catalogues are taken when they change; there is nothing to compare them with");
        if (asks_questions_)
            return failed(FailureClass::permanent, "no_list",
                          "lists of questions are taken when they change; there is nothing to compare them with");
        const auto cursor = dvc::listing_cursor(since, *first_);
        return cursor ? poll(*cursor, moment) : failed(FailureClass::permanent, "since", "expected a day such as 2025-03-10");
    }

    Step acquire(std::string_view name, const Moment& moment) const override
    {
        if (name != "session")
            return Connector::acquire(name, moment);
        Step step;
        step.requests.push_back(portal_.login());
        return step;
    }

    Step deliver(const Parcel& parcel, const Moment&) const override
    {
        return Feedback::is_for(parcel) ? feedback_.deliver(parcel) : synchronise_.deliver(parcel);
    }

    Step find_out(const Parcel& parcel, const Moment&) const override
    {
        return Feedback::is_for(parcel) ? feedback_.find_out(parcel) : synchronise_.find_out(parcel);
    }

    Step called(const InboundRequest& request, const Moment&) const override { return dvc::notice(request, whole_bodies_); }

    Step journaled(std::string_view context, Arrived arrived, const Moment&) const override { return dvc::notice_reply(context, arrived); }

private:
    /// The catalogue of procedures, once a day: it is large, and changes by decisions.
    [[nodiscard]] Step ask_catalogue(std::string_view cursor, const Moment& moment) const
    {
        const std::string today = "c1 " + text_of(day_of(moment));
        if (!cursor.empty() && (cursor.substr(0, 3) != "c1 " || cursor.size() != today.size()))
            return step_of(unknown_cursor(cursor));
        Step step;
        if (cursor != today)
            step.requests.push_back(portal_.ask({Endpoint::share, "LayDanhSachTTHC"}, "catalogue " + text_of(day_of(moment))));
        return step;
    }

    /// Contexts "catalogue <day>" and "procedure <day> <code> <codes still to be asked>".
    [[nodiscard]] Step procedures(std::string_view kind, Words words, const Answer& answer, const Moment& moment) const
    {
        const std::string day(words.next());
        const auto month = read_month(std::string_view(day).substr(0, 7));
        if (!month)
            return step_of(unknown_context("catalogue"));
        const std::string code(kind == "catalogue" ? std::string_view() : words.next());
        const std::string asked = kind == "catalogue" ? "LayDanhSachTTHC" : "LayThuTuc of " + excerpt(code);
        if (auto failure = portal_.refusal(asked, answer))
            return step_of(std::move(*failure));
        const TreeView rows = rows_of(answer);
        if (rows.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the array 'result'"));
        Step step;
        std::string left(words.rest());
        if (kind == "catalogue") {
            for (TreeView row = rows.first(); row; row = row.next()) {
                const std::string_view one = row.child_any_case("MATTHC").text();
                if (is_code(one))
                    left += (left.empty() ? "" : " ") + std::string(one);
                else
                    step.set_aside.push_back({{}, "a row of LayDanhSachTTHC has no MATTHC that could be one", std::string(row.source()), {}});
            }
        } else if (rows.first()) {
            step.payloads.push_back(payload_of("LayThuTuc", *month, rows.source()));
            step.payloads.back().source_id = "LayThuTuc/" + code;
            step.payloads.back().keep_reply = true;
        } else {
            step.set_aside.push_back({{}, "LayDanhSachTTHC names a procedure that LayThuTuc does not know", "{\"maTTHC\":" + json_quoted(code) + '}', {}});
        }
        Words still(left);
        const std::string next(still.next());
        if (next.empty())
            step.cursor = "c1 " + text_of(day_of(moment));
        else
            step.requests.push_back(portal_.ask({Endpoint::integration, "LayThuTuc", {{"maTTHC", next}}}, "procedure " + day + ' ' + left));
        return step;
    }

    [[nodiscard]] Request ask_dossiers(Month month) const
    {
        const std::string days = text_of(month) + '-';
        return portal_.ask({Endpoint::integration, dossiers_, {{"ngayNhan1", days + "01"}, {"ngayNhan2", days + padded(last_day(month), 2)}}},
                           "dossiers " + text_of(month));
    }

    [[nodiscard]] Request ask_statistics(Month month) const
    {
        return portal_.ask({Endpoint::integration, statistics_,
                            {{"thang", std::to_string(month_number(month)), true}, {"nam", std::to_string(year_number(month)), true}}},
                           "statistics " + text_of(month));
    }

    [[nodiscard]] Step session(const Answer& answer) const
    {
        constexpr std::string_view asked = "the login";
        if (auto failure = portal_.refusal(asked, answer)) {
            // Refused by the portal itself: another try with the same name and password cannot help.
            if (failure->kind == FailureClass::auth || Portal::is_own_word(*failure)) {
                failure->kind = FailureClass::permanent;
                failure->credential.clear();
                failure->detail += "; check username, password and dstcode";
            }
            return step_of(std::move(*failure));
        }
        const TreeView value = answer.document.child_any_case("session");
        if (value.kind() != LIENTHONG_NODE_TEXT || value.text().empty())
            return step_of(wrong_shape(asked, "the text 'session'"));
        Step step;
        step.credential = CredentialValue{"session", std::string(value.text()), session_secs_ * 1000U};
        return step;
    }

    Portal portal_;
    Synchronise synchronise_;
    Feedback feedback_;
    DailyLists catalogues_, questions_;
    bool asks_procedures_, asks_catalogues_, asks_questions_;
    std::string dossiers_, statistics_;
    bool wants_dossiers_, wants_statistics_;
    std::optional<Month> first_;
    int lookback_;
    std::uint64_t session_secs_;
    bool whole_bodies_;
};

/// Needed where a call is made in a session.
Setting for_a_session(SettingType type, std::string name, std::string help)
{
    Setting setting = make_setting(type, std::move(name), {}, std::move(help));
    setting.needed_when = "call_form=body";
    return setting;
}

Description Dvc::description()
{
    Description d;
    d.name = "dvc";
    d.version = "1";
    d.speaks =
        "Public service portal, classic mapi protocol through an X-Road adapter. In: dossiers and statistics, month by month, and "
        "the catalogues of procedures, units, fields and others, and what was asked and answered, once a day. Out: dossiers and their "
        "steps, and how far the province is with dossiers of the portal. Called: promotion notices, dossiers and tax notices. It fetches no "
        "files.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the adapter listens."),
        for_a_session(SettingType::text, "username", "Account the portal issued to the hub."),
        for_a_session(SettingType::secret, "password", "Password that goes with it."),
        required(SettingType::text, "madonvi", "Identifier of the unit whose dossiers are asked for, such as H31."),
        text_setting("integration_path", "/mapi/g", "Where services of dossiers, statistics, questions and single procedures are asked, behind adapter_path."),
        text_setting("share_path", "/mapi/g", "Where catalogues are asked, behind adapter_path."),
        choice_setting("ask_for", "both", {"both", "dossiers", "statistics", "procedures", "catalogues", "questions"},
                       "Which services this flow asks, both being dossiers and statistics; a mapping reads one kind."),
        text_setting("catalogue_services", "LayDanhMucCoQuan LayDanhMucLinhVuc",
                     "With ask_for catalogues: names of the lists' services, at most 40, with a space between."),
        text_setting("question_services", "LayDanhSachHoiDapGuiTuDVCQG LayDanhSachHoiDapBoCoQuan",
                     "With ask_for questions: names of the services that list them, at most 40, with a space between."),
        text_setting("dossier_service", "DanhSachHoSo", "Name of the service that lists dossiers by day of receipt."),
        text_setting("statistics_service", "ThongKeThang", "Name of the service with the month's statistics; assumed."),
        text_setting("first_period", "2024-12", "Month to begin with, such as 2024-12."),
        integer_setting("lookback_periods", 2, 1, 240, "Latest months asked again by each poll."),
        integer_setting("session_secs", 540, 10, 86'400, "How long a session is used; the portal's own limit is unpublished."),
        integer_setting("dossiers_per_call", 10, 1, 500, "Most dossiers sent in one call; the portal answers a call as a whole."),
        integer_setting("steps_per_call", 10, 1, 500, "Most steps of dossiers sent in one call."),
        choice_setting("ask_first", "no", {"no", "yes"},
                       "Whether each dossier is asked about before it is sent, so that a step sent again is not doubled at a portal that keeps both."),
        choice_setting("feedback_for", "submitted_at_portal", {"submitted_at_portal", "all"},
                       "Whose state is told by feedback: dossiers the portal says were submitted there, or all the flow's facts are of."),
        choice_setting("unpublished_bodies", "shape", {"shape", "whole"},
                       "What is kept of notices whose content nobody has published: names and kinds, with the values of known members, or everything."),
    };
    append(d.settings, Portal::dialect());
    append(d.settings, XRoad::settings("/XrdAdapter/RestService/forward", "VN:GOV:000.00.00.G22:vpcpdvcprovider"));
    d.routes = dvc::notice_routes();
    d.credentials = {"session"};
    d.lists = true;
    d.delivers = true;
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Dvc);
