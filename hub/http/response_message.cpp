// Builds the message that goes out.
#include "hub/http/response_message.hpp"

#include <algorithm>
#include <ctime>

namespace lienthong::http {
namespace {

namespace beast_http = boost::beast::http;

/// IMF-fixdate (RFC 9110 §5.6.7), without regard to the locale.
std::string date_now()
{
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[40];
    const int length = std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[parts.tm_wday], parts.tm_mday,
                                     months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
    return {text, static_cast<std::size_t>(length)};
}

/// Header text must not be able to end its line.
std::string one_line(std::string text)
{
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    return text;
}

}  // namespace

beast_http::response<beast_http::string_body> response_message(HttpResponse response, bool head, bool http_1_0, bool keep,
                                                               bool hsts)
{
    beast_http::response<beast_http::string_body> message;
    const bool bodiless = response.status == 204 || response.status == 304 || response.status < 200;
    message.result(static_cast<unsigned>(response.status));
    message.version(http_1_0 ? 10 : 11);
    message.set(beast_http::field::date, date_now());
    if (!bodiless && !response.content_type.empty())
        message.set(beast_http::field::content_type, one_line(std::move(response.content_type)));
    if (hsts)
        message.set(beast_http::field::strict_transport_security, "max-age=31536000");
    for (auto& [name, value] : response.headers)
        message.insert(one_line(std::move(name)), one_line(std::move(value)));
    if (!bodiless)
        message.content_length(response.body.size());
    message.keep_alive(keep);
    if (!bodiless && !head)
        message.body() = std::move(response.body);
    return message;
}

}  // namespace lienthong::http
