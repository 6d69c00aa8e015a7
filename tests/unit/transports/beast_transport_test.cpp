// What came back, or what is certain about what did not.
#include "adapters/transports/beast/beast_transport.hpp"

#include "tests/unit/http/certificate.hpp"
#include "tests/unit/transports/asking.hpp"
#include "tests/unit/transports/scripted_server.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <future>

using namespace lienthong;
using namespace std::chrono_literals;

namespace {

void answer_all(Conversation& conversation)
{
    for (std::string request = conversation.request(); !request.empty(); request = conversation.request())
        conversation.answer(request.substr(0, request.find(" HTTP")));
}

}  // namespace

TEST(BeastTransport, SendsWhatItWasGivenInThatCase)
{
    const Certificate certificate;
    std::promise<std::string> seen;
    ScriptedServer server(
        [&](Conversation& conversation) {
            seen.set_value(conversation.request());
            conversation.answer("{}", "X-A: 1\r\nX-a: 2\r\n");
        },
        &certificate);
    Asking asking(&certificate);
    HttpRequest request = post(server.url("/a%20b?q=%2F&r#cut"), "thân");
    request.headers = {{"XroadVnpt-System-Id", "sys"}, {"Content-Type", "application/json"}, {"X-Twice", "1"}, {"X-Twice", "2"}};
    const auto answer = asking.ask(request);
    ASSERT_TRUE(answer.ok()) << answer.problem().sentence();
    EXPECT_EQ(answer.value().status, 200);
    EXPECT_EQ(answer.value().body, "{}");
    const std::vector<std::pair<std::string, std::string>> headers = {{"Content-Length", "2"}, {"X-A", "1"}, {"X-a", "2"}};
    EXPECT_EQ(answer.value().headers, headers);
    EXPECT_EQ(seen.get_future().get(),
              "POST /a%20b?q=%2F&r HTTP/1.1\r\nHost: localhost:" + std::to_string(server.port()) +
                  "\r\nXroadVnpt-System-Id: sys\r\nContent-Type: application/json\r\nX-Twice: 1\r\nX-Twice: 2\r\n"
                  "Accept-Encoding: identity\r\nContent-Length: 5\r\n\r\nthân");
}

TEST(BeastTransport, KeepsAConnectionForTheNextRequest)
{
    const Certificate certificate;
    ScriptedServer server(answer_all, &certificate);
    Asking asking(&certificate);
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(asking.told(get(server.url("/" + std::to_string(i)))), "200 GET /" + std::to_string(i));
    EXPECT_EQ(server.connections(), 1);
    std::vector<std::future<Result<HttpAnswer>>> many;
    for (int i = 0; i < 40; ++i)
        many.push_back(asking.start(post(server.url("/" + std::to_string(i)))));
    for (int i = 0; i < 40; ++i) {
        const auto answer = many[static_cast<std::size_t>(i)].get();
        ASSERT_TRUE(answer.ok()) << answer.problem().sentence();
        EXPECT_EQ(answer.value().body, "POST /" + std::to_string(i)) << "answers do not get mixed up";
    }
}

TEST(BeastTransport, ReadsChunkedAnswersInterimAnswersAndAnswersThatEndWithTheConnection)
{
    std::vector<std::string> scripts = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 404 No\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.0 200 OK\r\n\r\nto the end",
        "HTTP/1.1 204 No\r\n\r\n",
    };
    std::atomic<std::size_t> next = 0;
    ScriptedServer server([&](Conversation& conversation) {
        conversation.request();
        conversation.say(scripts[next++]);
    });
    Asking asking;
    for (const char* expected : {"200 abcde", "404 x", "200 to the end", "204 "})
        EXPECT_EQ(asking.told(get(server.url("/"))), expected);
}

TEST(BeastTransport, DoesNotFollowRedirectsAndAnswersHead)
{
    ScriptedServer server([](Conversation& conversation) {
        for (std::string request = conversation.request(); !request.empty(); request = conversation.request())
            conversation.say(request.starts_with("HEAD")
                                 ? "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"
                                 : "HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n");
    });
    Asking asking;
    HttpRequest head = get(server.url("/"));
    head.method = "HEAD";
    EXPECT_EQ(asking.told(head), "200 ");
    EXPECT_EQ(asking.told(get(server.url("/"))), "302 ");
    EXPECT_EQ(server.connections(), 1) << "the announced body of HEAD is not waited for";
}

