/// Sign-in: how a call proves who makes it. The ways that platforms were found to ask for, chosen by a setting.
///
/// A connector puts settings() among its own, finishes each data request with prove(), and hands acquire(name) and the answers
/// whose context is `context` on. Secrets and tokens stand in requests by name only; the host fills them in.
#pragma once

#include "hub/sdk/gateway.hpp"
#include "hub/sdk/query.hpp"
#include "hub/sdk/spec.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::sdk {

class SignIn
{
public:
    static constexpr std::string_view context = "sign_in";  ///< Of every request for a token.
    static constexpr std::string_view token_name = "bearer";

    enum class Way : std::uint8_t {
        none,
        oauth_basic,  ///< Client credentials in a Basic header for a token (WSO2 API Manager).
        oauth_body,   ///< Client credentials in the form for a token.
        lgsp_header,  ///< `lgspaccesstoken`: base64 of a JSON text with the keys, for a token and on every call.
        lgsp_bare,    ///< The same text bare in `Authorization`; no token.
        login,        ///< Name and password in JSON for a token; X-SystemId and X-SecretKey on every call.
        key_pair,     ///< MaDonVi and ApiKey as headers, the key again in the query and as Bearer.
        fixed,        ///< A token from the settings, behind a scheme word of its own.
        basic,        ///< Name and password in a Basic header on every call.
        key_header,   ///< A key in one header of the platform's own name.
    };

    /// `way` is the fallback of the setting sign_in.
    static std::vector<Setting> settings(std::string_view way, std::string token_path);

    explicit SignIn(const Settings& settings)
        : way_(way_of(settings.text("sign_in"))),
          settings_(settings),
          token_endpoint_(settings.text("token_url").empty() ? "base_url" : "token_url"),
          lifetime_secs_(static_cast<std::uint64_t>(settings.integer("token_secs")))
    {
    }

    /// The credential that an answer of status 401 declares dead; empty where a call carries none.
    [[nodiscard]] std::string_view credential_name() const { return takes_token() ? token_name : std::string_view(); }

    /// Adds what proves the caller. Call once, when the target is complete.
    void prove(Request& request) const;
    [[nodiscard]] Step acquire(std::string_view name) const;
    /// What the answer to a request of acquire() means.
    [[nodiscard]] Step acquired(const Answer& answer) const;

private:
    [[nodiscard]] bool takes_token() const
    {
        return way_ == Way::oauth_basic || way_ == Way::oauth_body || way_ == Way::lgsp_header || way_ == Way::login;
    }
    static const std::vector<std::string>& words()
    {
        static const std::vector<std::string> all = {"none",  "oauth_basic", "oauth_body", "lgsp_header", "lgsp_bare",
                                                     "login", "key_pair",    "fixed",      "basic",       "key_header"};
        return all;
    }
    /// RFC 6749, appendix A.12. Anything else could never be sent, and would be kept until its time is up.
    static bool is_token(std::string_view text)
    {
        return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
    }
    static Way way_of(std::string_view word)
    {
        const auto at = std::find(words().begin(), words().end(), word);
        return at == words().end() ? Way::none : static_cast<Way>(at - words().begin());
    }
    [[nodiscard]] Part setting_as_json(std::string_view name) const
    {
        return json_string(literal(std::string(settings_.text(name))));
    }
    [[nodiscard]] Part keys_as_json() const;
    [[nodiscard]] Part login_as_json() const;

    Way way_;
    Settings settings_;
    std::string token_endpoint_;
    std::uint64_t lifetime_secs_;
};

