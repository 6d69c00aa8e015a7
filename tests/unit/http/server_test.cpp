// The server answers what is clear, refuses what is not, and keeps its limits.
#include "tests/unit/http/client.hpp"
#include "tests/unit/http/hostile_headers.hpp"
#include "tests/unit/http/running_server.hpp"

#include <gtest/gtest.h>

#include <list>

using namespace lienthong::http;
using namespace std::chrono_literals;
using Over = Client::Over;

namespace {

constexpr std::string_view smuggled = "GET /smuggled HTTP/1.1\r\nHost: hub.example\r\n\r\n";

std::string get(const std::string& path, const std::string& fields = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: hub.example\r\n" + fields + "\r\n";
}

std::string post(const std::string& fields, const std::string& body)
{
    return "POST /p HTTP/1.1\r\nHost: hub.example\r\n" + fields + "\r\n" + body;
}

std::string body_of(const std::string& answer)
{
    const std::size_t at = answer.find("\r\n\r\n");
    return at == std::string::npos ? "no answer" : answer.substr(at + 4);
}

/// What the server says to those bytes when nothing follows: "status", and the number of answers before the end.
std::string status_of(const std::string& answer)
{
    return answer.substr(0, std::min<std::size_t>(answer.size(), 12));
}

std::size_t answers_in(const std::string& bytes)
{
    std::size_t count = 0;
    for (std::size_t at = bytes.find("HTTP/1."); at != std::string::npos; at = bytes.find("HTTP/1.", at + 1))
        count += at == 0 || bytes[at - 1] == '}' || bytes[at - 1] == '\n' ? 1U : 0U;
    return count;
}

}  // namespace

TEST(Server, AnswersAndKeepsTheConnection)
{
    RunningServer running;
    Client client(running.port(), Over::plain);
    client.send(get("/a%20b"));
    const std::string first = client.answer();
    EXPECT_EQ(status_of(first), "HTTP/1.1 200");
    EXPECT_EQ(body_of(first), "GET /a b ");
    EXPECT_NE(first.find("\r\nDate: "), std::string::npos);
    EXPECT_EQ(first.find("\r\nServer:"), std::string::npos);
    EXPECT_EQ(first.find("Strict-Transport"), std::string::npos);
    const std::string request = post("Content-Length: 11\r\n", "số liệu");
    for (std::size_t at = 0; at < request.size(); at += 7)
        client.send(request.substr(at, 7));
    EXPECT_EQ(body_of(client.answer()), "POST /p số liệu");
}

TEST(Server, SpeaksTls13And12ButNothingOlder)
{
    const Certificate certificate;
    RunningServer running({}, &certificate);
    Client newest(running.port(), Over::tls);
    ASSERT_TRUE(newest.connected());
    EXPECT_EQ(newest.protocol().substr(0, 7), "TLSv1.3");
    newest.send(get("/x"));
    EXPECT_EQ(body_of(newest.answer()), "GET /x ");
    Client older(running.port(), Over::tls_1_2);
    ASSERT_TRUE(older.connected());
    EXPECT_EQ(older.protocol().substr(0, 13), "TLSv1.2 ECDHE");
    older.send(get("/y", "Connection: close\r\n"));
    EXPECT_EQ(body_of(older.rest()), "GET /y ");
    EXPECT_FALSE(Client(running.port(), Over::tls_1_1).connected());
    EXPECT_TRUE(running.wait_refused("handshake", 1));
    Client confused(running.port(), Over::plain);
    confused.send(get("/"));
    EXPECT_EQ(confused.rest().find("HTTP"), std::string::npos);
}