TEST(BeastTransport, IsRefusedWhereNobodyListens)
{
    std::uint16_t free_port = 0;
    {
        const ScriptedServer gone(answer_all);
        free_port = gone.port();
    }
    Asking asking;
    EXPECT_EQ(asking.told(post("http://localhost:" + std::to_string(free_port) + "/")), "transport.refused");
    EXPECT_EQ(asking.told(post("http://name.invalid/")), "transport.refused");
}

TEST(BeastTransport, DoesNotKnowAfterAResetOrAnEndWithoutAnswer)
{
    const Certificate certificate;
    for (const bool tls : {false, true}) {
        for (const bool reset : {false, true}) {
            ScriptedServer server(
                [&](Conversation& conversation) {
                    conversation.request();
                    if (reset)
                        conversation.reset();
                },
                tls ? &certificate : nullptr);
            Asking asking(tls ? &certificate : nullptr);
            EXPECT_EQ(asking.told(post(server.url("/"))), "transport.unknown");
            EXPECT_EQ(server.connections(), 1) << "sent once";
        }
    }
}

TEST(BeastTransport, DoesNotKnowWhenTheAnswerIsCutOrIsNone)
{
    std::vector<std::string> scripts = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;" + std::string(100'000, 'x') + "\r\nabc\r\n0\r\n\r\n",
    };
    std::atomic<std::size_t> next = 0;
    ScriptedServer server([&](Conversation& conversation) {
        conversation.request();
        conversation.say(scripts[next++]);
    });
    Asking asking;
    for (const std::string& script : scripts)
        EXPECT_EQ(asking.told(post(server.url("/"))), "transport.unknown") << script.substr(0, 80);
}

TEST(BeastTransport, GivesUpAtTheDeadline)
{
    const Certificate certificate;
    ScriptedServer silent([](Conversation& conversation) {
        conversation.request();
        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        conversation.wait_for_end();
    });
    Asking asking(&certificate);
    HttpRequest request = post(silent.url("/"));
    request.timeout = 800ms;
    const auto begun = std::chrono::steady_clock::now();
    const auto answer = asking.ask(request);
    EXPECT_EQ(answer.problem().code, "transport.unknown");
    EXPECT_NE(answer.problem().detail.find("deadline"), std::string::npos);
    EXPECT_GE(std::chrono::steady_clock::now() - begun, 800ms);

    // speaks no TLS and says nothing: the handshake never ends, and nothing of the request has left
    request.url = "https://localhost:" + std::to_string(silent.port()) + "/";
    EXPECT_EQ(asking.told(request), "transport.refused");
}

TEST(BeastTransport, KeepsTheAnswerLimit)
{
    ScriptedServer server([](Conversation& conversation) {
        const std::string request = conversation.request();
        if (request.find("/chunked") != std::string::npos)
            conversation.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + std::string(0x40, 'x') +
                             "\r\n40\r\n" + std::string(0x40, 'x') + "\r\n0\r\n\r\n");
        else
            conversation.answer(std::string(101, 'x'));
    });
    Asking asking;
    for (const char* path : {"/", "/chunked"}) {
        HttpRequest request = get(server.url(path));
        request.answer_limit = 100;
        EXPECT_EQ(asking.told(request), "transport.too_large") << path;
        request.answer_limit = 200;
        EXPECT_EQ(asking.told(request).substr(0, 3), "200") << path;
    }
}

TEST(BeastTransport, TrustsOnlyTheAuthoritiesAndTheNameItWasGiven)
{
    const Certificate certificate;
    const Certificate other;
    const Certificate elsewhere("ec -pkeyopt ec_paramgen_curve:P-256", "DNS:other.example");
    std::atomic<int> requests = 0;
    const auto count = [&](Conversation& conversation) {
        requests += conversation.request().empty() ? 0 : 1;
        conversation.answer("");
    };
    ScriptedServer server(count, &certificate);
    ScriptedServer misnamed(count, &elsewhere);
    const auto problem = [](const Certificate& trusted, const std::string& url) {
        const auto answer = Asking(&trusted).ask(post(url));
        return answer ? std::string("200") : answer.problem().code + " " + answer.problem().detail;
    };
    EXPECT_EQ(problem(other, server.url("/")).substr(0, 13), "transport.tls");
    const std::string wrong_name = problem(elsewhere, misnamed.url("/"));
    EXPECT_EQ(wrong_name.substr(0, 13), "transport.tls");
    EXPECT_NE(wrong_name.find("not for this host"), std::string::npos) << wrong_name;
    EXPECT_EQ(requests, 0) << "not a byte of the request has left";
    EXPECT_EQ(problem(certificate, server.url("/")), "200");
    EXPECT_EQ(problem(certificate, "https://127.0.0.1:" + std::to_string(server.port()) + "/"), "200");
}