inline std::vector<Setting> SignIn::settings(std::string_view way, std::string token_path)
{
    const auto only = [](Setting setting, std::string ways) {
        setting.needed_when = "sign_in=" + std::move(ways);
        return setting;
    };
    const auto secret_of = [&](std::string name, std::string ways, std::string help) {
        return only(make_setting(SettingType::secret, std::move(name), {}, std::move(help)), std::move(ways));
    };
    const auto text_of_way = [&](std::string name, std::string ways, std::string help) {
        return only(text_setting(std::move(name), {}, std::move(help)), std::move(ways));
    };
    return {
        choice_setting("sign_in", std::string(way), words(), "How calls prove who makes them."),
        secret_of("consumer_key", "oauth_basic,oauth_body", "Consumer key the platform issued to the hub."),
        secret_of("consumer_secret", "oauth_basic,oauth_body", "Consumer secret that goes with it."),
        secret_of("access_key", "lgsp_header,lgsp_bare", "AccessKey the platform issued to the hub."),
        secret_of("secret_key", "lgsp_header,lgsp_bare", "SecretKey that goes with it."),
        text_of_way("app_name", "lgsp_header,lgsp_bare", "AppName under which the hub is registered."),
        text_of_way("partner_code", "lgsp_header,lgsp_bare", "PartnerCode, the agency's code."),
        text_setting("partner_code_cus", {}, "PartnerCodeCus; the same as partner_code where nothing is given."),
        text_of_way("username", "login,basic", "Account the platform issued to the hub."),
        secret_of("password", "login,basic", "Password that goes with it."),
        text_setting("application_code", {}, "applicationCode of a login, where the platform wants one."),
        text_of_way("system_id", "login", "X-SystemId under which the hub is registered."),
        secret_of("system_secret", "login", "X-SecretKey that goes with it."),
        text_of_way("unit_code", "key_pair", "MaDonVi, the unit the key was issued to."),
        secret_of("api_key", "key_pair,key_header", "Key the platform issued to the hub."),
        text_setting("key_parameter", "ApiKey", "Name under which the key is repeated in the query."),
        text_of_way("key_header", "key_header", "Header the key stands in, such as X-Api-Key."),
        secret_of("fixed_token", "fixed", "Token the platform issued for good."),
        text_setting("token_scheme", "Bearer", "Word before a fixed token in Authorization."),
        make_setting(SettingType::url, "token_url", {}, "Where tokens are asked, when not at base_url."),
        text_setting("token_path", std::move(token_path), "Path of the token or login endpoint."),
        integer_setting("token_secs", 1'740, 1, 86'400, "How long a token is used whose answer does not say how long it lives."),
    };
}

inline Part SignIn::keys_as_json() const
{
    const std::string_view given = settings_.text("partner_code_cus");
    return concat({literal("{\"AccessKey\":"), json_string(secret("access_key")), literal(",\"SecretKey\":"),
                   json_string(secret("secret_key")), literal(",\"AppName\":"), setting_as_json("app_name"),
                   literal(",\"PartnerCode\":"), setting_as_json("partner_code"), literal(",\"PartnerCodeCus\":"),
                   setting_as_json(given.empty() ? "partner_code" : "partner_code_cus"), literal("}")});
}

inline Part SignIn::login_as_json() const
{
    return concat({literal("{\"username\":"), setting_as_json("username"), literal(",\"password\":"),
                   json_string(secret("password")), literal(",\"applicationCode\":"), setting_as_json("application_code"),
                   literal(",\"otp\":null,\"twoFactorProvider\":null,\"typeObjs\":[0,1]}")});
}

inline void SignIn::prove(Request& request) const
{
    const auto add = [&](std::string name, Part value) { request.headers.push_back({std::move(name), std::move(value)}); };
    if (way_ == Way::lgsp_header)
        add("lgspaccesstoken", base64(keys_as_json()));
    if (takes_token())
        add("Authorization", concat({literal("Bearer "), credential(std::string(token_name))}));
    switch (way_) {
        case Way::lgsp_bare:
            add("Authorization", base64(keys_as_json()));
            break;
        case Way::login:
            add("X-SystemId", literal(std::string(settings_.text("system_id"))));
            add("X-SecretKey", secret("system_secret"));
            break;
        case Way::key_pair:
            add("MaDonVi", literal(std::string(settings_.text("unit_code"))));
            add("ApiKey", secret("api_key"));
            add("Authorization", concat({literal("Bearer "), secret("api_key")}));
            add_query(request, std::string(settings_.text("key_parameter")), form_url(secret("api_key")));
            break;
        case Way::basic:
            add("Authorization",
                concat({literal("Basic "),
                        base64(concat({literal(std::string(settings_.text("username")) + ':'), secret("password")}))}));
            break;
        case Way::key_header:
            add(std::string(settings_.text("key_header")), secret("api_key"));
            break;
        case Way::fixed:
            add("Authorization", concat({literal(std::string(settings_.text("token_scheme")) + ' '), secret("fixed_token")}));
            break;
        default:
            break;
    }
}

