// Reads what a request for a mailbox asks, and refuses whatever could begin a command of its own.
#include "adapters/transports/mail/mail_call.hpp"

#include "adapters/transports/blocking/blocking_transport.hpp"
#include "adapters/transports/blocking/server_address.hpp"
#include "hub/sdk/percent.hpp"

#include <algorithm>
#include <charconv>

namespace lienthong::adapters {
namespace {

constexpr std::string_view scheme = "pop3s://";
constexpr std::string_view message = "/message?uid=";
constexpr std::size_t longest_uid = 70;

Problem bad(std::string detail, std::string found, std::string expected)
{
    return {"transport.bad_request", std::move(detail), {}, shortened(found), std::move(expected)};
}

bool is_one_line(std::string_view text)
{
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

Result<void> read_login(const HttpRequest& request, MailCall& call)
{
    auto login = read_basic_login(header_of(request, "Authorization"));
    if (!login || login->user.empty() || !is_one_line(login->user) || !is_one_line(login->password))
        return bad("Authorization does not hold an account and a password of one line each", "not shown: it holds a secret",
                   "Basic, by RFC 7617");
    call.user = std::move(login->user);
    call.password = std::move(login->password);
    return {};
}

Result<void> read_target(const HttpRequest& request, std::string_view target, MailCall& call)
{
    if (request.method == "GET" && target == "/")
        return {};
    if ((request.method != "GET" && request.method != "DELETE") || !target.starts_with(message))
        return bad("a mailbox takes GET /, GET /message?uid=UID and DELETE /message?uid=UID", request.method, "GET or DELETE");
    auto uid = sdk::percent_decoded(target.substr(message.size()));
    if (!uid || !is_uid(*uid))
        return bad("this is no unique id of a mail", std::string(target), "1 to 70 printable characters of ASCII");
    call.uid = std::move(*uid);
    call.verb = request.method == "GET" ? MailCall::Verb::read : MailCall::Verb::remove;
    return {};
}

}  // namespace

bool is_uid(std::string_view text)
{
    return !text.empty() && text.size() <= longest_uid && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

Result<MailCall> read_mail_call(const HttpRequest& request)
{
    const std::string_view url = request.url;
    const std::string_view rest = url.starts_with(scheme) ? url.substr(scheme.size()) : std::string_view();
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    auto place = read_host_and_port(rest.substr(0, slash));
    if (!place)
        return bad("this is no address of a mailbox; account and password have a header of their own", "not shown: it may hold a secret",
                   "pop3s://host:995");
    MailCall call;
    call.host = std::move(place->host);
    if (!place->port.empty()) {
        const auto read = std::from_chars(place->port.data(), place->port.data() + place->port.size(), call.port);
        if (read.ec != std::errc() || call.port == 0)
            return bad("this is no port", place->port, "1 to 65535");
    }
    for (const auto& read : {read_login(request, call), read_target(request, rest.substr(slash), call)})
        if (!read.ok())
            return read.problem();
    return call;
}

}  // namespace lienthong::adapters
