// What is said of a foreign system that is slow, lies about its answer, or hides behind a name that leads elsewhere.
#include "tests/unit/transports/asking.hpp"
#include "tests/unit/transports/scripted_server.hpp"

#include "adapters/transports/beast/probe.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <map>

using namespace lienthong;
using namespace lienthong::adapters;
using namespace std::chrono_literals;

namespace {

using Book = std::map<std::string, std::vector<std::string>>;

BeastTransportOptions with_names(Book book)
{
    BeastTransportOptions options;
    options.look_up = [book = std::move(book)](const std::string& host) {
        const auto it = book.find(host);
        return it == book.end() ? std::vector<std::string>() : it->second;
    };
    return options;
}

/// "code: sentence" of what must have failed.
std::string problem(Asking& asking, HttpRequest request)
{
    const auto answer = asking.ask(std::move(request));
    return answer ? "answered " + std::to_string(answer.value().status) : answer.problem().code + ": " + answer.problem().detail;
}

/// Asserts with the whole sentence in sight.
void expect_in(const std::string& text, std::string_view part)
{
    EXPECT_NE(text.find(part), std::string::npos) << text << "\nlacks\n" << part;
}

/// A port whose queue of connections is full: whoever connects hears nothing.
class FullPort
{
public:
    FullPort()
    {
        sockets_.push_back(::socket(AF_INET, SOCK_STREAM, 0));
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        auto* address = reinterpret_cast<sockaddr*>(&at);
        if (::bind(sockets_[0], address, size) != 0 || ::listen(sockets_[0], 0) != 0 || ::getsockname(sockets_[0], address, &size) != 0)
            throw std::runtime_error("listen");
        port_ = ntohs(at.sin_port);
        for (int i = 0; i < 8; ++i) {
            sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
            static_cast<void>(::connect(sockets_.back(), address, size));
        }
    }
    ~FullPort()
    {
        for (const int socket : sockets_)
            ::close(socket);
    }
    FullPort(const FullPort&) = delete;
    FullPort& operator=(const FullPort&) = delete;
    [[nodiscard]] std::string url(const std::string& scheme) const { return scheme + "://127.0.0.1:" + std::to_string(port_) + "/"; }

private:
    std::vector<int> sockets_;
    std::uint16_t port_ = 0;
};

void listen_silently(Conversation& conversation)
{
    conversation.wait_for_end();
}

}  // namespace

TEST(Outward, GivesANameServerUpAtItsDeadlineAndKeepsNobodyElseWaiting)
{
    std::promise<void> released;
    const auto silent = released.get_future().share();
    BeastTransportOptions options;
    options.deadlines.name = 2s;
    options.look_up = [silent](const std::string& host) {
        if (host == "silent.example")
            silent.wait();
        return std::vector<std::string>{"127.0.0.1"};
    };
    ScriptedServer server([](Conversation& conversation) {
        conversation.request();
        conversation.answer("here");
    });
    Asking asking(nullptr, options);
    auto waits = asking.start(get("http://silent.example/"));
    EXPECT_EQ(asking.told(get(server.url("/"))), "200 here") << "while the other name is still being looked up";
    const auto answer = waits.get();
    EXPECT_EQ(answer.problem().code, "transport.refused");
    expect_in(answer.problem().detail, "the deadline of 2 s for looking the name up passed");

    HttpRequest hurried = get("http://silent.example/");
    hurried.timeout = 100ms;
    expect_in(problem(asking, hurried), "the deadline of 100 ms for the whole exchange passed while the name was looked up");
    released.set_value();
}

