// Lets callers in by what they prove, and hands a call on.
#include "hub/api/called.hpp"

#include "hub/api/metrics.hpp"
#include "hub/api/routes.hpp"
#include "hub/seal/digest.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace lienthong::api {
namespace {

namespace ip = boost::asio::ip;

/// Bytes of an address, of an IPv4 one that stands in an IPv6 form its four; nothing when the text is none.
std::vector<unsigned char> address_bytes(std::string_view text)
{
    boost::system::error_code error;
    ip::address address = ip::make_address(std::string(text), error);
    if (error)
        return {};
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = ip::make_address_v4(ip::v4_mapped, address.to_v6());
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        return {bytes.begin(), bytes.end()};
    }
    const auto bytes = address.to_v6().to_bytes();
    return {bytes.begin(), bytes.end()};
}

/// What is behind `path` and a slash; nothing when the request's path is another.
std::optional<std::string_view> segment_behind(std::string_view path, std::string_view asked)
{
    if (asked.size() <= path.size() + 1 || !asked.starts_with(path) || asked[path.size()] != '/')
        return std::nullopt;
    const std::string_view rest = asked.substr(path.size() + 1);
    return rest.find('/') == std::string_view::npos ? std::optional(rest) : std::nullopt;
}

bool secret_in_path(const CalledPath& at)
{
    return !at.caller.token && at.caller.secret_header.empty();
}

bool leads_to(const CalledPath& at, std::string_view asked)
{
    return secret_in_path(at) ? asked == at.path || segment_behind(at.path, asked).has_value() : asked == at.path;
}

