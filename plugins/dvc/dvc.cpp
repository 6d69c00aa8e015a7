/// dvc: a public service portal's mapi protocol, one POST address with the service's name and the session in the body.
///
/// What the portal sends inward is in notices.hpp.
/// Cursor: "v1 2025-03", the month to begin with. Contexts: "login", "dossiers <month>", "statistics <month>".
#include "hub/sdk/failures.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/words.hpp"
#include "plugins/dvc/listing.hpp"
#include "plugins/dvc/notices.hpp"

#include <stdexcept>

namespace {

using namespace lienthong::sdk;

/// The portal decides by error_code, a number or a text, whatever the HTTP status; a session that has ended comes as 200.
std::optional<Failure> refusal(std::string_view asked, const Answer& answer)
{
    if (auto failure = http_failure(answer, asked, "session"))
        return failure;
    const std::string_view code = answer.document.child_any_case("error_code").text();
    const std::string message = excerpt(answer.document.child_any_case("message").text());
    if (code.empty())
        return wrong_shape(asked, "error_code");
    if (code == "0")
        return std::nullopt;
    Failure failure{
        FailureClass::unknown, "mapi_" + excerpt(code, 40), std::string(asked) + " was refused by the portal: " + message, {}, 0};
    // -1 stands for any error; a new session is the one thing that can help, and it is tried once.
    if (code == "-1" || message.find("Phiên làm việc") != std::string::npos) {
        failure.kind = FailureClass::auth;
        failure.credential = "session";
    } else if (code.size() == 4 && code.substr(0, 3) == "-30") {
        failure.kind = FailureClass::permanent;
    }
    return failure;
}

class Dvc final : public Connector
{
public:
    explicit Dvc(const Settings& settings)
        : adapter_(settings.text("adapter_path")),
          unit_(settings.text("madonvi")),
          destination_(settings.text("dstcode")),
          username_(settings.text("username")),
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
        for (const std::string& service : {dossiers_, statistics_})
            if (service.empty() || service.find_first_of("\"\\\r\n") != std::string::npos)
                throw std::invalid_argument("dossier_service, statistics_service: expected names such as DanhSachHoSo");
    }

    static Description description();

    Step poll(std::string_view cursor, const Moment& moment) const override
    {
        Words words(cursor);
        std::optional<Month> month = first_;
        if (!cursor.empty() && (words.next() != "v1" || !(month = words.month()) || !words.rest().empty()))
            return step_of(unknown_cursor(cursor));
        Step step;
        if (*month <= month_of(moment))
            step.requests.push_back(wants_dossiers_ ? ask_dossiers(*month) : ask_statistics(*month));
        return step;
    }

