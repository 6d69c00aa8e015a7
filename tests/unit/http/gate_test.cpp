// Requests that two readers could frame differently never get in.
#include "hub/http/gate.hpp"

#include "tests/unit/http/hostile_headers.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using namespace lienthong::http;
using namespace hostile;

namespace {

const std::vector<std::string> hosts = {"hub.example", "127.0.0.1", "[::1]"};

std::string judged(std::string_view header)
{
    const GateRules rules{8 * 1024, 64, hosts};
    const Refusal* refusal = judge_header(header, rules);
    return refusal == nullptr ? "passes" : std::string(refusal->reason);
}

}  // namespace

TEST(Gate, RefusesEveryHostileVectorForItsOwnReason)
{
    const auto vectors = hostile_headers();
    EXPECT_GE(vectors.size(), 50U);
    for (const Vector& vector : vectors) {
        EXPECT_EQ(judged(vector.header), vector.reason) << vector.header;
        EXPECT_EQ(header_length(vector.header) == 0, false) << "an answer must not wait for more: " << vector.header;
    }
}

TEST(Gate, LetsOrdinaryRequestsPass)
{
    for (const std::string& header :
         {with_target("/"), with_target("/v1/observations?indicator=A_I_1&q=k%E1%BB%B3+b%C3%A1o&x=a/../b//c%2f%00"),
          with_target("/v1/s%E1%BB%91%20li%E1%BB%87u/a.b/.../x;v=1"), with_fields("Content-Length: 0\r\n"),
          with_fields("Transfer-Encoding: Chunked\r\n"), with_fields("Content-Length: 123456789012345\r\n"),
          with_fields("Expect: 100-Continue\r\nX-A:\r\nX-B: caf\xC3\xA9\t!\r\nCookie: a\r\nCookie: b\r\n"),
          with_host("HOST:   HUB.example:8443  \r\n"), with_host("Host: [::1]:80\r\n"), with_host("Host: 127.0.0.1\r\n"),
          with_line("DELETE /v1/x HTTP/1.0")})
        EXPECT_EQ(judged(header), "passes") << header;
}

TEST(Gate, CountsFieldsAndBytes)
{
    std::string fields;
    for (int i = 0; i < 63; ++i)
        fields += "X-" + std::to_string(i) + ": 1\r\n";
    EXPECT_EQ(judged(with_fields(fields)), "passes");
    EXPECT_EQ(judged(with_fields(fields + "X-63: 1\r\n")), "too_many_fields");
    EXPECT_EQ(judged(with_fields("X: " + std::string(8'192, 'x') + "\r\n")), "header_too_large");
}

TEST(Gate, FindsTheEndOfAHeader)
{
    EXPECT_EQ(header_length("GET / HTTP/1.1\r\nHost: x\r\n"), 0U);
    EXPECT_EQ(header_length("GET / HTTP/1.1\r\nHost: x\r\n\r\nbody\r\n\r\n"), 27U);
    EXPECT_EQ(header_length("GET / HTTP/1.1\n\nbody"), 16U);
    EXPECT_EQ(header_length("\r\nGET"), 2U);
    EXPECT_EQ(header_length(""), 0U);
}
