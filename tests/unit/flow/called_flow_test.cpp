// A foreign system calls: what it is answered, when, and what stays in the journal whatever happens on the way.
#include "hub/flow/called_flow.hpp"

#include "hub/flow/agency_scope.hpp"
#include "hub/flow/answer.hpp"
#include "tests/unit/flow/memory_store.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include <deque>
#include <optional>

using namespace lienthong;
using namespace lienthong::flow;

namespace {

/// Keeps what it is given until the test lets it become durable.
class HeldJournal final : public Journal
{
public:
    void append(JournalEntry entry, AppendDone done) override { waiting.emplace_back(std::move(entry), std::move(done)); }
    void release()
    {
        auto [entry, done] = std::move(waiting.front());
        waiting.pop_front();
        std::vector<Journaled> out;
        for (Message& message : entry.messages) {
            Journaled one;
            for (const Message& old : messages)
                if (old.source_id == message.source_id && old.sender == message.sender)
                    one = {old.id, old.digest == message.digest ? Arrival::duplicate : Arrival::conflict, false};
            if (one.arrival != Arrival::duplicate) {
                message.id = static_cast<MessageId>(messages.size()) + 1;
                one.id = message.id;
                messages.push_back(message);
            }
            out.push_back(one);
        }
        done(std::move(out));
    }
    Result<Message> read(MessageId id) const override { return messages.at(static_cast<std::size_t>(id - 1)); }
    Result<std::vector<MessageId>> unapplied(MessageId, std::size_t) const override { return std::vector<MessageId>(); }
    Result<std::vector<HeldMessage>> held(const std::string&, MessageId, std::size_t) const override { return std::vector<HeldMessage>(); }
    void mark_applied(std::vector<MessageId>) override {}
    Result<void> flush_marks() override { return {}; }
    Result<std::string> cursor(const std::string&) const override { return std::string(); }
    Result<Standing> standing() const override { return Standing{}; }

    std::deque<std::pair<JournalEntry, AppendDone>> waiting;
    std::vector<Message> messages;
};

/// A connector whose every answer the test gives.
class HandMachine final : public ConnectorMachine
{
public:
    void handle(const sdk::Event& event, sdk::AnswerForm, Done done) override
    {
        if (const auto* called = std::get_if<sdk::Called>(&event.what))
            seen = called->request.headers;
        if (const auto* journaled = std::get_if<sdk::Journaled>(&event.what))
            arrivals.push_back(journaled->arrived);
        asked.push_back(std::move(done));
    }
    [[nodiscard]] const std::string& digest() const override { return digest_; }
    void answer(Result<sdk::Step> step)
    {
        Done done = std::move(asked.front());
        asked.pop_front();
        done(std::move(step));
    }

