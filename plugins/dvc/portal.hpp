/// Portal: how a portal's mapi services are called, and what its envelope says. For the connector beside it.
///
/// Two settings are dialects. `call_form`: everything in one body with the session, or, of provinces' proxies, the service at the
/// end of the path and what it is told in the query. `answer_form`: the envelope, or the envelope as JSON text in `message`.
#pragma once

#include "hub/sdk/connector.hpp"
#include "hub/sdk/failures.hpp"
#include "hub/sdk/json_text.hpp"
#include "hub/sdk/percent.hpp"
#include "hub/sdk/query.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/xroad.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dvc {

using namespace lienthong::sdk;

/// What a mapi answer says of itself, whatever the HTTP status.
struct Verdict
{
    std::string code;     ///< error_code, a number or a text on the wire; a proxy's answer may have none.
    std::string message;  ///< Fit for a sentence.

    [[nodiscard]] bool said(std::string_view words) const { return message.find(words) != std::string::npos; }
    /// A success names itself; senders go by the words as much as by the number.
    [[nodiscard]] bool taken() const { return code == "0" && (message.empty() || said("hành công")); }
    /// The words alone say so for certain: no number does, and -1 stands for any error.
    [[nodiscard]] bool session_ended() const { return said("hiên làm việc") || said("PHIÊN LÀM VIỆC"); }
};

/// The verdict; its code is empty where the answer has none.
inline Verdict verdict_of(const Answer& answer)
{
    return {excerpt(answer.document.child_any_case("error_code").text(), 40),
            excerpt(answer.document.child_any_case("message").text())};
}

/// The rows of an answer: `result`, or `data` where a service calls them so.
inline TreeView rows_of(const Answer& answer)
{
    const TreeView result = answer.document.child_any_case("result");
    return result ? result : answer.document.child_any_case("data");
}

/// The two addresses that services are asked at.
enum class Endpoint : std::uint8_t { integration, share };

struct Member
{
    std::string_view name;
    std::string value;
    bool number = false;  ///< Else a text.
};

/// A service, and what it is told.
struct Call
{
    Endpoint at = Endpoint::integration;
    std::string service{};
    std::vector<Member> members{};
    std::string data{};  ///< JSON text of what is sent; empty where the service is only asked.
};

/// Requests of one portal account, and what their answers are wrapped in. Says nothing of what services mean.
class Portal
{
public:
    static std::vector<Setting> dialect()
    {
        return {
            choice_setting("call_form", "body", {"body", "query"},
                           "How a service is called: by one body with the session; or, as proxies want it, by its name at the end of the "
                           "path, what it is told in the query and rows alone in the body, without a session."),
            choice_setting("answer_form", "plain", {"plain", "message_text"},
                           "What an answer is: the portal's own, or, as some proxies send it, that as JSON text in the member message."),
        };
    }

    explicit Portal(const Settings& settings)
        : xroad_(settings),
          integration_(settings.text("integration_path")),
          share_(settings.text("share_path")),
          unit_(settings.text("madonvi")),
          username_(settings.text("username")),
          in_query_(settings.text("call_form") == "query"),
          unwraps_(settings.text("answer_form") == "message_text")
    {
    }

    [[nodiscard]] Request login() const
    {
        return post("/mapi/login",
                    concat({literal("{\"username\":"), json_string(literal(username_)), literal(",\"password\":"),
                            json_string(secret("password")), literal("}")}),
                    "login");
    }

    [[nodiscard]] Request ask(const Call& call, std::string context) const
    {
        const std::string& path = call.at == Endpoint::share ? share_ : integration_;
        if (in_query_)
            return ask_by_query(path, call, std::move(context));
        std::string rest = ",\"service\":\"" + call.service + '"';
        for (const Member& member : call.members)
            rest += ",\"" + std::string(member.name) + "\":" + (member.number ? member.value : json_quoted(member.value));
        rest += call.data.empty() ? "}" : ",\"data\":" + call.data + '}';
        return post(path,
                    concat({literal("{\"session\":"), json_string(credential("session")), literal(",\"madonvi\":"),
                            json_string(literal(unit_)), literal(std::move(rest))}),
                    std::move(context));
    }

    /// The answer whose document is the envelope itself, wherever it came. Valid as long as `given`.
    [[nodiscard]] Answer opened(const Answer& given) const
    {
        Answer out = given;
        const TreeView inside = unwraps_ ? given.document.child_any_case("message") : TreeView();
        if (inside.kind() == LIENTHONG_NODE_OBJECT)
            out.document = inside;
        return out;
    }

