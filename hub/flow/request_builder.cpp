// Makes the HTTP request that goes out from what a connector asked for.
#include "hub/flow/request_builder.hpp"

#include "hub/flow/part_value.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace lienthong::flow {
namespace {

// What a foreign system gives, such as a token, may be of any length; HTTP libraries and servers take some 64 KiB at most.
constexpr std::size_t longest_header_name = 256, longest_header_value = 32 * 1024, longest_target = 32 * 1024;

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

/// RFC 9110 §5.6.2.
bool is_token(std::string_view text)
{
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && text.size() <= 256 && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || marks.find(c) != marks.npos;
    });
}

/// Headers the transport writes itself: a second copy would let two readers see two different messages.
bool belongs_to_the_transport(std::string_view name)
{
    constexpr std::array<std::string_view, 8> own = {
        "host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect"};
    return std::find(own.begin(), own.end(), lower(name)) != own.end();
}

bool is_header_value(std::string_view value)
{
    return std::all_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20U && byte != 0x7FU);
    });
}

bool is_dot_segment(std::string_view segment)
{
    std::string plain = lower(segment);
    for (std::size_t at = plain.find("%2e"); at != std::string::npos; at = plain.find("%2e"))
        plain.replace(at, 3, ".");
    return plain == "." || plain == "..";
}

/// Why a target may not be sent; empty when it may. Says nothing of its bytes, which may hold a secret.
std::string_view fault_of_target(std::string_view target)
{
    if (target.empty() || target.front() != '/')
        return "the target does not begin with '/'";
    for (const char c : target)
        if (static_cast<unsigned char>(c) <= 0x20U || static_cast<unsigned char>(c) >= 0x7FU || c == '#' || c == '\\')
            return "the target holds a control character, a blank, '#', a backslash or a byte that is not ASCII";
    std::string_view path = target.substr(0, target.find('?'));
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view segment = path.substr(0, path.find('/'));
        if (is_dot_segment(segment))
            return "the target holds a '.' or '..' segment";
        path.remove_prefix(segment.size());
    }
    return {};
}

Result<std::string> url_of(const sdk::Request& request, const RequestNames& names, PartEvaluator& parts)
{
    const auto endpoint = names.endpoints.find(request.endpoint);
    if (endpoint == names.endpoints.end())
        return Problem{"request.unknown_name",
                       "the request goes to the endpoint '" + shortened(request.endpoint) + "', which is no url setting",
                       {},
                       shortened(request.endpoint),
                       "a url setting of the connector"};
    auto target = parts.value(request.target);
    if (!target)
        return target.problem();
    const std::string_view fault = target->size() > longest_target ? "the target is longer than any server takes" : fault_of_target(*target);
    if (!fault.empty())
        return Problem{"request.bad_target",
                       std::string(fault),
                       {},
                       "not shown: it may hold a secret",
                       "a path and query of printable ASCII that begins with '/'"};
    std::string url = endpoint->second;
    while (!url.empty() && url.back() == '/')
        url.pop_back();
    return url + *target;
}

Result<void> add_headers(const sdk::Request& request, PartEvaluator& parts, HttpRequest& out)
{
    for (const sdk::NamedPart& header : request.headers) {
        if (!is_token(header.name) || header.name.size() > longest_header_name || belongs_to_the_transport(header.name))
            return Problem{"request.bad_header", "a connector may not set this header", shortened(header.name),
                           shortened(header.name), "a header name of RFC 9110 that the transport does not write itself"};
        auto value = parts.value(header.part);
        if (!value)
            return value.problem();
        if (!is_header_value(*value))
            return Problem{"request.bad_header", "a header would hold a control character such as CR, LF or NUL",
                           shortened(header.name), "not shown: it may hold a secret", "printable characters and tabs"};
        if (value->size() > longest_header_value)
            return Problem{"request.bad_header", "a header would be longer than any server takes", shortened(header.name),
                           std::to_string(value->size()) + " bytes", "at most " + std::to_string(longest_header_value) + " bytes"};
        out.headers.emplace_back(header.name, std::move(*value));
    }
    return {};
}

void gather_credentials(const sdk::Part& part, std::vector<std::string>& names)
{
    if (part.kind == sdk::PartKind::credential && std::find(names.begin(), names.end(), part.text) == names.end())
        names.push_back(part.text);
    for (const sdk::Part& argument : part.arguments)
        gather_credentials(argument, names);
}

}  // namespace

Result<HttpRequest> build_request(const sdk::Request& request, const RequestNames& names)
{
    HttpRequest out;
    if (!is_token(request.method) || lower(request.method) == "connect")
        return Problem{"request.bad_method",
                       "the request's method is none a connector may use",
                       {},
                       shortened(request.method),
                       "GET, POST, PUT …"};
    out.method = request.method;
    PartEvaluator parts({names.secrets, names.credentials});
    for (const sdk::NamedPart& part : request.parts) {
        const auto defined = parts.define(part.name, part.part);
        if (!defined)
            return defined.problem();
    }
    auto url = url_of(request, names, parts);
    if (!url)
        return url.problem();
    out.url = std::move(*url);
    const auto added = add_headers(request, parts, out);
    if (!added)
        return added.problem();
    auto body = parts.value(request.body);
    if (!body)
        return body.problem();
    out.body = std::move(*body);
    out.timeout = std::chrono::milliseconds(request.timeout_millis);
    out.answer_limit = std::size_t{std::min(request.answer_mib, sdk::most_answer_mib)} << 20U;
    return out;
}

std::vector<std::string> credentials_of(const sdk::Request& request)
{
    std::vector<std::string> names;
    for (const sdk::NamedPart& part : request.parts)
        gather_credentials(part.part, names);
    gather_credentials(request.target, names);
    for (const sdk::NamedPart& header : request.headers)
        gather_credentials(header.part, names);
    gather_credentials(request.body, names);
    return names;
}

}  // namespace lienthong::flow
