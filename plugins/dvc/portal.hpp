/// Portal: how a portal's mapi services are called, and what its envelope says. For the connector beside it.
#pragma once

#include "hub/sdk/connector.hpp"
#include "hub/sdk/failures.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace dvc {

using namespace lienthong::sdk;

/// What a mapi answer says of itself, whatever the HTTP status.
struct Verdict
{
    std::string code;     ///< error_code, a number or a text on the wire.
    std::string message;  ///< Fit for a sentence.

    [[nodiscard]] bool said(std::string_view words) const { return message.find(words) != std::string::npos; }
    /// -1 stands for any error; a new session is the one thing that can help, and it is tried once.
    [[nodiscard]] bool session_ended() const { return code == "-1" || said("Phiên làm việc"); }
};

/// The verdict; its code is empty where the answer has none.
inline Verdict verdict_of(const Answer& answer)
{
    return {excerpt(answer.document.child_any_case("error_code").text(), 40),
            excerpt(answer.document.child_any_case("message").text())};
}

/// The portal decides by error_code, a number or a text, whatever the HTTP status; a session that has ended comes as 200.
inline std::optional<Failure> refusal(std::string_view asked, const Answer& answer)
{
    if (auto failure = http_failure(answer, asked, "session"))
        return failure;
    const Verdict verdict = verdict_of(answer);
    if (verdict.code.empty())
        return wrong_shape(asked, "error_code");
    if (verdict.code == "0")
        return std::nullopt;
    Failure failure{FailureClass::unknown, "mapi_" + verdict.code,
                    std::string(asked) + " was refused by the portal: " + verdict.message, {}, 0};
    if (verdict.session_ended()) {
        failure.kind = FailureClass::auth;
        failure.credential = "session";
    } else if (verdict.code.size() == 4 && verdict.code.substr(0, 3) == "-30") {
        failure.kind = FailureClass::permanent;
    }
    return failure;
}

/// The rows of an answer: `result`, or `data` where a service calls them so.
inline TreeView rows_of(const Answer& answer)
{
    const TreeView result = answer.document.child_any_case("result");
    return result ? result : answer.document.child_any_case("data");
}

/// The two addresses behind the adapter that services are asked at.
enum class Endpoint : std::uint8_t { integration, share };

/// Requests of one portal account. Says nothing of what services mean.
class Portal
{
public:
    explicit Portal(const Settings& settings)
        : adapter_(settings.text("adapter_path")),
          integration_(settings.text("integration_path")),
          share_(settings.text("share_path")),
          unit_(settings.text("madonvi")),
          destination_(settings.text("dstcode")),
          username_(settings.text("username"))
    {
    }

    [[nodiscard]] Request login() const
    {
        return post("/mapi/login",
                    concat({literal("{\"username\":"), json_string(literal(username_)), literal(",\"password\":"),
                            json_string(secret("password")), literal("}")}),
                    "login");
    }

    /// `members`: the service's own, as JSON text, each behind a comma: ",\"nam\":2025".
    [[nodiscard]] Request ask(Endpoint at, std::string_view service, std::string_view members, std::string context) const
    {
        return post(at == Endpoint::share ? share_ : integration_,
                    concat({literal("{\"session\":"), json_string(credential("session")), literal(",\"madonvi\":"),
                            json_string(literal(unit_)),
                            literal(",\"service\":\"" + std::string(service) + '"' + std::string(members) + '}')}),
                    std::move(context));
    }

private:
    [[nodiscard]] Request post(const std::string& path, Part body, std::string context) const
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

    std::string adapter_, integration_, share_, unit_, destination_, username_;
};

}  // namespace dvc