inline Step SignIn::acquire(std::string_view name) const
{
    if (name != token_name || !takes_token())
        return step_of(Failure{FailureClass::permanent,
                               "no_credential",
                               "this connector has no credential '" + std::string(name) + "' under the configured sign_in",
                               {},
                               0});
    Request request;
    request.endpoint = token_endpoint_;
    request.method = "POST";
    request.target = literal(std::string(settings_.text("token_path")));
    request.answer = AnswerForm::either;
    request.context = context;
    if (way_ == Way::oauth_basic)
        request.headers.push_back(
            {"Authorization",
             concat({literal("Basic "), base64(concat({secret("consumer_key"), literal(":"), secret("consumer_secret")}))})});
    if (way_ == Way::lgsp_header)
        request.headers.push_back({"lgspaccesstoken", base64(keys_as_json())});
    request.headers.push_back(
        {"Content-Type", literal(way_ == Way::login ? "application/json" : "application/x-www-form-urlencoded")});
    request.headers.push_back({"Accept", literal("application/json")});
    if (way_ == Way::login)
        request.body = login_as_json();
    else if (way_ == Way::oauth_body)
        request.body = concat({literal("grant_type=client_credentials&client_id="), form_url(secret("consumer_key")),
                               literal("&client_secret="), form_url(secret("consumer_secret"))});
    else
        request.body = literal("grant_type=client_credentials");
    Step step;
    step.requests.push_back(std::move(request));
    return step;
}

inline Step SignIn::acquired(const Answer& answer) const
{
    constexpr std::string_view asked = "the token endpoint";
    const TreeView said = answer.document;
    if (auto failure = http_failure(answer, asked)) {
        if (const TreeView error = said.child("error")) {
            failure->code = excerpt(error.text(), 40);
            failure->detail += " (" + excerpt(said.child("error_description").text()) + ')';
        } else if (const TreeView message = said.child("message")) {
            failure->detail += " (" + excerpt(message.text()) + ')';
        }
        return step_of(std::move(*failure));
    }
    if (auto failure = xml_instead_of_json(asked, answer))
        return step_of(std::move(*failure));
    const TreeView data = said.child("data");
    TreeView value = said.child("access_token");
    for (const auto& [above, name] : {std::pair(data, "access_token"), std::pair(data, "token"), std::pair(said, "token")})
        if (!value)
            value = above.child(name);
    const TreeView lifetime = said.child("expires_in") ? said.child("expires_in") : data.child("expires_in");
    const auto seconds = lifetime ? read_digits(lifetime.text()) : std::optional<int>(static_cast<int>(lifetime_secs_));
    if (value.kind() != LIENTHONG_NODE_TEXT || !is_token(value.text()) || !seconds) {
        Failure failure = wrong_shape(asked, "access_token and expires_in");
        if (const TreeView message = said.child("message"))
            failure.detail += " (it says: " + excerpt(message.text()) + ')';
        return step_of(std::move(failure));
    }
    Step step;
    step.credential = CredentialValue{std::string(token_name), std::string(value.text()), 0};
    // A gateway hands the same token out again until it ends: a minute is kept in hand, or half of what is left.
    step.credential->lifetime_millis = static_cast<std::uint64_t>(*seconds > 120 ? *seconds - 60 : *seconds / 2) * 1000U;
    return step;
}

}  // namespace lienthong::sdk