    Step reply(std::string_view context, const Answer& answer, const Moment& moment) const override
    {
        Words words(context);
        const std::string_view kind = words.next();
        if (kind == "login")
            return session(answer);
        const auto month = words.month();
        if (!month || (kind != "dossiers" && kind != "statistics"))
            return step_of(unknown_context(context));
        const std::string& service = kind == "dossiers" ? dossiers_ : statistics_;
        const std::string asked = service + " of " + text_of(*month);
        if (auto failure = refusal(asked, answer))
            return step_of(std::move(*failure));
        TreeView result = answer.document.child_any_case("result");
        if (!result)
            result = answer.document.child_any_case("data");
        if (result.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the array 'result'"));
        Step step;
        if (result.first()) {
            Payload payload;
            payload.content_type = "application/json";
            payload.bytes = "{\"service\":\"" + service + "\"," + numbers(*month) + ",\"result\":";
            payload.bytes += result.source();
            payload.bytes += '}';
            payload.keep_reply = true;
            step.payloads.push_back(std::move(payload));
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
        const auto cursor = dvc::listing_cursor(since, *first_);
        return cursor ? poll(*cursor, moment) : failed(FailureClass::permanent, "since", "expected a day such as 2025-03-10");
    }

    Step acquire(std::string_view name, const Moment& moment) const override
    {
        if (name != "session")
            return Connector::acquire(name, moment);
        Step step;
        step.requests.push_back(post("/mapi/login",
                                     concat({literal("{\"username\":"), json_string(literal(username_)),
                                             literal(",\"password\":"), json_string(secret("password")), literal("}")}),
                                     "login"));
        return step;
    }

    Step called(const InboundRequest& request, const Moment&) const override { return dvc::notice(request, whole_bodies_); }

    Step journaled(std::string_view context, Arrived arrived, const Moment&) const override { return dvc::notice_reply(context, arrived); }

private:
    static std::string numbers(Month month)
    {
        return "\"thang\":" + std::to_string(month_number(month)) + ",\"nam\":" + std::to_string(year_number(month));
    }

    [[nodiscard]] Request post(std::string path, Part body, std::string context) const
    {
        Request request;
        request.method = "POST";
        request.target = literal(adapter_ + path);
        request.headers = {{"Accept", literal("application/json")},
                           {"Content-Type", literal("application/json")},
                           {"Charset", literal("utf-8")},
                           {"dstcode", literal(destination_)}};
        request.body = std::move(body);
        request.context = std::move(context);
        request.timeout_millis = 60'000;
        return request;
    }

    [[nodiscard]] Request ask_service(const std::string& service, std::string parameters, std::string context) const
    {
        return post("/mapi/g",
                    concat({literal("{\"session\":"), json_string(credential("session")), literal(",\"madonvi\":"),
                            json_string(literal(unit_)), literal(",\"service\":\"" + service + '"' + parameters + '}')}),
                    std::move(context));
    }

    [[nodiscard]] Request ask_dossiers(Month month) const
    {
        return ask_service(dossiers_,
                           ",\"ngayNhan1\":\"" + text_of(month) + "-01\",\"ngayNhan2\":\"" + text_of(month) + '-' +
                               padded(last_day(month), 2) + '"',
                           "dossiers " + text_of(month));
    }

    [[nodiscard]] Request ask_statistics(Month month) const
    {
        return ask_service(statistics_, "," + numbers(month), "statistics " + text_of(month));
    }

    [[nodiscard]] Step session(const Answer& answer) const
    {
        constexpr std::string_view asked = "the login";
        if (auto failure = refusal(asked, answer)) {
            // Refused by the portal itself: another try with the same name and password cannot help.
            if (failure->kind == FailureClass::auth || failure->code.compare(0, 5, "mapi_") == 0) {
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

    std::string adapter_, unit_, destination_, username_, dossiers_, statistics_;
    bool wants_dossiers_, wants_statistics_;
    std::optional<Month> first_;
    int lookback_;
    std::uint64_t session_secs_;
    bool whole_bodies_;
};

Description Dvc::description()
{
    Description d;
    d.name = "dvc";
    d.version = "1";
    d.speaks =
        "Public service portal, classic mapi protocol through an X-Road adapter, in: dossiers and statistics, month by month. It "
        "does not fetch files, and does not synchronise dossiers back. Called: promotion notices, dossiers and tax notices.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the adapter listens."),
        required(SettingType::text, "username", "Account the portal issued to the hub."),
        required(SettingType::secret, "password", "Password that goes with it."),
        required(SettingType::text, "madonvi", "Identifier of the unit whose dossiers are asked for, such as H31."),
        text_setting("dstcode", "VN:GOV:000.00.00.G22:vpcpdvcprovider", "Address of the service behind the adapter."),
        text_setting("adapter_path", "/XrdAdapter/RestService/forward", "Path of the adapter below base_url."),
        choice_setting("ask_for", "both", {"both", "dossiers", "statistics"}, "Which of the two services this flow asks; a mapping reads one kind."),
        text_setting("dossier_service", "DanhSachHoSo", "Name of the service that lists dossiers by day of receipt."),
        text_setting("statistics_service", "ThongKeThang", "Name of the service with the month's statistics; assumed."),
        text_setting("first_period", "2024-12", "Month to begin with, such as 2024-12."),
        integer_setting("lookback_periods", 2, 1, 240, "Latest months asked again by each poll."),
        integer_setting("session_secs", 540, 10, 86'400, "How long a session is used; the portal's own limit is unpublished."),
        choice_setting("unpublished_bodies", "shape", {"shape", "whole"},
                       "What is kept of notices whose content nobody has published: names and kinds, with the values of known members, or everything."),
    };
    d.routes = dvc::notice_routes();
    d.credentials = {"session"};
    d.lists = true;
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Dvc);
