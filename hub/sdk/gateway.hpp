/// Gateway: how API Manager says no, in JSON or in XML, with a number or a text for its code.
#pragma once

#include "hub/sdk/failures.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::sdk {

/// The moment of a throttled gateway's nextAccessTime, "2025-Nov-20 09:31:00+0000 UTC", in milliseconds since 1970.
[[nodiscard]] inline std::optional<std::int64_t> next_access_millis(std::string_view text)
{
    constexpr std::array<std::string_view, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() < 25 || text[4] != '-' || text[8] != '-' || text[11] != ' ' || text[14] != ':' || text[17] != ':' ||
        text.substr(20, 5) != "+0000")
        return std::nullopt;
    const auto name = std::find(names.begin(), names.end(), text.substr(5, 3));
    const auto year = read_digits(text.substr(0, 4)), day = read_digits(text.substr(9, 2)),
               hour = read_digits(text.substr(12, 2)), minute = read_digits(text.substr(15, 2)),
               second = read_digits(text.substr(18, 2));
    if (name == names.end() || !year || !day || !hour || !minute || !second)
        return std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(name - names.begin()) + 1),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    const auto at =
        std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
    return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

/// What a service of JSON says of an answer read as either form that came as XML and is no fault: mostly somebody's page.
[[nodiscard]] inline std::optional<Failure> xml_instead_of_json(std::string_view asked, const Answer& answer)
{
    if (answer.document.kind() != LIENTHONG_NODE_ELEMENT || answer.document.name() == "fault")
        return std::nullopt;
    return Failure{FailureClass::transient,
                   "unreadable",
                   std::string(asked) +
                       " was answered with something else than the document expected: a page or XML that begins with <" +
                       excerpt(answer.document.name(), 40) + ">",
                   {},
                   0};
}

/// Nothing when neither the HTTP status nor a gateway says no. `credential` is what an expired token is called; empty when calls
/// carry none. A throttled caller waits until nextAccessTime, at most a day.
[[nodiscard]] inline std::optional<Failure> gateway_failure(std::string_view asked, const Answer& answer,
                                                            std::string_view credential, const Moment& moment)
{
    constexpr std::int64_t longest_wait = 86'400'000;
    const TreeView fault = answer.document.name() == "fault" ? answer.document : answer.document.child("fault");
    const auto code = read_digits(fault.child("code").text());
    const bool expired = !credential.empty() && (!code || *code == 900900 || *code == 900901);
    auto failure = http_failure(answer, asked, expired ? credential : std::string_view());
    if (!code)
        return failure;
    const bool throttled = *code / 100 == 9008;
    if (!failure)
        failure = status_failure(throttled ? 429 : 500, asked);
    failure->code = "wso2_" + std::to_string(*code);
    failure->detail += " (the gateway says: " + excerpt(fault.child("message").text()) + ')';
    if (expired) {
        failure->kind = FailureClass::auth;
        failure->credential = credential;
    } else if (throttled) {
        failure->kind = FailureClass::throttled;
        failure->retry_after_millis = std::max<std::uint64_t>(failure->retry_after_millis, 1'000);
        if (const auto next = next_access_millis(fault.child("nextAccessTime").text()); next && *next > moment.unix_millis)
            failure->retry_after_millis = static_cast<std::uint64_t>(std::min(*next - moment.unix_millis, longest_wait));
    } else if (*code / 100 == 9009) {
        failure->kind = FailureClass::permanent;  // no credentials sent, no such resource: the settings are wrong
    } else if (*code == 700700) {
        failure->kind = FailureClass::transient;
    }
    return failure;
}

}  // namespace lienthong::sdk