    std::deque<Done> asked;
    std::vector<std::pair<std::string, std::string>> seen;
    std::vector<sdk::Arrived> arrivals;

private:
    std::string digest_ = "abc";
};

class HandClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return at; }
    Time at{std::chrono::hours(1'000)};
};

sdk::Step bringing(std::string id, std::string bytes)
{
    sdk::Step step;
    step.payloads.push_back({std::move(id), "application/json", std::move(bytes), "whoever the body says", {}, "context", false});
    return step;
}

sdk::Step saying(std::string body)
{
    sdk::Step step;
    step.response = sdk::Response{200, "text/plain", std::move(body)};
    return step;
}

class CalledFlowTest : public testing::Test
{
protected:
    explicit CalledFlowTest(std::size_t most_in_flight = 64)
        : intake(
              [this] {
                  IntakeParts parts;
                  parts.journal = journal;
                  parts.store = std::make_shared<MemoryStore>();
                  parts.told = told;
                  parts.clock = clock;
                  // No worker to be had: a message stays in the journal, which is all these tests look at.
                  parts.workshop = [](std::string, std::function<void(Result<std::string>)> done) { done(Problem{"process.stopped", "no worker"}); };
                  return parts;
              }(),
              most_in_flight)
    {
        Route route;
        route.flow = "notices";
        route.connector = "portal";
        route.sender = "portal-of-the-flow";
        route.scope.agencies = {"H31.01", "H31.02"};
        sdk::Route open;
        open.name = "notice";
        open.method = "POST";
        open.path = "/notice";
        open.deadline_millis = 600'000;
        open.fallback = {503, "text/plain", "again, please"};
        sdk::Route hasty = open;
        hasty.name = "hasty";
        hasty.deadline_millis = 1;
        ExchangeParts parts;
        parts.machine = machine;
        parts.clock = clock;
        flow = std::make_unique<CalledFlow>(context.get_executor(), route, std::vector{open, hasty}, parts, intake,
                                            [this](const std::string& line) { lines.push_back(line); }, [this] { return pause; });
    }

    /// What was never answered ends while everything it stands on is there.
    ~CalledFlowTest() override
    {
        machine->asked.clear();
        journal->waiting.clear();
        work();
    }

    void call(const std::string& route = "notice", std::vector<std::string> agencies = {"*"})
    {
        Call call;
        call.route = route;
        call.method = "POST";
        call.target = "/in/" + route;
        call.body = "{}";
        call.caller = "token T-1";
        call.sender = "partner";
        call.agencies = std::move(agencies);
        flow->take(std::move(call), [this](CallAnswer answer) { answers.push_back(std::move(answer)); });
        work();
    }
    /// Everything that can be done without the world outside.
    void work()
    {
        context.restart();
        context.poll();
    }
    void machine_says(Result<sdk::Step> step)
    {
        ASSERT_FALSE(machine->asked.empty());
        machine->answer(std::move(step));
        work();
    }
    void journal_is_durable()
    {
        ASSERT_FALSE(journal->waiting.empty());
        journal->release();
        work();
    }

    std::shared_ptr<HeldJournal> journal = std::make_shared<HeldJournal>();
    std::shared_ptr<HandMachine> machine = std::make_shared<HandMachine>();
    std::shared_ptr<HandClock> clock = std::make_shared<HandClock>();
    boost::asio::io_context context;
    Intake intake;
    std::optional<Pause> pause;
    std::vector<std::string> lines;
    std::vector<CallAnswer> answers;
    std::unique_ptr<CalledFlow> flow;
};

class BusyCalledFlowTest : public CalledFlowTest
{
protected:
    BusyCalledFlowTest() : CalledFlowTest(0) {}
};

TEST_F(CalledFlowTest, TheCallerHearsOfItsMessageOnlyOnceTheJournalHasIt)
{
    call();
    machine_says(bringing("N-1", "one"));
    EXPECT_TRUE(answers.empty());
    EXPECT_TRUE(machine->asked.empty()) << "the connector was told of something not yet durable";
    journal_is_durable();
    EXPECT_TRUE(answers.empty());
    machine_says(saying("received"));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].response.body, "received");
    EXPECT_EQ(answers[0].outcome, CallOutcome::received);
    EXPECT_EQ(flow->standing().messages, 1);
    EXPECT_EQ(flow->standing().direction, "called");
}

TEST_F(CalledFlowTest, TheMessageIsOfTheOneWhoCalledWhateverItsBodySays)
{
    call();
    machine_says(bringing("N-1", "one"));
    journal_is_durable();
    ASSERT_EQ(journal->messages.size(), 1U);
    EXPECT_EQ(journal->messages[0].sender, "partner");
    EXPECT_EQ(journal->messages[0].flow, "notices");
    EXPECT_NE(journal->messages[0].attributes.find("\"caller\":\"token T-1\""), std::string::npos) << journal->messages[0].attributes;
}

TEST_F(CalledFlowTest, PastTheDeadlineTheCallerGetsTheFallbackOnceAndTheMessageStays)
{
    call("hasty");
    while (answers.empty())
        context.run_one();
    EXPECT_EQ(answers[0].outcome, CallOutcome::fallback);
    EXPECT_EQ(answers[0].response.body, "again, please");
    EXPECT_NE(flow->standing().problem.find("had no answer within 1 ms"), std::string::npos) << flow->standing().problem;
    machine_says(bringing("N-1", "one"));
    journal_is_durable();
    machine_says(saying("received"));
    EXPECT_EQ(answers.size(), 1U);
    EXPECT_EQ(journal->messages.size(), 1U);
    EXPECT_EQ(flow->standing().messages, 1);
}

TEST_F(CalledFlowTest, AWorkerThatDiesBeforeItAnswersMeansTheFallbackAndNothingKept)
{
    call();
    machine_says(Problem{"process.worker_died", "the worker died"});
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].outcome, CallOutcome::fallback);
    EXPECT_TRUE(journal->waiting.empty());
    EXPECT_EQ(flow->standing().state, "failing");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_NE(lines[0].find("process.worker_died"), std::string::npos) << lines[0];
}

TEST_F(CalledFlowTest, AWorkerThatDiesOnceTheMessageIsJournaledMeansTheFallbackAndTheRepeatIsADuplicate)
{
    call();
    machine_says(bringing("N-1", "one"));
    journal_is_durable();
    machine_says(Problem{"process.worker_died", "the worker died"});
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].outcome, CallOutcome::fallback);
    call();
    machine_says(bringing("N-1", "one"));
    journal_is_durable();
    machine_says(saying("seen before"));
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(answers[1].outcome, CallOutcome::duplicate);
    EXPECT_EQ(machine->arrivals, (std::vector{sdk::Arrived::fresh, sdk::Arrived::duplicate}));
    EXPECT_EQ(journal->messages.size(), 1U);
    EXPECT_EQ(flow->standing().messages, 1);
}

