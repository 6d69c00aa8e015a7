// Checks a request and makes the message of it.
#include "adapters/transports/beast/outgoing.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>

namespace lienthong::adapters {
namespace {

namespace beast_http = boost::beast::http;
namespace urls = boost::urls;

constexpr std::array<std::string_view, 8> own_fields = {
    "host", "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te", "trailer"};

Problem bad(std::string detail, std::string_view found = {})
{
    Problem problem;
    problem.code = "transport.bad_request";
    problem.detail = std::move(detail);
    problem.found = shortened(found, 80);
    return problem;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool is_token(std::string_view text)
{
    constexpr std::string_view extra = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || extra.find(c) != std::string_view::npos;
    });
}

bool breaks_its_line(std::string_view value)
{
    return std::any_of(value.begin(), value.end(),
                       [](char c) { return (static_cast<unsigned char>(c) < 0x20U && c != '\t') || c == 0x7F; });
}

bool is_own_field(std::string_view name)
{
    return std::any_of(own_fields.begin(), own_fields.end(), [&](std::string_view own) {
        return std::equal(name.begin(), name.end(), own.begin(), own.end(), [](char a, char b) { return lower(a) == b; });
    });
}

/// Boost.URL 1.81 reads out of bounds when it walks the query of "?#": no fragment may reach it.
std::string_view without_fragment(std::string_view url)
{
    return url.substr(0, url.find('#'));
}

Result<void> read_url(std::string_view text, bool plain_http, Outgoing& out, std::string& host_field)
{
    const auto parsed = urls::parse_uri({text.data(), text.size()});
    if (parsed.has_error())
        return bad("the URL cannot be read: " + parsed.error().message());
    const urls::url_view url = *parsed;
    if (url.scheme_id() != urls::scheme::https && url.scheme_id() != urls::scheme::http)
        return bad("the URL is neither https nor http");
    out.tls = url.scheme_id() == urls::scheme::https;
    if (!out.tls && !plain_http)
        return bad("plain http is not allowed here");
    if (!url.has_authority() || url.host().empty())
        return bad("the URL names no host");
    if (url.has_userinfo())
        return bad("the URL holds a user name");
    const auto port = url.port();
    const std::string port_text(port.data(), port.size());
    if (url.has_port() &&
        (port_text.empty() || port_text.size() > 5 || std::stoul(port_text) == 0 || std::stoul(port_text) > 65'535))
        return bad("the URL's port is none", port_text);
    out.host = url.host_address();
    out.port = url.has_port() ? port_text : (out.tls ? "443" : "80");
    const auto named = url.encoded_host_and_port();
    host_field.assign(named.data(), named.size());
    const auto target = url.encoded_target();
    const std::string path(target.data(), target.size());
    out.message.target(path.starts_with('/') ? path : "/" + path);
    return {};
}

}  // namespace

std::string Outgoing::source() const
{
    std::string name = host;
    std::transform(name.begin(), name.end(), name.begin(), lower);
    return (name.find(':') == std::string::npos ? name : '[' + name + ']') + ':' + port;
}

Result<Outgoing> outgoing(HttpRequest& request, bool plain_http)
{
    Outgoing out;
    std::string host;
    if (!is_token(request.method))
        return bad("the method is not a word", request.method);
    if (const auto read = read_url(without_fragment(request.url), plain_http, out, host); !read)
        return read.problem();
    out.where = request.method + (out.tls ? " https://" : " http://") + host;
    out.message.method_string(request.method);
    out.message.version(11);
    out.message.insert(beast_http::field::host, host);
    for (const auto& [name, value] : request.headers) {
        if (!is_token(name))
            return bad("a header name is not a word", name);
        if (is_own_field(name))
            return bad("a header that decides the framing is the transport's own", name);
        if (breaks_its_line(value))
            return bad("the value of a header holds a control character", name);
        out.message.insert(name, value);
    }
    // Without it any coding would be welcome (RFC 9110, section 12.5.3).
    if (out.message.count(beast_http::field::accept_encoding) == 0)
        out.message.insert(beast_http::field::accept_encoding, "identity");
    out.reach = std::move(request.reach);
    out.message.body() = std::move(request.body);
    const bool needs_length = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (needs_length || !out.message.body().empty())
        out.message.content_length(out.message.body().size());
    return out;
}

}  // namespace lienthong::adapters
