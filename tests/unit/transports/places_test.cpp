// Where names lead, for transports whose libraries connect by themselves: each goes nowhere a flow may not go.
#include "adapters/transports/reach/places.hpp"

#include "adapters/transports/sftp/sftp_transport.hpp"
#include "adapters/transports/sql/sql_transport.hpp"
#include "tests/unit/transports/waiting.hpp"

#include <gtest/gtest.h>

namespace lienthong::adapters {
namespace {

Reach only_public()
{
    Reach reach;
    reach.private_networks = false;
    return reach;
}

TEST(Places, AreTheAddressesOfANameWithThePort)
{
    const auto places = places_of("127.0.0.1", "995", {}, "the server");
    ASSERT_TRUE(places.ok());
    ASSERT_EQ(places->size(), 1U);
    EXPECT_EQ(places->front().address().to_string(), "127.0.0.1");
    EXPECT_EQ(places->front().port(), 995);
    ASSERT_TRUE(places_of("::1", "22", {}, "the server").ok());
    EXPECT_TRUE(places_of("10.0.0.1", "22", {}, "the server").ok());
}

TEST(Places, ThatNobodyMayGoToAreNamedWithTheReason)
{
    const auto metadata = places_of("169.254.169.254", "22", {}, "the server x");
    ASSERT_FALSE(metadata.ok());
    EXPECT_EQ(metadata.problem().code, "transport.not_allowed");
    EXPECT_NE(metadata.problem().sentence().find("the server x may not be connected to: the name leads to 169.254.169.254"), std::string::npos)
        << metadata.problem().sentence();
    const auto inside = places_of("10.0.0.1", "22", only_public(), "the server");
    ASSERT_FALSE(inside.ok());
    EXPECT_EQ(inside.problem().code, "transport.not_allowed");
    const auto nowhere = places_of("khong-co.invalid", "22", {}, "the server");
    ASSERT_FALSE(nowhere.ok());
    EXPECT_EQ(nowhere.problem().code, "transport.refused");
}

/// The problem's code.
std::string code_of(Transport& transport, boost::asio::io_context& context, HttpRequest request, const Reach& reach)
{
    request.reach = reach;
    request.timeout = std::chrono::seconds(5);
    const auto got = tests::answer_of(context, transport, std::move(request));
    return got ? std::to_string(got->status) : got.problem().code;
}

TEST(SqlTransport, GoesToNoDatabaseThatAFlowMayNotGoTo)
{
    boost::asio::io_context context;
    const auto transport = make_sql_transport(context.get_executor(), {});
    const auto query = [](const std::string& host) {
        HttpRequest request = tests::request_for("POST", "postgresql://" + host + "/db", "/query");
        request.headers = {{"Most-Rows", "1"}, {"Authorization", "Basic YTpi"}};
        request.body = "SELECT 1";
        return request;
    };
    EXPECT_EQ(code_of(*transport, context, query("169.254.169.254"), {}), "transport.not_allowed");
    EXPECT_EQ(code_of(*transport, context, query("10.0.0.1:5432"), only_public()), "transport.not_allowed");
    EXPECT_EQ(code_of(*transport, context, query("khong-co.invalid"), {}), "transport.refused");
}

TEST(SftpTransport, GoesToNoServerThatAFlowMayNotGoTo)
{
    boost::asio::io_context context;
    const auto transport = make_sftp_transport(context.get_executor());
    const auto listing = [](const std::string& host) {
        HttpRequest request = tests::request_for("GET", "sftp://" + host + "/nhan", "/");
        request.headers = {{"Host-Key", "SHA256:abc"}, {"Authorization", "Basic YTpi"}};
        return request;
    };
    EXPECT_EQ(code_of(*transport, context, listing("169.254.169.254"), {}), "transport.not_allowed");
    EXPECT_EQ(code_of(*transport, context, listing("192.168.1.1:22"), only_public()), "transport.not_allowed");
    EXPECT_EQ(code_of(*transport, context, listing("khong-co.invalid"), {}), "transport.refused");
}

}  // namespace
}  // namespace lienthong::adapters