    /// The portal decides by error_code, a number or a text, whatever the HTTP status; a session that has ended comes as 200.
    /// Of an answer that was wrapped, rows alone are a yes.
    [[nodiscard]] std::optional<Failure> refusal(std::string_view asked, const Answer& answer) const
    {
        if (auto failure = http_failure(answer, asked, "session"))
            return failure;
        const Verdict verdict = verdict_of(answer);
        if (verdict.code.empty())
            return codeless(asked, verdict, answer);
        if (verdict.code == "0")
            return std::nullopt;
        Failure failure{FailureClass::unknown, std::string(own_word) + verdict.code,
                        std::string(asked) + " was refused by the portal: " + words_of(verdict, answer), {}, 0};
        if (verdict.session_ended() || verdict.code == "-1")
            may_be_the_session(failure);
        else if (says_wrong_key(verdict.code))
            failure.kind = FailureClass::permanent;
        return failure;
    }

    /// The failure of a call that hands something over, which says nothing of what was handed over. Half an answer, or a gateway's
    /// word, does not say that nothing arrived; a portal that refuses in its own words has decided, and that is no failure here.
    [[nodiscard]] std::optional<Failure> unheard(std::string_view asked, const Answer& answer) const
    {
        auto failure = refusal(asked, answer);
        const Verdict verdict = verdict_of(answer);
        const bool decided = !verdict.code.empty() && answer.document;
        if (!failure)
            return decided ? std::nullopt : std::optional(wrong_shape(asked, "error_code"));
        if (decided && is_own_word(*failure) && failure->kind != FailureClass::permanent && !verdict.session_ended())
            return std::nullopt;
        if (failure->kind == FailureClass::transient)
            failure->kind = FailureClass::unknown;
        return failure;
    }

    /// To stand beside what a refusal means for what was handed over: perhaps it is the session that has ended, in words nobody
    /// knows, and with a new one the portal would say yes.
    [[nodiscard]] std::optional<Failure> doubt(std::string_view asked, const Answer& answer) const
    {
        auto failure = in_query_ ? std::nullopt : refusal(asked, answer);
        if (failure)
            may_be_the_session(*failure);
        return failure;
    }

    /// Whether the portal itself said no, and not somebody before it.
    [[nodiscard]] static bool is_own_word(const Failure& failure) { return failure.code.starts_with(own_word); }

private:
    static constexpr std::string_view own_word = "mapi_";

    static void may_be_the_session(Failure& failure)
    {
        failure.kind = FailureClass::auth;
        failure.credential = "session";
    }

    /// A text that was to be JSON may hold persons: only why it is none is said.
    static std::string words_of(const Verdict& verdict, const Answer& answer)
    {
        return answer.unreadable.empty() ? verdict.message : excerpt(answer.unreadable);
    }

    [[nodiscard]] std::optional<Failure> codeless(std::string_view asked, const Verdict& verdict, const Answer& answer) const
    {
        if (!unwraps_)
            return wrong_shape(asked, "error_code");
        if (rows_of(answer))
            return std::nullopt;
        if (verdict.message.empty())
            return wrong_shape(asked, "error_code, result, or a message that holds them");
        return Failure{FailureClass::unknown,
                       "message_text",
                       std::string(asked) + " was answered with a message that holds no answer: " + words_of(verdict, answer) +
                           "; ask who runs the proxy, or check answer_form",
                       {},
                       0};
    }

    /// GET where a service is asked, POST where it is sent rows. The unit is told to services of dossiers only: catalogues are the same
    /// for all.
    [[nodiscard]] Request ask_by_query(const std::string& path, const Call& call, std::string context) const
    {
        Request request = begin(path + '/' + call.service, std::move(context));
        if (call.at == Endpoint::integration)
            add_query(request, "MaDinhDanhDV", literal(percent_encoded(unit_)));
        for (const Member& member : call.members)
            add_query(request, std::string(member.name), literal(percent_encoded(member.value)));
        request.method = call.data.empty() ? "GET" : "POST";
        if (!call.data.empty()) {
            request.headers.push_back({"Content-Type", literal("application/json")});
            request.body = literal(call.data);
        }
        xroad_.route(request);
        return request;
    }

    [[nodiscard]] Request post(const std::string& path, Part body, std::string context) const
    {
        Request request = begin(path, std::move(context));
        request.method = "POST";
        request.headers.push_back({"Content-Type", literal("application/json")});
        request.headers.push_back({"Charset", literal("utf-8")});
        request.body = std::move(body);
        xroad_.route(request);
        return request;
    }

    [[nodiscard]] Request begin(const std::string& path, std::string context) const
    {
        Request request;
        request.target = literal(path);
        request.headers = {{"Accept", literal("application/json")}};
        request.answer = unwraps_ ? AnswerForm::json_texts : AnswerForm::json;
        request.context = std::move(context);
        request.timeout_millis = 60'000;
        return request;
    }

    XRoad xroad_;
    std::string integration_, share_, unit_, username_;
    bool in_query_, unwraps_;
};

}  // namespace dvc