TEST(BeastTransport, RepeatsOnlyAReadingRequestOverADeadConnection)
{
    // the first request of each connection is answered, the second is met with silence and the end
    ScriptedServer server([](Conversation& conversation) {
        conversation.request();
        conversation.answer("first");
        conversation.request();
    });
    Asking asking;
    EXPECT_EQ(asking.told(get(server.url("/"))), "200 first");
    EXPECT_EQ(asking.told(get(server.url("/"))), "200 first") << "again over a fresh connection";
    EXPECT_EQ(asking.told(post(server.url("/"))), "transport.unknown") << "never a second time";
}

TEST(BeastTransport, DropsAKeptConnectionThatSpeaksUnasked)
{
    std::promise<void> spoken;
    ScriptedServer server([&](Conversation& conversation) {
        const std::string request = conversation.request();
        conversation.answer("good");
        if (request.find("/first") != std::string::npos) {
            conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            spoken.set_value();
        }
        conversation.wait_for_end();
    });
    Asking asking;
    EXPECT_EQ(asking.told(get(server.url("/first"))), "200 good");
    spoken.get_future().wait();
    EXPECT_EQ(asking.told(post(server.url("/second"))), "200 good");
    EXPECT_EQ(server.connections(), 2);
}

TEST(BeastTransport, RefusesRequestsThatCouldSayMoreThanTheyShould)
{
    Asking asking;
    for (const char* url : {"", "/path", "ftp://h/", "http:///x", "http://user:pw@h/", "http://h/a b", "http://h/\r\nX: 1",
                            "http://h:0/", "http://h:99999/", "http://h/\xE1\xBB\xB3", "https:h", "//h/"})
        EXPECT_EQ(asking.told(get(url)), "transport.bad_request") << url;
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"X", "1\r\nY: 2"},
                                                                                      {"X", std::string("a\0b", 3)},
                                                                                      {"X\r\nY", "1"},
                                                                                      {"X Y", "1"},
                                                                                      {"", "1"},
                                                                                      {"Host", "evil.example"},
                                                                                      {"content-length", "5"},
                                                                                      {"Transfer-Encoding", "chunked"}}) {
        HttpRequest request = get("http://localhost/");
        request.headers = {{name, value}};
        EXPECT_EQ(asking.told(request), "transport.bad_request") << name;
    }
    HttpRequest request = get("http://localhost/");
    request.method = "GET /x HTTP/1.1\r\nX:";
    EXPECT_EQ(asking.told(request), "transport.bad_request");
}

TEST(BeastTransport, SpeaksPlainHttpOnlyWhenAllowed)
{
    boost::asio::io_context context;
    auto transport = adapters::make_beast_transport(context.get_executor(), {});
    ASSERT_TRUE(transport.ok());
    std::string code;
    transport.value()->ask(get("http://localhost/"), [&](const Result<HttpAnswer>& answer) { code = answer.problem().code; });
    EXPECT_EQ(code, "") << "never inside ask()";
    context.run();
    EXPECT_EQ(code, "transport.bad_request");
    adapters::BeastTransportOptions options;
    options.authorities_file = "/nowhere.pem";
    EXPECT_EQ(adapters::make_beast_transport(context.get_executor(), options).problem().code, "transport.authorities");
}

TEST(BeastTransport, LetsRunningExchangesEndAfterItsOwnEnd)
{
    std::promise<void> received;
    std::promise<void> go_on;
    ScriptedServer server([&](Conversation& conversation) {
        conversation.request();
        received.set_value();
        go_on.get_future().wait();
        conversation.answer("late");
    });
    boost::asio::io_context context;
    adapters::BeastTransportOptions options;
    options.plain_http = true;
    auto transport = std::move(adapters::make_beast_transport(context.get_executor(), options)).value();
    std::string body;
    transport->ask(get(server.url("/")), [&](const Result<HttpAnswer>& answer) { body = answer.value().body; });
    std::thread running([&] { context.run(); });
    received.get_future().wait();
    transport.reset();
    go_on.set_value();
    running.join();
    EXPECT_EQ(body, "late");
}
