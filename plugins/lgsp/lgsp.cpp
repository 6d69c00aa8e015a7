/// lgsp: a provincial integration platform behind WSO2 API Manager, whose monthly figures come in numbered pages.
///
/// Cursor: "v1 2025-03", the month to begin with. Contexts: "token", "periods <month to begin with>",
/// "page <number> <month to begin with next time> <this month> <months still to ask>".
#include "hub/sdk/failures.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/words.hpp"

#include <stdexcept>

namespace {

using namespace lienthong::sdk;

constexpr std::size_t most_months = 120;  ///< In one round; the next one goes on.
constexpr int most_pages = 10'000;

/// The service's own spelling of a month, "03/2025".
std::string service_text(Month month)
{
    return padded(month_number(month), 2) + '/' + padded(year_number(month), 4);
}

std::optional<Month> read_service_month(std::string_view text)
{
    if (text.size() != 7 || text[2] != '/')
        return std::nullopt;
    return read_month(std::string(text.substr(3)) + '-' + std::string(text.substr(0, 2)));
}

/// The error codes of API Manager 3 and 4, as number or as text. Of a fault written in XML only the HTTP status speaks.
std::optional<Failure> refusal(std::string_view asked, const Answer& answer)
{
    const TreeView fault = answer.document.child("fault");
    const auto code = read_digits(fault.child("code").text());
    const bool expired = !code || *code == 900900 || *code == 900901;
    auto failure = http_failure(answer, asked, expired ? "bearer" : "");
    if (!code)
        return failure;
    if (!failure)
        failure = status_failure(*code / 100 == 9008 ? 429 : 500, asked);
    failure->code = "wso2_" + std::to_string(*code);
    failure->detail += " (the gateway says: " + excerpt(fault.child("message").text()) + ')';
    if (expired) {
        failure->kind = FailureClass::auth;
        failure->credential = "bearer";
    } else if (*code == 900902 || *code == 900906) {
        failure->kind = FailureClass::permanent;
    } else if (*code / 100 == 9008) {
        failure->kind = FailureClass::throttled;
        failure->retry_after_millis = std::max<std::uint64_t>(failure->retry_after_millis, 1'000);
    } else if (*code == 700700) {
        failure->kind = FailureClass::transient;
    }
    return failure;
}

class Lgsp final : public Connector
{
public:
    explicit Lgsp(const Settings& settings)
        : token_path_(settings.text("token_path")),
          api_path_(settings.text("api_path")),
          first_(read_month(settings.text("first_period"))),
          lookback_(static_cast<std::size_t>(settings.integer("lookback_periods")))
    {
        if (!first_)
            throw std::invalid_argument("first_period: expected a month such as 2024-12");
    }

    static Description description();

    Step poll(std::string_view cursor, const Moment&) const override
    {
        Words words(cursor);
        std::optional<Month> begin = first_;
        if (!cursor.empty() && (words.next() != "v1" || !(begin = words.month()) || !words.rest().empty()))
            return step_of(unknown_cursor(cursor));
        Step step;
        step.requests.push_back(get(api_path_ + "/ky-bao-cao", "periods " + text_of(*begin)));
        return step;
    }

    Step reply(std::string_view context, const Answer& answer, const Moment&) const override
    {
        Words words(context);
        const std::string_view kind = words.next();
        if (kind == "token")
            return token(answer);
        const auto page = kind == "page" ? words.number() : std::nullopt;
        const auto begin = words.month();
        if (!begin || (kind != "periods" && !page))
            return step_of(unknown_context(context));
        return kind == "periods" ? periods(*begin, answer) : figures(*page, *begin, words, answer);
    }

    Step acquire(std::string_view name, const Moment& moment) const override
    {
        if (name != "bearer")
            return Connector::acquire(name, moment);
        Request request;
        request.method = "POST";
        request.target = literal(token_path_);
        request.headers = {
            {"Authorization",
             concat({literal("Basic "), base64(concat({secret("consumer_key"), literal(":"), secret("consumer_secret")}))})},
            {"Content-Type", literal("application/x-www-form-urlencoded")},
            {"Accept", literal("application/json")}};
        request.body = literal("grant_type=client_credentials");
        request.context = "token";
        Step step;
        step.requests.push_back(std::move(request));
        return step;
    }

private:
    static Request get(std::string target, std::string context)
    {
        Request request;
        request.target = literal(std::move(target));
        request.headers = {{"Authorization", concat({literal("Bearer "), credential("bearer")})},
                           {"Accept", literal("application/json")}};
        request.context = std::move(context);
        return request;
    }

    [[nodiscard]] Request ask_page(int number, Month then, Month month, std::string_view rest) const
    {
        std::string context = "page " + std::to_string(number) + ' ' + text_of(then) + ' ' + text_of(month);
        if (!rest.empty())
            context.append(" ").append(rest);
        return get(api_path_ + "/so-lieu-thang?ky=" + service_text(month) + "&trang=" + std::to_string(number),
                   std::move(context));
    }

    static Step token(const Answer& answer)
    {
        constexpr std::string_view asked = "the token endpoint";
        if (auto failure = http_failure(answer, asked)) {
            const TreeView error = answer.document.child("error");
            if (error) {
                failure->code = excerpt(error.text(), 40);
                failure->detail += " (" + excerpt(answer.document.child("error_description").text()) + ')';
            }
            return step_of(std::move(*failure));
        }
        const TreeView value = answer.document.child("access_token");
        const auto seconds = read_digits(answer.document.child("expires_in").text());
        if (value.kind() != LIENTHONG_NODE_TEXT || value.text().empty() || !seconds)
            return step_of(wrong_shape(asked, "access_token and expires_in"));
        Step step;
        step.credential = CredentialValue{"bearer", std::string(value.text()), 0};
        // The gateway hands the same token out again until it ends: a minute is kept in hand, or half of what is left.
        step.credential->lifetime_millis = static_cast<std::uint64_t>(*seconds > 120 ? *seconds - 60 : *seconds / 2) * 1000U;
        return step;
    }

    [[nodiscard]] Step periods(Month begin, const Answer& answer) const
    {
        constexpr std::string_view asked = "the list of reporting periods";
        if (auto failure = refusal(asked, answer))
            return step_of(std::move(*failure));
        const TreeView list = answer.document.child("kyBaoCao");
        if (list.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the array 'kyBaoCao'"));
        Step step;
        std::vector<Month> offered;
        for (TreeView at = list.first(); at; at = at.next()) {
            if (const auto month = read_service_month(at.text()))
                offered.push_back(*month);
            else
                step.set_aside.push_back({"ky-bao-cao/" + excerpt(at.text(), 40),
                                          "a reporting period that is no month such as 03/2025",
                                          std::string(at.source()),
                                          {}});
        }
        std::sort(offered.begin(), offered.end());
        offered.erase(std::unique(offered.begin(), offered.end()), offered.end());
        const auto from = std::lower_bound(offered.begin(), offered.end(), begin);
        const auto count = std::min<std::size_t>(most_months, static_cast<std::size_t>(offered.end() - from));
        if (count == 0)
            return step;
        std::string rest;
        for (std::size_t i = 1; i < count; ++i)
            rest += (rest.empty() ? "" : " ") + text_of(from[static_cast<std::ptrdiff_t>(i)]);
        const auto upto = from + static_cast<std::ptrdiff_t>(count);
        // At the end of the list the latest months are asked again next time, because figures are re-issued.
        const Month then =
            upto != offered.end() ? *upto : std::max(*first_, offered[offered.size() - std::min(lookback_, offered.size())]);
        step.requests.push_back(ask_page(1, then, *from, rest));
        return step;
    }

    [[nodiscard]] Step figures(int page, Month then, Words words, const Answer& answer) const
    {
        const auto month = words.month();
        if (!month)
            return step_of(unknown_context("page"));
        const std::string asked = "page " + std::to_string(page) + " of " + service_text(*month);
        if (auto failure = refusal(asked, answer))
            return step_of(std::move(*failure));
        const TreeView document = answer.document;
        const auto pages = read_digits(document.child("tongTrang").text());
        const TreeView items = document.child("duLieu");
        if (document.child("kyBaoCao").text() != service_text(*month) || read_digits(document.child("trang").text()) != page ||
            !pages || *pages > most_pages || items.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the same kyBaoCao and trang, a number tongTrang and an array duLieu"));
        Step step;
        if (items.first()) {
            Payload payload;
            payload.source_id = "so-lieu-thang/" + padded(month_number(*month), 2) + '-' + padded(year_number(*month), 4) + '/' +
                                std::to_string(page);
            payload.content_type = "application/json";
            payload.bytes = document.source();
            step.payloads.push_back(std::move(payload));
        }
        const std::string_view rest = words.rest();
        if (page < *pages) {
            step.requests.push_back(ask_page(page + 1, then, *month, rest));
        } else if (const auto next = words.month()) {
            step.cursor = "v1 " + text_of(*next);
            step.requests.push_back(ask_page(1, then, *next, words.rest()));
        } else {
            step.cursor = "v1 " + text_of(then);
        }
        return step;
    }

    std::string token_path_, api_path_;
    std::optional<Month> first_;
    std::size_t lookback_;
};

Description Lgsp::description()
{
    Description d;
    d.name = "lgsp";
    d.version = "1";
    d.speaks =
        "LGSP through WSO2 API Manager with client credentials by Basic, in: monthly figures page by page. It does not speak the "
        "lgspaccesstoken, X-SystemId or X-Road dialects and delivers nothing.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the gateway listens."),
        required(SettingType::secret, "consumer_key", "Consumer key the platform issued to the hub."),
        required(SettingType::secret, "consumer_secret", "Consumer secret that goes with it."),
        text_setting("first_period", "2024-01", "Month to begin with, such as 2024-12."),
        integer_setting("lookback_periods", 3, 1, 240, "Latest months asked again by each poll."),
        text_setting("token_path", "/token", "Path of the token endpoint below base_url."),
        text_setting("api_path", "/kinhte/1.0", "Path of the figures' service below base_url."),
    };
    d.credentials = {"bearer"};
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Lgsp);