TEST_F(CalledFlowTest, OtherContentUnderAKnownIdIsKeptAndShownToTheOperator)
{
    for (const char* bytes : {"one", "two"}) {
        call();
        machine_says(bringing("N-1", bytes));
        journal_is_durable();
        machine_says(saying("heard"));
    }
    EXPECT_EQ(answers.at(1).outcome, CallOutcome::conflict);
    EXPECT_EQ(journal->messages.size(), 2U);
    EXPECT_NE(flow->standing().problem.find("N-1"), std::string::npos) << flow->standing().problem;
    EXPECT_EQ(flow->standing().state, "waiting");
}

TEST_F(CalledFlowTest, AnItemSetAsideIsJournaledWithItsReasonAndAnsweredAsTheConnectorSays)
{
    call();
    sdk::Step step;
    step.set_aside.push_back({"", "the body is not JSON", "outline", "context"});
    machine_says(std::move(step));
    journal_is_durable();
    machine_says(saying("not JSON"));
    EXPECT_EQ(answers.at(0).outcome, CallOutcome::set_aside);
    EXPECT_EQ(journal->messages.at(0).content_type, set_aside_content_type);
    EXPECT_NE(journal->messages.at(0).attributes.find("the body is not JSON"), std::string::npos);
    EXPECT_NE(flow->standing().problem.find("the body is not JSON"), std::string::npos);
}

TEST_F(CalledFlowTest, AConnectorThatAsksOrSaysNothingWhileACallerWaitsMeansTheFallback)
{
    call();
    sdk::Step asking = saying("wait");
    asking.requests.emplace_back();
    machine_says(std::move(asking));
    call();
    machine_says(sdk::Step{});
    call();
    sdk::Step odd;
    odd.response = sdk::Response{7, "text/plain", ""};
    machine_says(std::move(odd));
    ASSERT_EQ(answers.size(), 3U);
    for (const CallAnswer& answer : answers)
        EXPECT_EQ(answer.outcome, CallOutcome::fallback);
    EXPECT_TRUE(journal->waiting.empty());
}

TEST_F(BusyCalledFlowTest, AHubWithNoRoomGivesTheFallbackAtOnceAndAsksNobody)
{
    call();
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].outcome, CallOutcome::fallback);
    EXPECT_TRUE(machine->asked.empty());
}

TEST_F(CalledFlowTest, APausedFlowTakesNothingNewAndFinishesWhatItHas)
{
    call();
    machine_says(bringing("N-1", "one"));
    pause = Pause{};
    call();
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].outcome, CallOutcome::fallback);
    EXPECT_EQ(answers[0].response.body, "again, please");
    EXPECT_TRUE(machine->asked.empty());
    EXPECT_EQ(flow->standing().state, "paused");
    EXPECT_TRUE(flow->standing().pause);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_NE(lines[0].find("flow.paused"), std::string::npos) << lines[0];
    journal_is_durable();
    machine_says(saying("received"));
    EXPECT_EQ(answers.at(1).outcome, CallOutcome::received) << "what was taken goes on";
    pause.reset();
    EXPECT_EQ(flow->standing().state, "waiting");
    call();
    EXPECT_EQ(machine->asked.size(), 1U);
}

TEST_F(CalledFlowTest, CallersTurnedAwayAreOneLineInTenSecondsWithTheirNumber)
{
    for (int i = 0; i < 4; ++i)
        flow->turned_away("a call was turned away");
    work();
    EXPECT_EQ(lines.size(), 1U);
    clock->at += std::chrono::seconds(10);
    flow->turned_away("a call was turned away");
    work();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_NE(lines[1].find("and 3 others since the last line"), std::string::npos) << lines[1];
    EXPECT_EQ(flow->standing().problem, "a call was turned away");
}

TEST(BothAllow, NeitherTheFlowNorTheCallerIsExceeded)
{
    using Codes = std::vector<std::string>;
    EXPECT_EQ(both_allow({"H31.01", "H31.02"}, {"*"}), (Codes{"H31.01", "H31.02"}));
    EXPECT_EQ(both_allow({"*"}, {"H31.02"}), (Codes{"H31.02"}));
    EXPECT_EQ(both_allow({"H31.01", "H31.02"}, {"H31.02", "H31.03"}), (Codes{"H31.02"}));
    EXPECT_TRUE(both_allow({"H31.01"}, {}).empty());
}

}  // namespace
