// Which caller is near enough, and which address a request is meant for.
#include "hub/api/called.hpp"
#include "hub/api/push_scope.hpp"
#include "hub/api/routes.hpp"

#include <gtest/gtest.h>

namespace lienthong::api {
namespace {

bool holds(const std::string& network, std::string_view peer)
{
    const auto read = PeerNetwork::read(network);
    return read.ok() && read->holds(peer);
}

TEST(PeerNetwork, HoldsItsOwnAddressesInEitherForm)
{
    EXPECT_TRUE(holds("10.1.2.3", "10.1.2.3"));
    EXPECT_TRUE(holds("10.1.2.3", "::ffff:10.1.2.3"));
    EXPECT_FALSE(holds("10.1.2.3", "10.1.2.4"));
    EXPECT_TRUE(holds("10.1.2.0/23", "10.1.3.255"));
    EXPECT_FALSE(holds("10.1.2.0/23", "10.1.4.0"));
    EXPECT_TRUE(holds("2001:db8::/32", "2001:db8:7::1"));
    EXPECT_FALSE(holds("2001:db8::/32", "2001:db9::1"));
    EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1")) << "all of one kind of address is not all of the other";
    EXPECT_FALSE(holds("10.1.2.3", "not an address"));
}

TEST(PeerNetwork, RefusesWhatIsNoNetwork)
{
    for (const char* text : {"", "localhost", "10.1.2", "10.1.2.0/33", "10.1.2.0/", "10.1.2.0/x", "2001:db8::/129", "10.1.2.0/-1"})
        EXPECT_FALSE(PeerNetwork::read(text).ok()) << text;
}

CalledPath at(std::string method, std::string path, bool secret_in_path)
{
    CalledPath out;
    out.method = std::move(method);
    out.path = std::move(path);
    out.caller.token = !secret_in_path;
    return out;
}

http::HttpRequest asking(std::string method, std::string path)
{
    http::HttpRequest request;
    request.method = std::move(method);
    request.path = std::move(path);
    return request;
}

TEST(CalledPath, IsFoundByMethodAndPathAndOneSegmentBehindItWhereTheSecretStandsThere)
{
    const std::vector<CalledPath> paths = {at("POST", "/in/a/x", false), at("PUT", "/in/a/x", false), at("POST", "/adapter/forward/y", true)};
    EXPECT_EQ(called_path(paths, asking("POST", "/in/a/x")), &paths[0]);
    EXPECT_EQ(called_path(paths, asking("PUT", "/in/a/x")), &paths[1]);
    EXPECT_EQ(called_path(paths, asking("POST", "/in/a/x/more")), nullptr);
    EXPECT_EQ(called_path(paths, asking("POST", "/in/a/xy")), nullptr);
    EXPECT_EQ(called_path(paths, asking("POST", "/adapter/forward/y/secret")), &paths[2]);
    EXPECT_EQ(called_path(paths, asking("POST", "/adapter/forward/y/secret/more")), nullptr);
    ASSERT_NE(called_path(paths, asking("GET", "/adapter/forward/y/secret")), nullptr) << "the path is known, the method is not";
}

TEST(OwnPaths, AreNobodyElses)
{
    for (const char* path : {"/v1/submissions", "/v1/anything", "/log/anything", "/healthz", "/metrics", "/", "/status.js"})
        EXPECT_TRUE(is_own_path(path)) << path;
    EXPECT_FALSE(is_own_path("/in/flow/route"));
    EXPECT_FALSE(is_own_path("/XrdAdapter/RestService/forward/nhanhsdvcqg"));
}

TEST(ACalledMessage, TakenUpAfterACrashSpeaksForNoMoreThanItsCallerDid)
{
    flow::Route route;
    route.scope.agencies = {"H31.01", "H31.02"};
    Message message;
    message.source = "mcdt";
    message.attributes = R"({"called":"POST /in/x/Statistic","agencies":["H31.02","H31.03"]})";
    EXPECT_EQ(narrowed(route, message).scope.agencies, std::vector<std::string>{"H31.02"});
    message.attributes = R"({"called":"POST /in/x/Statistic","agencies":["*"]})";
    EXPECT_EQ(narrowed(route, message).scope.agencies, route.scope.agencies);
    message.attributes = R"({"page":1})";
    EXPECT_EQ(narrowed(route, message).scope.agencies, route.scope.agencies) << "a polled message is the flow's own";
}

}  // namespace
}  // namespace lienthong::api
