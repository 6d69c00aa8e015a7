// A connector's request becomes an HTTP request with secrets in place, or is refused without showing them.
#include "hub/flow/request_builder.hpp"

#include <gtest/gtest.h>

namespace lienthong::flow {
namespace {

using namespace sdk;

RequestNames names()
{
    return {{{"base_url", "https://lgsp.test:8243/gw/"}},
            {{"key", "key-demo"}, {"secret", "demo-secret-khong-that"}, {"split", "a\r\nb"}, {"bytes", "\xFF\xFE"}},
            {{"session", "s e"}}};
}

std::string body_of(Part part)
{
    Request request;
    request.body = std::move(part);
    auto built = build_request(request, names());
    return built ? built->body : built.problem().code;
}

std::string code_of(const Request& request)
{
    const auto built = build_request(request, names());
    return built ? "built" : built.problem().code;
}

TEST(RequestBuilder, PutsSecretsWhereTheConnectorNamedThem)
{
    Request request;
    request.method = "POST";
    request.target = literal("/token");
    request.headers = {
        {"Authorization", concat({literal("Basic "), base64(concat({secret("key"), literal(":"), secret("secret")}))})},
        {"X-SessionCase", credential("session")}};
    request.body = concat({literal("session="), form_url(credential("session"))});
    request.timeout_millis = 5000;
    const auto built = build_request(request, names());
    ASSERT_TRUE(built.ok()) << built.problem().sentence();
    EXPECT_EQ(built->url, "https://lgsp.test:8243/gw/token");
    EXPECT_EQ(built->headers[0].second, "Basic a2V5LWRlbW86ZGVtby1zZWNyZXQta2hvbmctdGhhdA==");
    EXPECT_EQ(built->headers[1].first, "X-SessionCase");
    EXPECT_EQ(built->body, "session=s+e");
    EXPECT_EQ(built->timeout, std::chrono::milliseconds(5000));
    EXPECT_EQ(credentials_of(request), std::vector<std::string>{"session"});
}

TEST(RequestBuilder, TakesNoLargerAnswerThanTheHostCanHandOn)
{
    Request request;
    EXPECT_EQ(build_request(request, names())->answer_limit, std::size_t{32} << 20U);
    request.answer_mib = 5'000;
    EXPECT_EQ(build_request(request, names())->answer_limit, std::size_t{most_answer_mib} << 20U);
}

/// The worked vector of the VXP header signature.
TEST(RequestBuilder, SignsHeadersAsTheVxpReferenceClientDoes)
{
    Request request;
    request.parts = {{"signed", literal(R"({"XroadVnpt-systemid":"H52.99.01","XroadVnpt-servicetype":"eDoc",)"
                                        R"("XroadVnpt-messagetype":"edoc","XroadVnpt-timestamp":"21112025T093015+0042",)"
                                        R"("XroadVnpt-Content-Type":"application/json"})")}};
    request.headers = {{"XroadVnpt-sign-header", earlier("signed")},
                       {"XroadVnpt-hash-header", hex(hmac_sha256(secret("secret"), earlier("signed")))}};
    const auto built = build_request(request, names());
    ASSERT_TRUE(built.ok()) << built.problem().sentence();
    EXPECT_EQ(built->headers[1].second, "6676e256e70a66021b9bef210eecbeaef71f0b894ca76d8a9c56c488f0d614f0");
}

TEST(RequestBuilder, WritesHashesInBothHexForms)
{
    EXPECT_EQ(body_of(hex(sha256(literal("abc")))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(body_of(vxp_hex(sha256(literal("abc")))), "ba7816bf8f1cfea414140de5dae2223b0361a396177a9cb410ff61f2015ad");
}

TEST(RequestBuilder, QuotesForJsonAndForms)
{
    EXPECT_EQ(body_of(json_string(literal("a\"\n\xE1\xBA\xA5"))), "\"a\\\"\\n\xE1\xBA\xA5\"");
    EXPECT_EQ(body_of(form_url(literal("a b&c=\xC4\x91*-._~"))), "a+b%26c%3D%C4%91*-._%7E");
    EXPECT_EQ(body_of(json_string(secret("bytes"))), "request.bad_part");
}

TEST(RequestBuilder, RefusesNamesThereAreNot)
{
    EXPECT_EQ(body_of(secret("other")), "request.unknown_name");
    EXPECT_EQ(body_of(credential("other")), "request.unknown_name");
    EXPECT_EQ(body_of(earlier("later")), "request.unknown_name");
    Request request;
    request.endpoint = "elsewhere";
    EXPECT_EQ(code_of(request), "request.unknown_name");
}

TEST(RequestBuilder, RefusesHeadersThatWouldSplitOrRepeatTheMessage)
{
    const char* const refused[] = {"Host", "content-length", "Transfer-Encoding", "X Y", "", "X\r\nY"};
    for (const char* name : refused) {
        Request request;
        request.headers = {{name, literal("x")}};
        EXPECT_EQ(code_of(request), "request.bad_header") << name;
    }
    for (const std::string& value : {std::string("a\rb"), std::string("a\nb"), std::string("a\0b", 3)}) {
        Request request;
        request.headers = {{"X-A", literal(value)}};
        EXPECT_EQ(code_of(request), "request.bad_header");
    }
}

TEST(RequestBuilder, RefusesWhatIsLongerThanHttpLibrariesTake)
{
    Request request;
    request.headers = {{"Authorization", literal(std::string(100'000, 't'))}};
    EXPECT_EQ(code_of(request), "request.bad_header");
    request.headers = {{std::string(300, 'n'), literal("x")}};
    EXPECT_EQ(code_of(request), "request.bad_header");
    request.headers = {{"Authorization", literal(std::string(32 * 1024, 't'))}};
    EXPECT_EQ(code_of(request), "built");
    request.target = literal('/' + std::string(100'000, 'x'));
    EXPECT_EQ(code_of(request), "request.bad_target");
}

TEST(RequestBuilder, NeverShowsASecretInAProblem)
{
    Request request;
    request.headers = {{"X-A", secret("split")}};
    const auto built = build_request(request, names());
    ASSERT_FALSE(built.ok());
    EXPECT_EQ(built.problem().sentence().find("a\r"), std::string::npos);
    EXPECT_EQ(built.problem().found, "not shown: it may hold a secret");
}

TEST(RequestBuilder, KeepsTheTargetBelowTheEndpoint)
{
    for (const char* target :
         {"", "x", "@evil.test/", "/a b", "/a\r\nHost: x", "/a#b", "/../admin", "/a/%2E%2e/b", "/a/.", "/\xC4\x91"}) {
        Request request;
        request.target = literal(target);
        EXPECT_EQ(code_of(request), "request.bad_target") << target;
    }
    Request request;
    request.target = literal("/a/..b/c.d?e=../f");
    EXPECT_EQ(code_of(request), "built");
}

TEST(RequestBuilder, RefusesMethodsOfItsOwnMaking)
{
    for (const char* method : {"", "GET /x", "CONNECT", "connect"}) {
        Request request;
        request.method = method;
        EXPECT_EQ(code_of(request), "request.bad_method") << method;
    }
}

TEST(RequestBuilder, BoundsDepthSizeAndArguments)
{
    Part deep = literal("x");
    for (int i = 0; i < 20; ++i)
        deep = hex(deep);
    EXPECT_EQ(body_of(deep), "request.too_deep");
    EXPECT_EQ(body_of(make_part(PartKind::base64, {})), "request.bad_part");
    EXPECT_EQ(body_of(make_part(PartKind::hmac_sha256, {}, {literal("key")})), "request.bad_part");
    EXPECT_EQ(body_of(make_part(PartKind::secret, "key", {literal("x")})), "request.bad_part");
    Request doubling;
    doubling.parts = {{"0", literal(std::string(1000, 'x'))}};
    for (int i = 1; i < 40; ++i)
        doubling.parts.push_back({std::to_string(i), concat({earlier(std::to_string(i - 1)), earlier(std::to_string(i - 1))})});
    EXPECT_EQ(code_of(doubling), "request.too_large");
    doubling.parts.resize(2);
    doubling.parts.push_back(doubling.parts.back());
    EXPECT_EQ(code_of(doubling), "request.bad_part");
}

}  // namespace
}  // namespace lienthong::flow