TEST(Server, TakesANewCertificateWithoutDroppingConnections)
{
    const Certificate certificate;
    RunningServer running({}, &certificate);
    Client before(running.port(), Over::tls);
    ASSERT_TRUE(before.connected());
    certificate.make("rsa:3072");
    ASSERT_TRUE(running.server().reload_tls().ok());
    Client after(running.port(), Over::tls_1_2);
    ASSERT_TRUE(after.connected());
    EXPECT_NE(after.protocol().find("RSA"), std::string::npos) << after.protocol();
    before.send(get("/still"));
    EXPECT_EQ(body_of(before.answer()), "GET /still ");
    certificate.make("rsa:2048");
    EXPECT_EQ(running.server().reload_tls().problem().code, "http.tls_files") << "too short a key, the old one stays";
    EXPECT_TRUE(Client(running.port(), Over::tls).connected());
}

TEST(Server, RefusesEveryHostileHeaderOnceAndNeverSeesWhatIsBehindIt)
{
    const Certificate certificate;
    for (const bool tls : {false, true}) {
        RunningServer running({}, tls ? &certificate : nullptr);
        std::map<std::string, int> expected;
        for (const hostile::Vector& vector : hostile::hostile_headers()) {
            const auto reason = std::string(vector.header[0] < 'A' || vector.header[0] > 'Z' ? "no_request" : vector.reason);
            Client client(running.port(), tls ? Over::tls : Over::plain);
            client.send(vector.header + std::string(smuggled));
            const std::string answer = client.rest();
            EXPECT_EQ(answers_in(answer), 1U) << vector.header << answer;
            EXPECT_EQ(answer.substr(0, 10), std::string("HTTP/1.1 ") + (reason == "version" ? "5" : "4")) << vector.header;
            EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos) << answer;
            EXPECT_NE(answer.find("application/problem+json"), std::string::npos);
            EXPECT_NE(answer.find("\"remedy\":\""), std::string::npos) << "every refusal says what to do";
            EXPECT_EQ(running.refused(reason), ++expected[reason]) << vector.header;
        }
        EXPECT_EQ(running.handled(), 0);
    }
}

