/// Portal: how the newer portal's services are called, and what its envelope says. For the connector beside it.
#pragma once

#include "hub/sdk/connector.hpp"
#include "hub/sdk/failures.hpp"
#include "hub/sdk/json_text.hpp"
#include "hub/sdk/query.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace dvc_rest {

using namespace lienthong::sdk;

inline constexpr std::string_view token_name = "token";

/// What an answer says of itself: {code, message, data}. The portal uses numbers of HTTP for its code.
struct Verdict
{
    std::int32_t status = 0;  ///< Of HTTP; of the envelope where HTTP says success and the envelope does not.
    bool enveloped = false;   ///< It is the portal's own word, not a gateway's.
    std::string message;      ///< Fit for a sentence.

    [[nodiscard]] bool success() const { return status >= 200 && status <= 299; }
    [[nodiscard]] bool said(std::string_view words) const { return message.find(words) != std::string::npos; }
};

inline Verdict verdict_of(const Answer& answer)
{
    const TreeView code = answer.document.child_any_case("code"), message = answer.document.child_any_case("message");
    Verdict out{answer.status, code || message, excerpt(message.text())};
    const auto number = read_digits(code.text());
    if (out.success() && number && *number != 0)
        out.status = *number;
    return out;
}

/// Nothing where the portal says yes.
inline std::optional<Failure> refusal(std::string_view asked, const Answer& answer)
{
    const Verdict verdict = verdict_of(answer);
    auto failure = http_failure(answer, asked, token_name);
    if (!failure && !verdict.success())
        failure = status_failure(verdict.status, asked, token_name);
    if (failure && !verdict.message.empty())
        failure->detail += " (the portal says: " + verdict.message + ')';
    return failure;
}

/// Whether it is one word, which can stand beside another in a partner's name.
inline bool is_word(std::string_view text)
{
    return !text.empty() && text.size() <= 200 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

/// Requests of one client of the portal. Says nothing of what services mean.
class Portal
{
public:
    explicit Portal(const Settings& settings)
        : token_endpoint_(settings.text("token_url").empty() ? "base_url" : "token_url"),
          token_path_(settings.text("token_path")),
          code_path_(settings.text("code_path")),
          unit_(settings.text("madonvi")),
          token_millis_(static_cast<std::uint64_t>(settings.integer("token_secs")) * 1000U)
    {
    }

    [[nodiscard]] Request token() const
    {
        Request request;
        request.endpoint = token_endpoint_;
        request.method = "POST";
        request.target = literal(token_path_);
        request.headers = {{"Accept", literal("application/json")}, {"Content-Type", literal("application/json")}};
        request.body = concat({literal("{\"client_id\":"), json_string(secret("client_id")), literal(",\"client_secret\":"),
                               json_string(secret("client_secret")), literal("}")});
        request.context = "token";
        return request;
    }

    /// What the answer to token() means.
    [[nodiscard]] Step token(const Answer& answer) const
    {
        constexpr std::string_view asked = "the token";
        if (auto failure = refusal(asked, answer)) {
            // A refused client stays refused: another try with the same names cannot help.
            if (failure->kind == FailureClass::auth || failure->kind == FailureClass::permanent) {
                failure->kind = FailureClass::permanent;
                failure->credential.clear();
                failure->detail += "; check client_id, client_secret and token_path";
            }
            return step_of(std::move(*failure));
        }
        const TreeView data = answer.document.child_any_case("data");
        const TreeView value = data.child_any_case("access_token"), life = data.child_any_case("expires_in");
        const auto seconds = life ? read_digits(life.text()) : std::optional(0);
        if (value.kind() != LIENTHONG_NODE_TEXT || value.text().empty() || !seconds ||
            !std::all_of(value.text().begin(), value.text().end(), [](char c) { return c > ' ' && c <= '~'; }))
            return step_of(wrong_shape(asked, "data with access_token and expires_in"));
        Step step;
        step.credential = CredentialValue{std::string(token_name), std::string(value.text()), token_millis_};
        // A token may be handed out again until it ends: a minute is kept in hand, or half of what is left.
        if (life)
            step.credential->lifetime_millis = static_cast<std::uint64_t>(*seconds > 120 ? *seconds - 60 : *seconds / 2) * 1000U;
        return step;
    }

    [[nodiscard]] Request next_code(std::string context) const
    {
        Request request = call("GET", code_path_, std::move(context));
        add_query(request, "MaDonVi", form_url(literal(unit_)));
        return request;
    }

    [[nodiscard]] static Request post(const std::string& path, std::string body, std::string context)
    {
        Request request = call("POST", path, std::move(context));
        request.headers.push_back({"Content-Type", literal("application/json")});
        request.body = literal(std::move(body));
        request.repeatable = false;
        return request;
    }

private:
    [[nodiscard]] static Request call(const char* method, const std::string& path, std::string context)
    {
        Request request;
        request.method = method;
        request.target = literal(path);
        request.headers = {{"Accept", literal("application/json")},
                           {"Authorization", concat({literal("Bearer "), credential(std::string(token_name))})}};
        request.context = std::move(context);
        request.timeout_millis = 60'000;
        return request;
    }

    std::string token_endpoint_, token_path_, code_path_, unit_;
    std::uint64_t token_millis_;
};

}  // namespace dvc_rest