TEST(Outward, SaysWhichDeadlinePassed)
{
    const Certificate certificate;
    // Only the deadline in question is short, so that a slow machine meets no other.
    const auto told = [&](std::chrono::milliseconds StageDeadlines::*stage, const std::string& url) {
        BeastTransportOptions options;
        options.deadlines = {60s, 60s, 60s, 60s};
        options.deadlines.*stage = 300ms;
        Asking asking(&certificate, options);
        return problem(asking, get(url));
    };
    const FullPort full;
    const std::string deaf = told(&StageDeadlines::connect, full.url("http"));
    expect_in(deaf, "transport.refused: GET http://127.0.0.1");
    expect_in(deaf, "the deadline of 300 ms for connecting passed");

    ScriptedServer silent(listen_silently);
    const std::string mute = told(&StageDeadlines::handshake, "https://localhost:" + std::to_string(silent.port()) + "/");
    expect_in(mute, "transport.refused");
    expect_in(mute, "the deadline of 300 ms for the TLS handshake passed");
    const std::string thoughtful = told(&StageDeadlines::first_byte, silent.url("/"));
    expect_in(thoughtful, "transport.unknown");
    expect_in(thoughtful, "the deadline of 300 ms for the beginning of an answer passed");

    ScriptedServer stalls([](Conversation& conversation) {
        conversation.request();
        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        conversation.wait_for_end();
    });
    // As long as a slow machine may need for all that comes before.
    HttpRequest request = get(stalls.url("/"));
    request.timeout = 3s;
    Asking asking;
    expect_in(problem(asking, request), "the deadline of 3 s for the whole exchange passed while the answer was read");
}

TEST(Outward, ConnectsOnlyToTheFlowsOwnHostsAndPorts)
{
    ScriptedServer server([](Conversation& conversation) {
        conversation.request();
        conversation.answer("here");
    });
    Asking asking;
    HttpRequest request = get(server.url("/"));
    request.reach.hosts = {"localhost:443", "lgsp.example:" + std::to_string(server.port())};
    expect_in(problem(asking, request), "transport.not_allowed");
    expect_in(problem(asking, request), "is no endpoint of this flow");
    EXPECT_EQ(server.connections(), 0);
    request.reach.hosts.push_back("localhost:" + std::to_string(server.port()));
    EXPECT_EQ(asking.told(request), "200 here");
}

TEST(Outward, ConnectsToNoAddressANameMustNotLeadTo)
{
    ScriptedServer server([](Conversation& conversation) {
        conversation.request();
        conversation.answer("here");
    });
    const std::string port = ":" + std::to_string(server.port()) + "/";
    Asking asking(nullptr, with_names({{"metadata.example", {"169.254.169.254"}},
                                       {"rebound.example", {"127.0.0.1"}},
                                       {"both.example", {"113.160.1.1", "fe80::1"}},
                                       {"inside.example", {"10.255.255.1"}},
                                       {"localhost", {"127.0.0.1"}}}));
    for (const std::string host : {"metadata.example", "rebound.example", "both.example", "169.254.169.254", "[fe80::1]", "0.0.0.0", "[::ffff:169.254.169.254]",
                                   "[fd00:ec2::254]", "224.0.0.1"})
        expect_in(problem(asking, get("http://" + host + port)), "transport.not_allowed");
    expect_in(problem(asking, get("http://metadata.example" + port)), "leads to 169.254.169.254, which is a link-local address");
    EXPECT_EQ(server.connections(), 0) << "not one connection to this machine under another name";
    EXPECT_EQ(asking.told(get("http://localhost" + port)), "200 here");
    EXPECT_EQ(asking.told(get("http://127.0.0.1" + port)), "200 here");

    HttpRequest internet = get("http://inside.example/");
    internet.reach.private_networks = false;
    expect_in(problem(asking, internet), "10.255.255.1, which is an address of a private network");
}

TEST(Outward, GoesToTheVeryAddressThatWasJudgedAndAsksNoSecondTimeForAKeptConnection)
{
    auto count = std::make_shared<std::atomic<int>>(0);
    BeastTransportOptions options;
    // The second answer of this name server would be refused.
    options.look_up = [count](const std::string&) { return std::vector<std::string>{(*count)++ == 0 ? "127.0.0.1" : "169.254.169.254"}; };
    ScriptedServer server([](Conversation& conversation) {
        for (std::string request = conversation.request(); !request.empty(); request = conversation.request())
            conversation.answer("here");
    });
    Asking asking(nullptr, options);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(asking.told(get(server.url("/"))), "200 here");
    EXPECT_EQ(*count, 1);
    EXPECT_EQ(server.connections(), 1);
}

