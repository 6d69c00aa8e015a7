/// Calls of the document axis: parameters as headers, signed as the reference client signs them.
#pragma once

#include "hub/sdk/connector.hpp"
#include "hub/sdk/calendar.hpp"

#include <string>
#include <utility>
#include <vector>

namespace qlvb {

using namespace lienthong::sdk;

/// A signed parameter. `value` is its header; inside the signed text it stands quoted, or as a JSON string where it may hold
/// quotation marks.
struct Parameter
{
    std::string name;
    Part value;
    bool free_text = false;
};

inline Parameter signed_word(std::string name, std::string value)
{
    return {std::move(name), literal(std::move(value)), false};
}
inline Parameter signed_text(std::string name, std::string value)
{
    return {std::move(name), literal(std::move(value)), true};
}

/// The reference client's ddMMyyyy'T'HHmmss+SSSS, where SSSS are milliseconds and no zone.
inline std::string timestamp(const Moment& moment)
{
    const std::chrono::year_month_day day = day_of(moment);
    const std::chrono::hh_mm_ss time(wall_time(moment) - std::chrono::floor<std::chrono::days>(wall_time(moment)));
    return padded(unsigned(day.day()), 2) + padded(unsigned(day.month()), 2) + padded(static_cast<unsigned>(int(day.year())), 4) +
           'T' + padded(unsigned(time.hours().count()), 2) + padded(unsigned(time.minutes().count()), 2) +
           padded(unsigned(time.seconds().count()), 2) + '+' + padded(unsigned(time.subseconds().count()), 4);
}

/// What a call is made of. Parts that parameters refer to stand in `parts`.
struct Call
{
    std::string path;
    std::string content_type = "application/json";
    std::vector<Parameter> before, after;  ///< Around timestamp and Content-Type, as the reference client's Java HashMap yields them.
    std::vector<NamedPart> parts;
    Part body = literal("{}");
    std::string context;
};

/// The request of a call by the system registered as `system`; the setting `secret` signs it.
inline Request request_of(Call call, const std::string& system, const Moment& moment)
{
    std::vector<Parameter> all = {signed_word("systemid", system)};
    all.insert(all.end(), call.before.begin(), call.before.end());
    all.push_back(signed_word("timestamp", timestamp(moment)));
    all.push_back(signed_word("Content-Type", call.content_type));
    all.insert(all.end(), call.after.begin(), call.after.end());

    Request request;
    request.method = "POST";
    request.target = literal(std::move(call.path));
    request.body = std::move(call.body);
    request.context = std::move(call.context);
    request.timeout_millis = 60'000;
    request.parts = std::move(call.parts);
    request.headers = {{"Content-Type", literal(call.content_type)}, {"User-Agent", literal("JAVASDKAgent/1.0.0 XRoad/VPCP")}};
    std::vector<Part> whole;
    std::string names;
    for (const Parameter& parameter : all) {
        request.headers.push_back({"XroadVnpt-" + parameter.name, parameter.value});
        names += (names.empty() ? "" : ";") + parameter.name;
        whole.push_back(literal((whole.empty() ? "{\"XroadVnpt-" : ",\"XroadVnpt-") + parameter.name + "\":"));
        if (parameter.free_text)
            whole.push_back(json_string(parameter.value));
        else if (parameter.value.kind == PartKind::literal)
            whole.push_back(literal('"' + parameter.value.text + '"'));
        else
            whole.push_back(concat({literal("\""), parameter.value, literal("\"")}));
    }
    whole.push_back(literal("}"));
    request.parts.push_back({"sign-header", concat(std::move(whole))});
    request.headers.push_back({"XroadVnpt-sign-header-key", literal(names)});
    request.headers.push_back({"XroadVnpt-sign-header", earlier("sign-header")});
    request.headers.push_back({"XroadVnpt-hash-header", hex(hmac_sha256(secret("secret"), earlier("sign-header")))});
    request.headers.push_back({"XroadVnpt-version", literal("3.0.201608")});
    return request;
}

}  // namespace qlvb
