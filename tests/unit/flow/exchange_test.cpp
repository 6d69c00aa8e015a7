// What flows that share a source learn from each other's answers, and what people get to read of them.
#include "tests/unit/flow/exchange_support.hpp"

#include "hub/seal/digest.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::flow;
using namespace std::chrono_literals;

namespace {

struct ExchangeTest : testing::Test
{
    std::shared_ptr<ScriptedMachine> machine = std::make_shared<ScriptedMachine>();
    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();
    std::shared_ptr<FixedClock> clock = std::make_shared<FixedClock>();
    Instant now{1'000'000s};
    std::shared_ptr<Sources> sources = std::make_shared<Sources>(SourceSettings{}, [this] { return now; });
    Exchange one = exchange(), other = exchange();

    Exchange exchange()
    {
        return Exchange({machine, transport, clock, {{"base_url", "https://lgsp.example/api"}}, {{"key", "bi-mat-khong-that"}}, sources});
    }
    std::optional<sdk::Failure> ask(Exchange& from, bool repeatable = true)
    {
        sdk::Request request;
        request.repeatable = repeatable;
        return awaited(from.carry_out(request)).step.failure;
    }
    SourceStanding standing() { return sources->standings().at(0); }
};

Problem refused()
{
    return {"transport.refused", "GET https://lgsp.example: cannot connect"};
}

}  // namespace

TEST_F(ExchangeTest, TellsTheTransportWhichHostsTheFlowMayReach)
{
    transport->answers = {answer_of(200)};
    EXPECT_FALSE(ask(one));
    EXPECT_EQ(transport->asked.at(0).reach.hosts, std::vector<std::string>{"lgsp.example:443"});
    EXPECT_TRUE(transport->asked.at(0).reach.private_networks);
}

TEST_F(ExchangeTest, LeavesASourceAloneForAllFlowsAfterFiveFailuresInARow)
{
    transport->answers = {refused()};
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(ask(i % 2 == 0 ? one : other)->code, "transport.refused");
    EXPECT_FALSE(one.rest());
    EXPECT_EQ(ask(one)->code, "transport.refused");
    const auto failure = ask(other);
    EXPECT_EQ(failure->code, "source_rests");
    EXPECT_EQ(failure->kind, sdk::FailureClass::throttled);
    EXPECT_GT(failure->retry_after_millis, 0U);
    EXPECT_EQ(one.rest()->code, "source_rests");
    EXPECT_EQ(transport->asked.size(), 5U) << "nothing more was sent";

    now += 10s;
    transport->answers = {answer_of(200)};
    EXPECT_FALSE(one.rest());
    EXPECT_FALSE(ask(other));
    EXPECT_EQ(standing().state, Breaker::State::closed);
}

TEST_F(ExchangeTest, CountsOnlyWhatSaysThatTheSourceIsUnwell)
{
    for (const int status : {401, 403, 404, 301}) {
        transport->answers = {answer_of(status)};
        for (int i = 0; i < 10; ++i)
            EXPECT_NE(ask(one)->code, "source_rests") << status;
    }
    transport->answers = {Problem{"transport.not_allowed", "the host leads to 169.254.169.254"}};
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(ask(one)->code, "transport.not_allowed");
    EXPECT_EQ(ask(one)->kind, sdk::FailureClass::permanent);
    transport->answers = {answer_of(200)};
    machine->dead = Problem{"process.worker_died", "the worker was killed"};
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(ask(one)->code, "process.worker_died");
    EXPECT_EQ(standing().state, Breaker::State::closed);
    EXPECT_EQ(standing().failures_in_a_row, 0);
}

