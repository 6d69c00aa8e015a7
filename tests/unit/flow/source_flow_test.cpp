// A round: what a pause stops and what it does not, and that a flow never overlaps itself.
#include "hub/flow/source_flow.hpp"

#include "adapters/journals/sqlite/sqlite_journal.hpp"
#include "adapters/stores/sqlite/sqlite_store.hpp"
#include "hub/flow/answer.hpp"
#include "tests/unit/flow/exchange_support.hpp"
#include "tests/unit/stores/folder.hpp"

#include <boost/asio/detached.hpp>

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;
using namespace lienthong::flow;
using namespace std::chrono_literals;

namespace {

/// Two documents in a list; each is fetched, kept and acknowledged. Contexts name what was asked.
sdk::Step documents(const sdk::Event& event)
{
    sdk::Step step;
    const auto ask = [&step](const std::string& what) {
        sdk::Request request;
        request.target = sdk::literal("/" + what);
        request.context = what;
        step.requests.push_back(std::move(request));
    };
    if (std::holds_alternative<sdk::Poll>(event.what)) {
        ask("get-1");
        ask("get-2");
    } else if (const auto* reply = std::get_if<sdk::Reply>(&event.what); reply != nullptr && reply->context.starts_with("get-")) {
        sdk::Payload payload;
        payload.source_id = std::string(reply->context);
        payload.context = std::string(reply->context.substr(4));
        step.payloads.push_back(std::move(payload));
    } else if (const auto* journaled = std::get_if<sdk::Journaled>(&event.what)) {
        ask("done-" + std::string(journaled->context));
    }
    return step;
}

struct SourceFlowTest : ::testing::Test
{
    lienthong::testing::Folder folder;
    boost::asio::io_context context;
    std::shared_ptr<ScriptedMachine> machine = std::make_shared<ScriptedMachine>();
    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();
    std::shared_ptr<Journal> journal = adapters::open_sqlite_journal(folder.file("journal.db")).value();
    adapters::SqliteStore store = adapters::open_sqlite_store(folder.file("store.db")).value();
    // What is journaled waits there: this is about the round alone.
    Intake intake{{journal, store.store, std::make_shared<SystemClock>(),
                   [](const std::string&, std::function<void(Result<std::string>)> done) {
                       done(Problem{"process.worker_flapping", "no worker now"});
                   },
                   told, nullptr}};
    std::optional<Pause> pause;
    std::unique_ptr<SourceFlow> flow;

    void start(std::chrono::milliseconds interval)
    {
        machine->answer = documents;
        transport->answers = {answer_of(200)};
        ExchangeParts parts{machine, transport, std::make_shared<SystemClock>(), {{"base_url", "https://h"}}, {}, std::make_shared<Sources>(SourceSettings{})};
        flow = std::make_unique<SourceFlow>(context.get_executor(), Route{"docs", "qlvb", "x/y", "s", {{"*"}, {}}}, PaceSettings{interval}, parts, intake,
                                            journal, [this] { return pause; });
        boost::asio::co_spawn(context, flow->run(), boost::asio::detached);
    }
    void run_until(const std::function<bool()>& condition)
    {
        while (!condition())
            context.run_one();
    }
    void finish()
    {
        flow->stop();
        context.run();
        intake.drain();
    }
    std::vector<std::string> asked() const
    {
        std::vector<std::string> out;
        for (const HttpRequest& request : transport->asked)
            out.push_back(request.url.substr(request.url.rfind('/') + 1));
        return out;
    }
};

}  // namespace

TEST_F(SourceFlowTest, APauseInARoundAcknowledgesWhatIsJournaledAndFetchesNothingMore)
{
    start(1h);
    machine->answer = [this](const sdk::Event& event) {
        if (const auto* reply = std::get_if<sdk::Reply>(&event.what); reply != nullptr && reply->context == "get-1")
            pause = Pause{"docs", "the source is being moved", "admin", SystemClock().now()};
        return documents(event);
    };
    run_until([this] { return flow->standing().state == "paused"; });
    EXPECT_EQ(asked(), (std::vector<std::string>{"get-1", "done-1"}));
    EXPECT_EQ(flow->standing().pause->reason, "the source is being moved");
    EXPECT_EQ(journal->standing()->messages, 1);

    pause.reset();
    machine->answer = documents;
    run_until([this] { return asked().size() >= 6; });
    EXPECT_EQ(asked(), (std::vector<std::string>{"get-1", "done-1", "get-1", "done-1", "get-2", "done-2"}));
    EXPECT_FALSE(flow->standing().pause);
    finish();
}

TEST_F(SourceFlowTest, APausedFlowAsksNothingFromTheStart)
{
    pause = Pause{"docs", "not yet", "admin", SystemClock().now()};
    start(1ms);
    run_until([this] { return flow->standing().state == "paused"; });
    for (int i = 0; i < 3; ++i)
        context.run_one();
    EXPECT_TRUE(asked().empty());
    finish();
}

TEST_F(SourceFlowTest, ARoundThatIsHurriedDoesNotOverlapItself)
{
    start(1h);
    int polls = 0, open = 0, most_open = 0;
    machine->answer = [&](const sdk::Event& event) {
        if (std::holds_alternative<sdk::Poll>(event.what)) {
            ++polls;
            most_open = std::max(most_open, ++open);
        }
        if (const auto* reply = std::get_if<sdk::Reply>(&event.what); reply != nullptr && reply->context == "done-2")
            --open;
        flow->poll_now();
        return documents(event);
    };
    run_until([&] { return polls == 1 && open == 0 && flow->standing().state == "waiting"; });
    flow->poll_now();
    run_until([&] { return polls == 2 && open == 0; });
    EXPECT_EQ(most_open, 1);
    finish();
}