bool same_name(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

struct Caller
{
    std::string name;
    std::string sender;
    std::vector<std::string> agencies{"*"};
};

Result<Caller> by_token(access::Gatekeeper& gatekeeper, const http::HttpRequest& request)
{
    auto identity = gatekeeper.admit(request.header("Authorization"), "push");
    if (!identity.ok())
        return identity.problem();
    return Caller{"token " + identity->id, identity->sender, identity->agencies};
}

/// Digests are compared, so that how long it takes says nothing about the secret.
bool brings_secret(const CalledPath& at, const http::HttpRequest& request)
{
    const std::string_view given =
        secret_in_path(at) ? segment_behind(at.path, request.path).value_or("") : request.header(at.caller.secret_header);
    return seal::sha256_hex(given) == at.caller.secret_digest;
}

Result<Caller> admit(const CalledPath& at, access::Gatekeeper& gatekeeper, const http::HttpRequest& request)
{
    const CallerRule& rule = at.caller;
    const bool from_there = rule.from.empty() ? rule.token : std::any_of(rule.from.begin(), rule.from.end(), [&](const PeerNetwork& network) {
        return network.holds(request.peer);
    });
    if (!from_there)
        return Problem{"called.caller", "calls from this address are not taken here", "address", request.peer, "an address the flow lists", {}};
    if (rule.token)
        return by_token(gatekeeper, request);
    if (!brings_secret(at, request))
        return Problem{"called.caller", "the call does not bring the secret agreed upon", rule.secret_header.empty() ? "path" : rule.secret_header, {}, {}, {}};
    return Caller{"address " + request.peer, {}};
}

/// RFC 3986 §3.4: what is neither unreserved nor harmless in a query is written as %XX.
std::string escaped(std::string_view text)
{
    constexpr std::string_view plain = "-._~:/@";
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (letter || plain.find(c) != std::string_view::npos)
            out += c;
        else
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

flow::Call call_of(const CalledPath& at, Caller caller, http::HttpRequest& request)
{
    flow::Call call;
    call.route = at.route;
    call.method = request.method;
    call.target = at.path;
    for (const auto& [name, value] : request.query)
        call.target += (call.target.size() == at.path.size() ? "?" : "&") + escaped(name) + '=' + escaped(value);
    constexpr std::array<std::string_view, 3> proving = {"authorization", "proxy-authorization", "cookie"};
    std::copy_if(request.headers.begin(), request.headers.end(), std::back_inserter(call.headers), [&](const auto& header) {
        return !same_name(header.first, at.caller.secret_header) &&
               std::none_of(proving.begin(), proving.end(), [&](std::string_view name) { return same_name(header.first, name); });
    });
    call.body = std::move(request.body);
    call.caller = std::move(caller.name);
    call.sender = std::move(caller.sender);
    call.agencies = std::move(caller.agencies);
    return call;
}

/// One sentence for an operator. What was asked for is named by the configuration, never as the caller wrote it: a wrong
/// secret may be a right one elsewhere.
std::string turned_away(const CalledPath& at, const http::HttpRequest& request, const Problem& problem)
{
    return "a call " + at.method + ' ' + at.path + " from " + request.peer + " was turned away: " + problem.detail + " [" + problem.code + "]";
}

}  // namespace

Result<PeerNetwork> PeerNetwork::read(const std::string& text)
{
    const std::size_t slash = text.find('/');
    PeerNetwork network;
    network.bytes_ = address_bytes(text.substr(0, slash));
    network.prefix_ = static_cast<unsigned>(network.bytes_.size()) * 8U;
    if (slash != std::string::npos) {
        const std::string_view digits = std::string_view(text).substr(slash + 1);
        unsigned prefix = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
        if (error != std::errc{} || end != digits.data() + digits.size() || prefix > network.prefix_)
            network.bytes_.clear();
        network.prefix_ = prefix;
    }
    if (network.bytes_.empty())
        return Problem{"settings.type", "this is no address and no network", {}, text, "an address such as 10.1.2.3, or a network such as 10.1.2.0/24", {}};
    return network;
}

bool PeerNetwork::holds(std::string_view peer) const
{
    const std::vector<unsigned char> bytes = address_bytes(peer);
    if (bytes.size() != bytes_.size())
        return false;
    for (unsigned bit = 0; bit < prefix_; ++bit) {
        const unsigned mask = 0x80U >> (bit % 8U);
        if ((bytes[bit / 8U] & mask) != (bytes_[bit / 8U] & mask))
            return false;
    }
    return true;
}

const CalledPath* called_path(std::span<const CalledPath> paths, const http::HttpRequest& request)
{
    const CalledPath* other_method = nullptr;
    for (const CalledPath& at : paths) {
        if (!leads_to(at, request.path))
            continue;
        if (at.method == request.method)
            return &at;
        other_method = &at;
    }
    return other_method;
}

void call_flow(const CalledPath& at, access::Gatekeeper& gatekeeper, Metrics& metrics, http::HttpRequest request, http::Respond respond)
{
    const auto refuse = [&](int status, const Problem& problem, const char* outcome) {
        metrics.count_call(at.flow->route().flow, at.route, outcome);
        at.flow->turned_away(turned_away(at, request, problem));
        http::HttpResponse refusal = problem_response(status, problem);
        if (status == 401)
            refusal.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"lienthong\"");
        respond(std::move(refusal));
    };
    auto caller = admit(at, gatekeeper, request);
    if (!caller.ok())
        return refuse(status_of(caller.problem()), caller.problem(), "turned_away");
    if (request.body.size() > at.body_limit)
        return refuse(413, {"http.body_too_large", "the body is larger than this route takes", {}, std::to_string(request.body.size()) + " bytes",
                            "at most " + std::to_string(at.body_limit) + " bytes", {}},
                      "too_large");
    flow::Call call = call_of(at, std::move(caller).value(), request);
    at.flow->take(std::move(call), [&metrics, flow = at.flow->route().flow, route = at.route, respond](flow::CallAnswer answer) {
        metrics.count_call(flow, route, flow::to_text(answer.outcome));
        http::HttpResponse response;
        response.status = answer.response.status;
        response.content_type = std::move(answer.response.content_type);
        response.body = std::move(answer.response.body);
        respond(std::move(response));
    });
}

}  // namespace lienthong::api