TEST_F(ExchangeTest, HonoursRetryAfterAsADateForEveryFlowOfTheSource)
{
    for (const int status : {429, 503}) {
        transport->answers = {answer_of(status, {{"retry-after", "Thu, 26 Nov 2026 15:02:30 GMT"}})};
        const auto failure = ask(one);
        EXPECT_EQ(failure->kind, sdk::FailureClass::throttled);
        EXPECT_EQ(failure->retry_after_millis, 150'000U);
        EXPECT_EQ(ask(other)->code, "source_rests");
        EXPECT_EQ(standing().state, Breaker::State::closed) << "throttled is not unwell";
        now += 150s;
    }
    transport->answers = {answer_of(200)};
    EXPECT_FALSE(ask(other));
    EXPECT_EQ(transport->asked.size(), 3U);
}

TEST_F(ExchangeTest, SaysWhereARedirectPointsAndFollowsNone)
{
    transport->answers = {answer_of(302, {{"Location", "http://user:pw@169.254.169.254/latest/meta-data?token=x#y"}})};
    const auto failure = ask(one);
    EXPECT_NE(failure->detail.find("points to http://169.254.169.254/latest/meta-data,"), std::string::npos) << failure->detail;
    EXPECT_EQ(failure->detail.find("pw"), std::string::npos) << failure->detail;
    EXPECT_EQ(failure->detail.find("token"), std::string::npos) << failure->detail;
    EXPECT_EQ(transport->asked.size(), 1U);
}

TEST_F(ExchangeTest, DoesNotKnowWhatBecameOfARequestWhoseAnswerCannotBeRead)
{
    for (const char* code : {"transport.too_large", "transport.encoded"}) {
        transport->answers = {Problem{code, "x"}};
        EXPECT_EQ(ask(one, true)->kind, sdk::FailureClass::permanent) << code;
        EXPECT_EQ(ask(one, false)->kind, sdk::FailureClass::unknown) << code;
    }
}

TEST_F(ExchangeTest, TellsOfAnAnswerTooLargeWhereTheConnectorWantsToHear)
{
    machine->answer = [](const sdk::Event& event) {
        sdk::Step step;
        if (const auto* reply = std::get_if<sdk::Reply>(&event.what))
            step.set_aside.push_back({"item", std::to_string(reply->answer.status), std::string(reply->answer.body), {}});
        return step;
    };
    sdk::Request request;
    request.hears_too_large = true;
    transport->answers = {Problem{"transport.too_large", "x"}, Problem{"transport.encoded", "x"}};
    const Carried told = awaited(one.carry_out(request));
    ASSERT_EQ(told.step.set_aside.size(), 1U);
    EXPECT_EQ(told.step.set_aside.front().why, "413");
    EXPECT_FALSE(told.step.failure);
    EXPECT_EQ(awaited(one.carry_out(request)).step.failure->code, "transport.encoded") << "of nothing else";
}

TEST_F(ExchangeTest, TakesSecretsAndCredentialsOutOfWhatAForeignSystemQuotes)
{
    machine->answer = [](const sdk::Event& event) {
        sdk::Step step;
        if (std::holds_alternative<sdk::Acquire>(event.what))
            step.credential = sdk::CredentialValue{"bearer", "the-token-of-today", 3'600'000};
        else if (const auto* reply = std::get_if<sdk::Reply>(&event.what))
            step.failure = sdk::Failure{sdk::FailureClass::permanent, "x", "it says: " + std::string(reply->answer.body), {}, 0};
        return step;
    };
    EXPECT_TRUE(awaited(one.acquire("bearer")).credential);
    transport->answers = {answer_of(400, {}, "key bi-mat-khong-that, Basic " + seal::to_base64("user:bi-mat-khong-that") + ", Bearer the-token-of-today")};
    const std::string detail = ask(one)->detail;
    for (const char* secret : {"bi-mat", "the-token", "YmktbWF0", "aS1tYXQta2hvbmctdGhhd"})
        EXPECT_EQ(detail.find(secret), std::string::npos) << detail;
    EXPECT_NE(detail.find("it says: key …, Basic "), std::string::npos) << detail;
}

TEST_F(ExchangeTest, AsksForACredentialAnewThatNoHeaderCanCarry)
{
    int acquired = 0;
    machine->answer = [&](const sdk::Event& event) {
        sdk::Step step = ScriptedMachine::judged(event);
        if (std::holds_alternative<sdk::Acquire>(event.what))
            step.credential = sdk::CredentialValue{"bearer", ++acquired == 1 ? "broken\r\ntoken" : "token", 3'600'000};
        return step;
    };
    sdk::Request request;
    request.endpoint = "base_url";
    request.headers.push_back({"Authorization", sdk::credential("bearer")});
    transport->answers = {answer_of(200)};
    EXPECT_EQ(awaited(one.carry_out(request)).step.failure->code, "request.bad_header");
    EXPECT_TRUE(transport->asked.empty());
    EXPECT_FALSE(awaited(one.carry_out(request)).step.failure);
    EXPECT_EQ(acquired, 2);
}

TEST_F(ExchangeTest, KeepsNoCredentialThatNoRequestCouldCarry)
{
    machine->answer = [&](const sdk::Event& event) {
        sdk::Step step = ScriptedMachine::judged(event);
        if (std::holds_alternative<sdk::Acquire>(event.what))
            step.credential = sdk::CredentialValue{"bearer", std::string(100'000, 't'), 3'600'000};
        return step;
    };
    sdk::Request request;
    request.endpoint = "base_url";
    request.headers.push_back({"Authorization", sdk::credential("bearer")});
    const auto failure = awaited(one.carry_out(request)).step.failure;
    EXPECT_EQ(failure->code, "credential_too_long");
    EXPECT_EQ(failure->kind, sdk::FailureClass::permanent);
    EXPECT_TRUE(transport->asked.empty());
}
