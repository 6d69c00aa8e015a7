/// Failures: what an HTTP status alone says, before a connector reads the peer's own error words.
#pragma once

#include "hub/sdk/calendar.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::sdk {

/// Foreign text fit for a sentence: control characters become spaces, and it is cut between characters.
inline std::string excerpt(std::string_view text, std::size_t most_bytes = 200)
{
    std::size_t end = std::min(text.size(), most_bytes);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    std::string out(text.substr(0, end));
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20U || c == '\x7F')
            c = ' ';
    return end < text.size() ? out + "…" : out;
}

/// What a status other than success says, of HTTP or of an envelope that uses the same numbers. `asked` names the request
/// in the sentence; `credential` is the one that a 401 declares dead, empty when the request carries a configured secret.
inline Failure status_failure(std::int32_t status, std::string_view asked, std::string_view credential = {})
{
    Failure failure{FailureClass::permanent, "http_" + std::to_string(status), std::string(asked), {}, 0};
    failure.detail += " was answered with status " + std::to_string(status);
    if (status == 429) {
        failure.kind = FailureClass::throttled;
        failure.retry_after_millis = 60'000;
        failure.detail += "; it is asked again after the pause";
    } else if (status == 408 || status >= 500) {
        failure.kind = FailureClass::transient;
        failure.detail += "; it is asked again later";
    } else if (status == 401 && !credential.empty()) {
        failure.kind = FailureClass::auth;
        failure.credential = credential;
        failure.detail += "; '" + failure.credential + "' is acquired anew";
    } else if (status == 401 || status == 403) {
        failure.detail += "; replace the secret or have the access granted";
    } else {
        failure.detail += "; check the address and the settings";
    }
    return failure;
}

/// Nothing when the status is 2xx and the body is the document asked for. Honours Retry-After in seconds (RFC 9110, section
/// 10.2.3) up to a day; its form with a date needs a clock, which the host has: it honours both before it believes this failure.
inline std::optional<Failure> http_failure(const Answer& answer, std::string_view asked, std::string_view credential = {})
{
    if (answer.status >= 200 && answer.status <= 299) {
        if (answer.document)
            return std::nullopt;
        return Failure{FailureClass::transient,
                       "unreadable",
                       std::string(asked) + " was answered with something else than the document expected: " +
                           (answer.unreadable.empty() ? "the body is empty" : excerpt(answer.unreadable)),
                       {},
                       0};
    }
    Failure failure = status_failure(answer.status, asked, credential);
    if (answer.status == 429 || answer.status == 503) {
        if (const auto seconds = read_digits(answer.header("Retry-After"))) {
            failure.kind = FailureClass::throttled;
            failure.retry_after_millis = static_cast<std::uint64_t>(std::min(*seconds, 86'400)) * 1000U;
        }
    }
    return failure;
}

/// The codes of platforms that know a caller by unit and key: -300 no unit, -301 no key, -302 a wrong key, -303 a wrong unit, -304
/// another fault of the key. Only other settings help.
inline bool says_wrong_key(std::string_view code)
{
    return code.size() == 4 && code.substr(0, 3) == "-30" && code[3] >= '0' && code[3] <= '4';
}

/// A readable document that does not hold what the contract promises.
inline Failure wrong_shape(std::string_view asked, std::string_view wanted)
{
    return {FailureClass::unknown,
            "shape",
            std::string(asked) + " was answered without " + std::string(wanted) +
                "; the partner's form has changed, or the address leads elsewhere",
            {},
            0};
}

/// The failure of a call that handed something over. Who answered, but not in words that decide (half an answer, a page, a failure
/// of its own), may have taken it before; who is closed, throttles or turned the caller away has not.
inline Failure after_handing_over(Failure failure, std::int32_t status)
{
    const bool may_have_it = (status >= 200 && status <= 299) || (status >= 500 && status != 503);
    if (may_have_it && failure.kind == FailureClass::transient)
        failure.kind = FailureClass::unknown;
    return failure;
}

inline Step step_of(Failure failure)
{
    Step step;
    step.failure = std::move(failure);
    return step;
}

}  // namespace lienthong::sdk
