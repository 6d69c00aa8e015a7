// Flows of one account: who logs in, who waits for it, and who logs in for itself.
#include "tests/unit/flow/exchange_support.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::flow;
using namespace std::chrono_literals;

namespace {

const Time noon = *time_from("2026-11-26T12:00:00Z");
const sdk::Failure refused{sdk::FailureClass::permanent, "login_refused", "the login was refused", {}, 0};

Acquired token(std::string value, Time since = noon)
{
    return {{"session", std::move(value), 600'000}, since};
}

struct SharedCredentialsTest : testing::Test
{
    std::shared_ptr<SharedCredentials> shared = std::make_shared<SharedCredentials>();

    /// What came of entering; empty while waiting.
    std::shared_ptr<std::optional<SharedCredentials::Entry>> enter(const std::string& dead = {}, Time now = noon, const std::string& login = "a")
    {
        auto got = std::make_shared<std::optional<SharedCredentials::Entry>>();
        shared->enter(login, dead, now, [got](SharedCredentials::Entry entry) { got->emplace(std::move(entry)); });
        return got;
    }
};

/// A portal with one session for an account: every login ends the one before.
struct OneSessionPortal final : Transport
{
    int logins = 0;
    std::vector<std::string> refused_sessions;
    std::deque<std::function<void()>> held_back;
    bool holds_back = false;

    void ask(HttpRequest request, Done done) override
    {
        if (request.url.ends_with("/login"))
            return answer(answer_of(200, {}, "session-" + std::to_string(++logins)), std::move(done));
        const std::string& session = request.headers.at(0).second;
        const bool good = session == "session-" + std::to_string(logins);
        if (!good)
            refused_sessions.push_back(session);
        answer(answer_of(good ? 200 : 401), std::move(done));
    }
    void answer(HttpAnswer given, Done done)
    {
        auto act = [given = std::move(given), done = std::move(done)] { done(given); };
        if (holds_back)
            held_back.push_back(std::move(act));
        else
            act();
    }
};

struct SharedAccount : testing::Test
{
    std::shared_ptr<ScriptedMachine> machine = std::make_shared<ScriptedMachine>();
    std::shared_ptr<OneSessionPortal> portal = std::make_shared<OneSessionPortal>();
    std::shared_ptr<FixedClock> clock = std::make_shared<FixedClock>();
    std::shared_ptr<SharedCredentials> shared = std::make_shared<SharedCredentials>();
    sdk::Request request;

    SharedAccount()
    {
        request.headers.push_back({"Session", sdk::credential("session")});
        machine->answer = [](const sdk::Event& event) {
            sdk::Step step;
            if (std::holds_alternative<sdk::Acquire>(event.what)) {
                sdk::Request login;
                login.target = sdk::literal("/login");
                login.body = sdk::secret("password");
                login.context = "login";
                step.requests.push_back(login);
            } else if (const auto& reply = std::get<sdk::Reply>(event.what); reply.context == "login") {
                step.credential = sdk::CredentialValue{"session", std::string(reply.answer.body), 600'000};
            } else if (reply.answer.status == 401) {
                step.failure = sdk::Failure{sdk::FailureClass::auth, "session_ended", "the session has ended", "session", 0};
            }
            return step;
        };
    }
    Exchange exchange(const std::string& password = "mat-khau")
    {
        ExchangeParts parts{machine, portal, clock, {{"base_url", "https://portal.example"}}, {{"password", password}}};
        parts.credentials = shared;
        return Exchange(std::move(parts));
    }
};

}  // namespace

TEST_F(SharedCredentialsTest, OneLoginServesThoseWhoWaitAndThoseWhoComeLater)
{
    const auto first = enter(), second = enter(), third = enter();
    ASSERT_TRUE(first->has_value() && (*first)->turn);
    EXPECT_FALSE(second->has_value());
    EXPECT_FALSE(third->has_value());
    (*first)->turn->settle(token("s1"));
    EXPECT_EQ((*second)->acquired->credential.value, "s1");
    EXPECT_EQ((*third)->acquired->credential.value, "s1");
    EXPECT_EQ((*enter())->acquired->since, noon);
}

TEST_F(SharedCredentialsTest, ARefusalIsToldToThoseWhoWaitedAndWhoComesLaterTriesAgain)
{
    const auto first = enter(), second = enter();
    (*first)->turn->settle(refused);
    EXPECT_EQ((*second)->failure, refused);
    EXPECT_TRUE((*enter())->turn);
}

TEST_F(SharedCredentialsTest, WhoIsTakenDownInTheMiddleLetsTheNextLogIn)
{
    const auto first = enter(), second = enter(), third = enter();
    first->reset();
    ASSERT_TRUE(second->has_value() && (*second)->turn);
    EXPECT_FALSE(third->has_value());
    second->reset();
    EXPECT_TRUE((*third)->turn);
    third->reset();
    EXPECT_TRUE((*enter())->turn) << "nobody is left in the way";
}

TEST_F(SharedCredentialsTest, GivesNobodyTheValueThatIsDeadForHimOrHasEnded)
{
    (*enter())->turn->settle(token("s1"));
    EXPECT_TRUE((*enter("s0"))->acquired);
    {
        const auto renews = enter("s1");
        ASSERT_TRUE((*renews)->turn);
        (*renews)->turn->settle(token("s2"));
    }
    EXPECT_EQ((*enter("s1"))->acquired->credential.value, "s2") << "somebody else has renewed it";
    EXPECT_TRUE((*enter({}, noon + 539s))->acquired);
    EXPECT_TRUE((*enter({}, noon + 541s))->turn) << "renewed before it ends";
}

TEST_F(SharedCredentialsTest, AccountsDoNotWaitForEachOther)
{
    const auto first = enter();
    EXPECT_TRUE((*enter({}, noon, "b"))->turn);
}

TEST_F(SharedAccount, FlowsOfOneAccountKeepOneSessionBetweenThem)
{
    Exchange one = exchange(), other = exchange(), third = exchange();
    for (int round = 0; round < 3; ++round)
        for (Exchange* flow : {&one, &other, &third})
            EXPECT_FALSE(awaited(flow->carry_out(request)).step.failure);
    EXPECT_EQ(portal->logins, 1);
    EXPECT_TRUE(portal->refused_sessions.empty());

    ++portal->logins;  // Somebody else has logged in.
    for (Exchange* flow : {&one, &other, &third})
        EXPECT_FALSE(awaited(flow->carry_out(request)).step.failure);
    EXPECT_EQ(portal->logins, 3) << "one flow renews it for all";
}

TEST_F(SharedAccount, AnotherPasswordIsAnotherAccount)
{
    Exchange one = exchange(), other = exchange("mat-khau-khac");
    EXPECT_FALSE(awaited(one.carry_out(request)).step.failure);
    EXPECT_FALSE(awaited(other.carry_out(request)).step.failure);
    EXPECT_EQ(portal->logins, 2);
}

TEST_F(SharedAccount, WhoComesWhileSomebodyLogsInWaitsForThatLogin)
{
    Exchange one = exchange(), other = exchange();
    portal->holds_back = true;
    boost::asio::io_context context;
    int done = 0;
    for (Exchange* flow : {&one, &other})
        boost::asio::co_spawn(context, flow->carry_out(request), [&](std::exception_ptr, Carried carried) {
            EXPECT_FALSE(carried.step.failure);
            ++done;
        });
    for (context.poll(); done < 2; context.poll()) {
        ASSERT_FALSE(portal->held_back.empty());
        portal->held_back.front()();
        portal->held_back.pop_front();
    }
    EXPECT_EQ(portal->logins, 1);
}

TEST_F(SharedAccount, ARefusalThatMayBeTheSessionIsBelievedOfANewOneOnly)
{
    const auto judge = machine->answer;
    int told = 0;
    machine->answer = [&](const sdk::Event& event) {
        sdk::Step step = judge(event);
        if (const auto* reply = std::get_if<sdk::Reply>(&event.what); reply && reply->context.empty()) {
            ++told;
            step.failure = sdk::Failure{sdk::FailureClass::auth, "mapi_-1", "refused", "session", 0};
            step.delivery = sdk::DeliveryReport{sdk::Delivery::refused, {}, "no such field"};
        }
        return step;
    };
    Exchange one = exchange();
    const auto refused_now = [&] {
        const sdk::Step step = awaited(one.carry_out(request)).step;
        EXPECT_FALSE(step.failure);
        return step.delivery && step.delivery->outcome == sdk::Delivery::refused;
    };
    EXPECT_TRUE(refused_now());
    EXPECT_TRUE(refused_now());
    EXPECT_EQ(told, 2);
    EXPECT_EQ(portal->logins, 1) << "the session is new: it cannot be that";
    clock->at += 2min;
    EXPECT_TRUE(refused_now());
    EXPECT_EQ(told, 4);
    EXPECT_EQ(portal->logins, 2);
}