TEST(Outward, SaysWhatIsWrongWithAnAnswer)
{
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "transport.unknown: |ended after 3 of the 10 bytes its Content-Length announced"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef", "transport.unknown: |goes on behind the 3 bytes its Content-Length announced"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5\r\nde", "transport.unknown: |the chunked answer broke off after"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n80\r\n" + std::string(0x80, 'x') + "\r\n80\r\n" + std::string(0x80, 'x') + "\r\n",
         "transport.too_large: |whose end was not in sight, is larger than 200 bytes"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\nabc", "transport.too_large: |larger than 200 bytes"},
        {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08", "transport.encoded: |in the coding 'gzip', which was not asked for"},
        {"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx", "transport.encoded: |in the coding 'br'"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "transport.unknown: |framed in an ambiguous way"},
    };
    std::atomic<std::size_t> next = 0;
    ScriptedServer server([&](Conversation& conversation) {
        conversation.request();
        conversation.say(cases[next++].first);
    });
    Asking asking;
    for (const auto& [script, expected] : cases) {
        HttpRequest request = post(server.url("/"));
        request.answer_limit = 200;
        const std::string told = problem(asking, request);
        const std::size_t bar = expected.find('|');
        expect_in(told, expected.substr(0, bar));
        expect_in(told, expected.substr(bar + 1));
    }
}

TEST(Outward, ReadsAnAnswerWhoseCodingIsNone)
{
    ScriptedServer server([](Conversation& conversation) {
        conversation.request();
        conversation.answer("plain", "Content-Encoding: identity\r\n");
    });
    Asking asking;
    EXPECT_EQ(asking.told(get(server.url("/"))), "200 plain");
}

TEST(Probe, SaysOfEachStepWhatItFound)
{
    const Certificate certificate;
    ScriptedServer server([](Conversation& conversation) { conversation.wait_for_end(); }, &certificate);
    BeastTransportOptions options = with_names({{"localhost", {"127.0.0.1"}}});
    options.authorities_file = certificate.certificate();
    const auto steps = probe(server.url("/"), true, options);
    ASSERT_EQ(steps.size(), 3U);
    for (const ProbeStep& step : steps)
        EXPECT_FALSE(step.problem) << step.problem->sentence();
    expect_in(steps[0].detail, "localhost → 127.0.0.1");
    expect_in(steps[1].detail, "127.0.0.1 port " + std::to_string(server.port()));
    expect_in(steps[2].detail, "TLSv1.");
    expect_in(steps[2].detail, "certificate for localhost, 127.0.0.1, issued by ");
    expect_in(steps[2].detail, "valid until 20");
}

TEST(Probe, EndsWithTheStepThatFailsAndSaysWhoseCertificateIsRefused)
{
    const Certificate certificate, other;
    ScriptedServer server([](Conversation& conversation) { conversation.wait_for_end(); }, &certificate);
    BeastTransportOptions options = with_names({{"localhost", {"127.0.0.1"}}, {"rebound.example", {"127.0.0.1"}}});
    options.authorities_file = other.certificate();
    const auto untrusted = probe(server.url("/"), true, options);
    ASSERT_EQ(untrusted.size(), 3U);
    EXPECT_EQ(untrusted[2].problem->code, "transport.tls");
    expect_in(untrusted[2].detail, "certificate for localhost");

    const auto nowhere = probe("https://nobody.example/", true, options);
    ASSERT_EQ(nowhere.size(), 1U);
    EXPECT_EQ(nowhere[0].problem->code, "transport.refused");
    const auto rebound = probe("https://rebound.example/", true, options);
    ASSERT_EQ(rebound.size(), 1U);
    EXPECT_EQ(rebound[0].problem->code, "transport.not_allowed");
    const FullPort full;
    options.deadlines.connect = 300ms;
    const auto deaf = probe(full.url("https"), true, options);
    ASSERT_EQ(deaf.size(), 2U);
    expect_in(deaf[1].problem->detail, "the deadline of 300 ms passed while connecting");
    options.deadlines = {};
    options.deadlines.handshake = 300ms;
    ScriptedServer silent(listen_silently);
    const auto mute = probe("https://localhost:" + std::to_string(silent.port()) + "/", true, options);
    ASSERT_EQ(mute.size(), 3U);
    expect_in(mute[2].problem->detail, "during the TLS handshake");
}
