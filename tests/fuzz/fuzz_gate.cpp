/// Fuzz target: any bytes as a request header. What the gate lets pass, Beast refuses or frames in the one way meant.
#include "hub/http/gate.hpp"
#include "hub/http/request_target.hpp"
#include "hub/model/utf8.hpp"
#include "tests/fuzz/promise.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace {

using namespace lienthong::http;
using fuzz::require;

const std::vector<std::string> hosts = {"hub.example"};

void check_framing(std::string_view header)
{
    namespace http = boost::beast::http;
    http::request_parser<http::string_body> parser;
    parser.header_limit(1 << 20);
    parser.body_limit(boost::none);
    boost::system::error_code error;
    const std::size_t used = parser.put(boost::asio::buffer(header), error);
    if (error)
        return;  // refused all the same
    require(parser.is_header_done() && used == header.size(), "Beast's header ends where ours ends", header);
    const auto& message = parser.get();
    const bool chunked = message.count(http::field::transfer_encoding) != 0;
    const bool length = message.count(http::field::content_length) != 0;
    require(!(chunked && length), "one framing only", header);
    require(chunked == parser.chunked(), "chunked is chunked to Beast", header);
    const bool empty = length && message[http::field::content_length].find_first_not_of('0') == boost::beast::string_view::npos;
    require(parser.is_done() == (!chunked && (!length || empty)), "no body unless one is framed", header);
    require(message.count(http::field::host) == 1, "one host", header);
}

void check_target(std::string_view header)
{
    const std::size_t from = header.find(' ') + 1;
    const RequestTarget target = read_target(header.substr(from, header.find(' ', from) - from));
    require(target.path.starts_with('/'), "a path begins with a slash", target.path);
    require(("/" + target.path + "/").find("/../") == std::string::npos, "no way up", target.path);
    require(target.path.find("//") == std::string::npos && target.path.find('\0') == std::string::npos,
            "no empty segment, no NUL", target.path);
    require(lienthong::first_not_utf8(target.path) == target.path.size(), "a path is UTF-8", target.path);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::size_t length = header_length(input);
    const std::string_view header = input.substr(0, length == 0 ? size : length);
    const GateRules rules{8 * 1024, 16, hosts};
    const Refusal* refusal = judge_header(header, rules);
    if (refusal != nullptr) {
        require(!refusal->reason.empty() && refusal->status >= 400, "a refusal has a reason", header);
        return 0;
    }
    require(length != 0, "an incomplete header never passes", header);
    check_framing(header);
    check_target(header);
    return 0;
}