TEST(Server, RefusesAmbiguousBodies)
{
    RunningServer running;
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    const std::vector<std::string> malformed = {
        "5;x=1\r\nhello\r\n0\r\n\r\n", "5;\r\nhello\r\n0\r\n\r\n",  "5 \r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\n0;x\r\n\r\n",   "5\nhello\r\n0\r\n\r\n",     "5\r\nhello0\r\n\r\n",
        "5\r\nhelloX\r\n0\r\n\r\n",    "0x5\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n",
        "\r\nhello\r\n0\r\n\r\n",      "g\r\nhello\r\n0\r\n\r\n",   "11111111111111111\r\nhello\r\n0\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n",    "5\r\nhello\r\n0\n\n",       "5;" + std::string(100'000, 'x') + "\r\n",
    };
    const std::vector<std::string> with_trailer = {"5\r\nhello\r\n0\r\nX-A: 1\r\n\r\n", "0\r\nHost: evil\r\n\r\n"};
    const auto refused_once = [&](const std::string& body) {
        Client client(running.port(), Over::plain);
        client.send(post(chunked, body + std::string(smuggled)));
        const std::string answer = client.rest();
        EXPECT_EQ(status_of(answer), "HTTP/1.1 400") << body.substr(0, 60);
        EXPECT_EQ(answers_in(answer), 1U) << body.substr(0, 60) << answer;
    };
    int count = 0;
    for (const std::string& body : malformed) {
        refused_once(body);
        EXPECT_EQ(running.refused("chunk") + running.refused("chunk_extension"), ++count) << body.substr(0, 60);
    }
    EXPECT_GE(running.refused("chunk_extension"), 3);
    for (const std::string& body : with_trailer)
        refused_once(body);
    EXPECT_EQ(running.refused("trailer_field"), 2);
    EXPECT_EQ(running.handled(), 0);
}

TEST(Server, ReadsChunkedBodiesWhole)
{
    RunningServer running;
    Client client(running.port(), Over::plain);
    client.send(post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n00A\r\n0123456789\r\n0\r\n\r\n") + get("/next"));
    EXPECT_EQ(body_of(client.answer()), "POST /p hello0123456789");
    EXPECT_EQ(body_of(client.answer()), "GET /next ");
}

TEST(Server, ServesPipelinedRequestsInOrderAlsoWhenAnswersComeLate)
{
    std::mutex mutex;
    std::vector<std::thread> late;
    {
        RunningServer running({}, nullptr, [&](HttpRequest request, Respond respond) {
            const std::lock_guard lock(mutex);
            late.emplace_back([path = request.path, respond] {
                HttpResponse response;
                response.body = path;
                respond(std::move(response));
                respond(HttpResponse{});  // a second answer is nobody's
            });
        });
        Client client(running.port(), Over::plain);
        std::string all;
        for (int i = 0; i < 50; ++i)
            all += get("/" + std::to_string(i));
        client.send(all);
        for (int i = 0; i < 50; ++i)
            EXPECT_EQ(body_of(client.answer()), "/" + std::to_string(i));
    }
    for (auto& thread : late)
        thread.join();
}

TEST(Server, AnswersHeadWithoutABody)
{
    RunningServer running;
    Client client(running.port(), Over::plain);
    client.send("HEAD /h HTTP/1.1\r\nHost: hub.example\r\n\r\n" + get("/next"));
    const std::string head = client.answer(true);
    EXPECT_NE(head.find("Content-Length: 8\r\n"), std::string::npos) << head;
    EXPECT_EQ(body_of(head), "");
    EXPECT_EQ(body_of(client.answer()), "GET /next ");
}

TEST(Server, SaysContinueBeforeABodyThatWaitsForIt)
{
    RunningServer running;
    Client client(running.port(), Over::plain);
    client.send(post("Content-Length: 5\r\nExpect: 100-continue\r\n", ""));
    EXPECT_EQ(client.answer(true), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hello");
    EXPECT_EQ(body_of(client.answer()), "POST /p hello");
}

TEST(Server, KeepsTheBodyLimit)
{
    Limits limits;
    limits.body_bytes = 10;
    RunningServer running(limits);
    for (const std::string& request :
         {post("Content-Length: 11\r\nExpect: 100-continue\r\n", ""), post("Content-Length: 999999999999999\r\n", "x"),
          post("Transfer-Encoding: chunked\r\n", "8\r\n12345678\r\n3\r\n123\r\n0\r\n\r\n"),
          post("Content-Length: 3000000\r\n", std::string(3'000'000, 'x'))}) {
        Client client(running.port(), Over::plain);
        client.send(request);
        EXPECT_EQ(status_of(client.rest()), "HTTP/1.1 413");
    }
    EXPECT_EQ(running.refused("body_too_large"), 4);
    Client client(running.port(), Over::plain);
    client.send(post("Content-Length: 10\r\n", "0123456789"));
    EXPECT_EQ(status_of(client.answer()), "HTTP/1.1 200");
}

TEST(Server, KeepsTheHeaderLimitWhileTheHeaderStillGrows)
{
    RunningServer running;
    Client client(running.port(), Over::plain);
    client.send("GET / HTTP/1.1\r\nHost: hub.example\r\nX: " + std::string(20'000, 'x'));
    EXPECT_EQ(status_of(client.rest()), "HTTP/1.1 431");
    EXPECT_EQ(running.refused("header_too_large"), 1);
}

TEST(Server, CutsOffAHeaderThatDrips)
{
    Limits limits;
    limits.header_deadline = 300ms;
    const Certificate certificate;
    for (const bool tls : {false, true}) {
        RunningServer running(limits, tls ? &certificate : nullptr);
        Client client(running.port(), tls ? Over::tls : Over::plain);
        const std::string header = get("/" + std::string(4'000, 'a'));
        for (std::size_t at = 0; at < header.size() && (at < 5 || !client.readable(20ms)); ++at)
            client.send(header.substr(at, 1));
        EXPECT_EQ(status_of(client.rest()), "HTTP/1.1 408");
        EXPECT_EQ(running.refused("slow_header"), 1);
        EXPECT_EQ(running.handled(), 0);
    }
}

TEST(Server, CutsOffABodySlowerThanTheLeastRate)
{
    Limits limits;
    limits.body_grace = 200ms;
    limits.body_bytes_per_second = 10'000;
    RunningServer running(limits);
    Client client(running.port(), Over::plain);
    client.send(post("Content-Length: 100000\r\n", "x"));
    for (int i = 0; i < 1'000 && !client.readable(20ms); ++i)
        client.send("x");
    EXPECT_EQ(status_of(client.rest()), "HTTP/1.1 408");
    EXPECT_EQ(running.refused("slow_body"), 1);
}

TEST(Server, LetsABodyTakeLongerThanTheGraceWhenItIsFastEnough)
{
    Limits limits;
    limits.body_grace = 1000ms;
    limits.body_bytes_per_second = 1'000;
    RunningServer running(limits);
    Client client(running.port(), Over::plain);
    client.send(post("Content-Length: 3000\r\n", ""));
    for (int i = 0; i < 30; ++i) {
        EXPECT_FALSE(client.readable(40ms)) << "answered before the body was whole";
        client.send(std::string(100, 'x'));
    }
    EXPECT_EQ(status_of(client.answer()), "HTTP/1.1 200");
}

TEST(Server, DoesNotWaitForAReaderWhoDoesNotRead)
{
    Limits limits;
    limits.body_grace = 100ms;
    limits.body_bytes_per_second = 1'000'000'000;
    RunningServer running(limits, nullptr, [](const HttpRequest&, const Respond& respond) {
        HttpResponse response;
        response.body = std::string(50'000'000, 'x');
        respond(std::move(response));
    });
    Client client(running.port(), Over::plain);
    client.send(get("/"));
    EXPECT_TRUE(running.wait_refused("slow_reader", 1));
}

TEST(Server, DoesNotWaitForAHandshakeThatDoesNotCome)
{
    Limits limits;
    limits.header_deadline = 100ms;
    const Certificate certificate;
    RunningServer running(limits, &certificate);
    Client client(running.port(), Over::plain);
    EXPECT_EQ(client.rest(), "");
    EXPECT_EQ(running.refused("handshake"), 1);
}

TEST(Server, EndsIdleConnections)
{
    Limits limits;
    limits.idle_deadline = 100ms;
    RunningServer running(limits);
    Client client(running.port(), Over::plain);
    client.send(get("/"));
    EXPECT_EQ(status_of(client.answer()), "HTTP/1.1 200");
    EXPECT_EQ(client.rest(), "") << "ended without a word";
}

TEST(Server, EndsAConnectionAfterItsRequests)
{
    Limits limits;
    limits.requests_per_connection = 3;
    RunningServer running(limits);
    Client client(running.port(), Over::plain);
    client.send(get("/1") + get("/2") + get("/3") + get("/4"));
    const std::string all = client.rest();
    EXPECT_EQ(all.find("GET /4"), std::string::npos);
    EXPECT_GT(all.find("Connection: close"), all.find("GET /2"));
    EXPECT_NE(all.find("GET /3"), std::string::npos);
}

TEST(Server, CapsItsConnectionsUnderAThousand)
{
    Limits limits;
    limits.connections = 20;
    RunningServer running(limits);
    std::list<Client> kept;
    for (std::size_t i = 0; i < limits.connections; ++i) {
        Client& client = kept.emplace_back(running.port(), Over::plain);
        client.send(get("/"));
        ASSERT_EQ(status_of(client.answer()), "HTTP/1.1 200") << i;
    }
    std::list<Client> crowd;
    for (int i = 0; i < 1'000; ++i)
        crowd.emplace_back(running.port(), Over::plain).send(get("/"));
    EXPECT_TRUE(running.wait_refused("connections", 1'000));
    for (Client& client : crowd)
        EXPECT_EQ(client.rest(), "");
    for (Client& client : kept) {
        client.send(get("/"));
        EXPECT_EQ(status_of(client.answer()), "HTTP/1.1 200") << "the ones inside are served on";
    }
    kept.pop_front();
    std::string answer;
    for (int tries = 0; answer.empty() && tries < 10'000; ++tries) {
        Client next(running.port(), Over::plain);
        next.send(get("/"));
        answer = next.answer();
    }
    EXPECT_EQ(status_of(answer), "HTTP/1.1 200") << "a place that became free is given again";
}

TEST(Server, AnswersForAHandlerThatFails)
{
    RunningServer running({}, nullptr, [](const HttpRequest& request, const Respond&) {
        if (request.path == "/throw")
            throw std::runtime_error("secret detail");
    });
    for (const char* path : {"/throw", "/forget"}) {
        Client client(running.port(), Over::plain);
        client.send(get(path));
        const std::string answer = client.rest();
        EXPECT_EQ(status_of(answer), "HTTP/1.1 500") << path;
        EXPECT_EQ(answer.find("secret"), std::string::npos);
    }
}

TEST(Server, DoesNotLetAHeaderValueEndItsLine)
{
    RunningServer running({}, nullptr, [](const HttpRequest&, const Respond& respond) {
        HttpResponse response;
        response.headers.emplace_back("X-A", "1\r\nSet-Cookie: evil");
        respond(std::move(response));
    });
    Client client(running.port(), Over::plain);
    client.send(get("/"));
    EXPECT_EQ(client.answer().find("\nSet-Cookie"), std::string::npos);
}

TEST(Server, StopsGracefully)
{
    std::mutex mutex;
    std::condition_variable arrived;
    std::optional<Respond> held;
    RunningServer running({}, nullptr, [&](const HttpRequest&, Respond respond) {
        const std::lock_guard lock(mutex);
        held = std::move(respond);
        arrived.notify_all();
    });
    Client idle(running.port(), Over::plain);
    Client busy(running.port(), Over::plain);
    busy.send(get("/"));
    {
        std::unique_lock lock(mutex);
        ASSERT_TRUE(arrived.wait_for(lock, 30s, [&] { return held.has_value(); }));
    }
    running.server().stop(30s);
    EXPECT_EQ(idle.rest(), "") << "the idle connection ends at once";
    HttpResponse response;
    response.body = "done";
    (*held)(std::move(response));
    const std::string answer = busy.rest();
    EXPECT_EQ(body_of(answer), "done");
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
    EXPECT_FALSE(Client(running.port(), Over::plain).connected());
    busy.hang_up();
    running.join();
}

TEST(Server, StopsAHandlerThatNeverAnswersWhenTheGraceIsOver)
{
    std::optional<Respond> held;
    {
        RunningServer running({}, nullptr, [&](const HttpRequest&, Respond respond) { held = std::move(respond); });
        Client client(running.port(), Over::plain);
        client.send(get("/"));
        while (running.handled() == 0)
            std::this_thread::yield();
        running.server().stop(50ms);
        EXPECT_EQ(client.rest(), "");
        running.join();
    }
    (*held)(HttpResponse{});  // nobody waits any more, and nothing breaks
}

TEST(Server, SaysWhyItCannotServe)
{
    const Certificate short_key("rsa:2048");
    boost::asio::io_context context;
    const auto code = [&](ServerOptions options) {
        const auto served = serve(context.get_executor(), options, [](const HttpRequest&, const Respond&) {}, {});
        return served ? std::string("serves") : served.problem().code;
    };
    ServerOptions options;
    options.address = "0.0.0.0";
    EXPECT_EQ(code(options), "http.plain_public");
    options.certificate_file = short_key.certificate();
    options.key_file = short_key.key();
    EXPECT_EQ(code(options), "http.tls_files");
    options.key_file = "/nowhere/key.pem";
    EXPECT_EQ(code(options), "http.tls_files");
    options = {};
    options.address = "hub.example";
    EXPECT_EQ(code(options), "http.bind");
    RunningServer running;
    options.address = "127.0.0.1";
    options.port = running.port();
    EXPECT_EQ(code(options), "http.bind");
    options.port = 0;
    EXPECT_EQ(code(options), "serves");
}
