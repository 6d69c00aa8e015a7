// Request headers that some readers frame differently than others, each with the reason it must be refused for.
#pragma once

#include <string>
#include <vector>

namespace hostile {

inline std::string with_fields(const std::string& fields)
{
    return "POST /v1/x HTTP/1.1\r\nHost: hub.example\r\n" + fields + "\r\n";
}

inline std::string with_target(const std::string& target)
{
    return "GET " + target + " HTTP/1.1\r\nHost: hub.example\r\n\r\n";
}

inline std::string with_line(const std::string& line)
{
    return line + "\r\nHost: hub.example\r\n\r\n";
}

inline std::string with_host(const std::string& lines)
{
    return "GET / HTTP/1.1\r\n" + lines + "\r\n";
}

struct Vector
{
    std::string header;
    const char* reason;
};

inline std::vector<Vector> hostile_headers()
{
    using namespace std::string_literals;
    return {
        // Transfer-Encoding against Content-Length
        {with_fields("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), "length_and_encoding"},
        {with_fields("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"), "length_and_encoding"},
        {with_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), "encoding_twice"},
        {with_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"), "encoding_twice"},
        {with_fields("Transfer-Encoding: identity\r\n"), "encoding_form"},
        {with_fields("Transfer-Encoding: xchunked\r\n"), "encoding_form"},
        {with_fields("Transfer-Encoding: chunked, identity\r\n"), "encoding_form"},
        {with_fields("Transfer-Encoding: identity, chunked\r\n"), "encoding_form"},
        {with_fields("Transfer-Encoding: gzip\r\nContent-Length: 3\r\n"), "encoding_form"},
        {with_fields("Transfer-Encoding: gzip, chunked\r\n"), "encoding_form"},
        {with_fields("Transfer-Encoding: chunked;q=1\r\n"), "encoding_form"},
        {with_fields("Transfer-Encoding: \"chunked\"\r\n"), "encoding_form"},
        {with_fields("Transfer-Encoding:\r\n"), "encoding_form"},
        {with_fields("Transfer-Encoding: \x0b"s + "chunked\r\n"), "field_value"},
        {with_fields("Transfer-Encoding : chunked\r\n"), "field_name"},
        {with_fields("Transfer-Encoding\t: chunked\r\n"), "field_name"},
        {with_fields("Transfer\x01-Encoding: chunked\r\n"), "field_name"},
        {with_fields("Transfer-Encoding:\r\n chunked\r\n"), "encoding_form"},
        {"POST / HTTP/1.0\r\nHost: hub.example\r\nTransfer-Encoding: chunked\r\n\r\n", "encoding_version"},
        // Content-Length
        {with_fields("Content-Length: 5\r\nContent-Length: 5\r\n"), "length_twice"},
        {with_fields("Content-Length: 5\r\nContent-Length: 6\r\n"), "length_twice"},
        {with_fields("content-length: 5\r\nCONTENT-LENGTH: 5\r\n"), "length_twice"},
        {with_fields("Content-Length: 5,5\r\n"), "length_form"},
        {with_fields("Content-Length: +5\r\n"), "length_form"},
        {with_fields("Content-Length: -1\r\n"), "length_form"},
        {with_fields("Content-Length: 0x10\r\n"), "length_form"},
        {with_fields("Content-Length: 5 5\r\n"), "length_form"},
        {with_fields("Content-Length:\r\n"), "length_form"},
        {with_fields("Content-Length: 1234567890123456\r\n"), "length_form"},
        {with_fields("Content-Length: 5\x0c\r\n"), "field_value"},
        {with_fields("Content-Length : 5\r\n"), "field_name"},
        // lines and bytes
        {with_fields("X-A: 1\r\n X-B: 2\r\n"), "obs_fold"},
        {with_fields("X-A: 1\r\n\tX-B: 2\r\n"), "obs_fold"},
        {" GET / HTTP/1.1\r\nHost: hub.example\r\n\r\n", "request_line"},
        {with_fields("X-A: 1\nX-B: 2\r\n"), "line_ending"},
        {with_fields("X-A: 1\rX-B: 2\r\n"), "line_ending"},
        {"GET / HTTP/1.1\nHost: hub.example\n\n", "line_ending"},
        {"GET / HTTP/1.1\r\nHost: hub.example\r\n\n", "line_ending"},
        {with_fields("X-A: 1\r\r\n"), "line_ending"},
        {with_fields("X-A: a\0b\r\n"s), "control_byte"},
        {with_fields("X-A: a\x7f\r\n"), "field_value"},
        {with_fields(": empty\r\n"), "field_name"},
        {with_fields("no colon\r\n"), "field_name"},
        {with_fields("X A: 1\r\n"), "field_name"},
        {with_fields("X-(A): 1\r\n"), "field_name"},
        {"\r\nGET / HTTP/1.1\r\nHost: hub.example\r\n\r\n", "request_line"},
        {"\r\n", "request_line"},
        // request line
        {with_line("GET /"), "request_line"},
        {with_line("GET  / HTTP/1.1"), "request_line"},
        {with_line("GET / x HTTP/1.1"), "request_line"},
        {with_line("GET /\tHTTP/1.1"), "request_line"},
        {with_line("GET / HTTP/1.1 "), "request_line"},
        {with_line("GET / http/1.1"), "request_line"},
        {with_line("G@T / HTTP/1.1"), "request_line"},
        {with_line("GET / HTTP/2.0"), "version"},
        {with_line("GET / HTTP/1.2"), "version"},
        {with_line("GET / HTTP/0.9"), "version"},
        {with_line("PRI * HTTP/2.0"), "version"},
        {with_line("TRACE / HTTP/1.1"), "method"},
        {with_line("CONNECT hub.example:443 HTTP/1.1"), "method"},
        {with_line("get / HTTP/1.1"), "method"},
        {with_line("GETX / HTTP/1.1"), "method"},
        // Host
        {with_host(""), "host_missing"},
        {with_host("Host: hub.example\r\nHost: hub.example\r\n"), "host_twice"},
        {with_host("Host: hub.example\r\nhost: evil.example\r\n"), "host_twice"},
        {with_host("Host: evil.example\r\n"), "host_unknown"},
        {with_host("Host:\r\n"), "host_unknown"},
        {with_host("Host: hub.example.evil.example\r\n"), "host_unknown"},
        {with_host("Host: hub.example:80:90\r\n"), "host_unknown"},
        {with_host("Host: hub.example:x\r\n"), "host_unknown"},
        {with_host("Host: hub.example@evil.example\r\n"), "host_unknown"},
        {with_host("Host: hub.example, evil.example\r\n"), "host_unknown"},
        {with_host("Host: [::1\r\n"), "host_unknown"},
        {with_host("Host: hub.example/\r\n"), "host_unknown"},
        // target
        {with_target("http://hub.example/"), "target_form"},
        {with_target("//evil.example/"), "path_slash"},
        {with_target("*"), "target_form"},
        {with_target("hub.example:443"), "target_form"},
        {with_target("/a#b"), "target_bytes"},
        {with_target("/a\x80"), "target_bytes"},
        {with_target("/a\"b"), "target_bytes"},
        {with_target("/a<b>"), "target_bytes"},
        {with_target("/a%"), "target_escape"},
        {with_target("/a%2"), "target_escape"},
        {with_target("/a%zz"), "target_escape"},
        {with_target("/a?x=%g0"), "target_escape"},
        {with_target("/a%00b"), "path_nul"},
        {with_target("/a%0d%0ab"), "path_nul"},
        {with_target("/a//b"), "path_slash"},
        {with_target("/a%2fb"), "path_slash"},
        {with_target("/a%2Fb"), "path_slash"},
        {with_target("/a\\b"), "path_slash"},
        {with_target("/a%5cb"), "path_slash"},
        {with_target("/a/../b"), "path_dots"},
        {with_target("/a/.."), "path_dots"},
        {with_target("/.%2e/b"), "path_dots"},
        {with_target("/%2E%2E/b"), "path_dots"},
        {with_target("/a/./b"), "path_dots"},
        {with_target("/a/..;/b"), "path_dots"},
        {with_target("/a%c0%af"), "path_utf8"},
        {with_target("/a%ff"), "path_utf8"},
        // fields that change what the connection is
        {with_fields("Upgrade: h2c\r\n"), "upgrade"},
        {with_fields("Connection: Upgrade\r\nUpgrade: websocket\r\n"), "upgrade"},
        {with_fields("HTTP2-Settings: x\r\n"), "upgrade"},
        {with_fields("Trailer: X-Sum\r\n"), "trailer"},
        {with_fields("Expect: 200-ok\r\n"), "expectation"},
        {with_fields("Expect: 100-continue\r\nExpect: 100-continue\r\n"), "repeated_field"},
        {with_fields("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"), "repeated_field"},
        {with_fields("Content-Type: a/b\r\ncontent-type: c/d\r\n"), "repeated_field"},
        {with_fields("Idempotency-Key: 1\r\nIdempotency-Key: 2\r\n"), "repeated_field"},
    };
}

}  // namespace hostile
