// A message's way in: what is told to whom, in which order, and what becomes of it when its worker dies.
#include "hub/flow/intake.hpp"

#include "hub/flow/answer.hpp"
#include "hub/seal/digest.hpp"
#include "tests/unit/flow/memory_store.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <future>

using namespace lienthong;
using namespace lienthong::flow;

namespace {

/// A journal in memory that answers at once.
class MemoryJournal final : public Journal
{
public:
    void append(JournalEntry entry, AppendDone done) override
    {
        std::vector<Journaled> out;
        for (Message& message : entry.messages) {
            Journaled one;
            for (const Message& old : messages)
                if (old.source_id == message.source_id && old.sender == message.sender) {
                    one.id = old.id;
                    one.arrival = old.digest == message.digest ? Arrival::duplicate : Arrival::conflict;
                }
            if (one.id == 0) {
                message.id = static_cast<MessageId>(messages.size()) + 1;
                one.id = message.id;
                messages.push_back(message);
            }
            out.push_back(one);
        }
        done(std::move(out));
    }
    Result<Message> read(MessageId id) const override { return messages.at(static_cast<std::size_t>(id - 1)); }
    Result<std::vector<MessageId>> unapplied(MessageId after, std::size_t) const override
    {
        std::lock_guard lock(mutex);
        std::vector<MessageId> out;
        for (const Message& message : messages)
            if (message.id > after && std::find(applied.begin(), applied.end(), message.id) == applied.end())
                out.push_back(message.id);
        return out;
    }
    Result<std::vector<HeldMessage>> held(const std::string&, MessageId, std::size_t) const override { return std::vector<HeldMessage>(); }
    void mark_applied(std::vector<MessageId> ids) override
    {
        std::lock_guard lock(mutex);
        applied.insert(applied.end(), ids.begin(), ids.end());
    }
    Result<void> flush_marks() override { return {}; }
    Result<std::string> cursor(const std::string&) const override { return std::string(); }
    Result<Standing> standing() const override { return Standing{}; }

    mutable std::mutex mutex;
    std::vector<Message> messages;
    std::vector<MessageId> applied;
};

/// A workshop whose answers the test gives when it wants to.
struct HandWorkshop
{
    struct Job
    {
        workshop::Job asked;
        std::function<void(Result<std::string>)> done;
    };
    std::mutex mutex;
    std::condition_variable arrived;
    std::deque<Job> jobs;

    void operator()(const std::string& bytes, std::function<void(Result<std::string>)> done)
    {
        std::lock_guard lock(mutex);
        jobs.push_back({workshop::decode_job(bytes).value(), std::move(done)});
        arrived.notify_all();
    }
    Job next()
    {
        std::unique_lock lock(mutex);
        arrived.wait(lock, [this] { return !jobs.empty(); });
        Job job = std::move(jobs.front());
        jobs.pop_front();
        return job;
    }
    static std::string good()
    {
        workshop::Outcome outcome;
        outcome.catalogue_digest = outcome.mapping_digest = std::string(64, 'a');
        outcome.verdicts.emplace_back();
        outcome.verdicts.back().observations.push_back({{"A_V_1", "VALUE", "2025-03", "GSO:33", "_T", "H31.03"}, "1", "PERCENT"});
        return workshop::encode(outcome);
    }
};

struct IntakeTest : testing::Test
{
    std::shared_ptr<MemoryJournal> journal = std::make_shared<MemoryJournal>();
    std::shared_ptr<MemoryStore> store = std::make_shared<MemoryStore>();
    HandWorkshop hand;
    Intake intake{{journal, store, std::make_shared<SystemClock>(),
                   [this](const std::string& job, std::function<void(Result<std::string>)> done) { hand(job, std::move(done)); }, told,
                   nullptr}};
    Route route{"push", "push", "push/records", "sender", {{"*"}, {}}, Mode::partial};

    std::future<Result<Intake::Taken>> push(const std::string& key, const std::string& payload)
    {
        Message message;
        message.flow = "push";
        message.source = "push";
        message.sender = "sender";
        message.source_id = key;
        message.payload = payload;
        message.received_at = SystemClock().now();
        auto promise = std::make_shared<std::promise<Result<Intake::Taken>>>();
        auto future = promise->get_future();
        intake.push(std::move(message), route, [promise](Result<Intake::Taken> taken) { promise->set_value(std::move(taken)); });
        return future;
    }
};

const Problem died{"process.worker_died", "the worker was killed", {}, {}, {}, {}};

}  // namespace

TEST_F(IntakeTest, AnswersOnceTheStoreHasTheVerdicts)
{
    auto answer = push("key-1", "{}");
    hand.next().done(HandWorkshop::good());
    const auto taken = answer.get();
    ASSERT_TRUE(taken.ok()) << taken.problem().sentence();
    EXPECT_EQ(taken->applied.counts[RecordState::stored], 1);
    EXPECT_NE(taken->applied.answer.find("\"stored\""), std::string::npos);
}

TEST_F(IntakeTest, ARepeatThatComesEarlyJoinsTheFirstAndALateOneGetsTheKeptAnswer)
{
    auto first = push("key-1", "{}");
    auto early = push("key-1", "{}");
    hand.next().done(HandWorkshop::good());
    const std::string answer = first.get().value().applied.answer;
    EXPECT_EQ(early.get().value().applied.answer, answer);
    const auto late = push("key-1", "{}").get();
    EXPECT_EQ(late->applied.answer, answer);
    EXPECT_EQ(late->arrival, Arrival::duplicate);
    while (!hand.jobs.empty())
        hand.next().done(HandWorkshop::good());
    intake.drain();
    EXPECT_EQ(store->applications.size(), 1U);
}

TEST_F(IntakeTest, AKeyUsedForOtherBytesIsRefused)
{
    auto first = push("key-1", "{}");
    hand.next().done(HandWorkshop::good());
    ASSERT_TRUE(first.get().ok());
    EXPECT_EQ(push("key-1", "[]").get().problem().code, "push.key_reused");
    hand.next().done(HandWorkshop::good());
}

TEST_F(IntakeTest, AMessageWhoseWorkerDiesTwiceIsSetAsideAsOneRefusedRecord)
{
    auto answer = push("key-1", "poison");
    hand.next().done(died);
    hand.next().done(died);
    const auto taken = answer.get();
    ASSERT_TRUE(taken.ok());
    EXPECT_EQ(taken->applied.counts[RecordState::refused], 1);
    ASSERT_EQ(store->applications.size(), 1U);
    EXPECT_EQ(store->applications[0].verdicts[0].problems[0].code, "process.worker_died");
    EXPECT_EQ(store->applications[0].verdicts[0].excerpt, "poison");
}

TEST_F(IntakeTest, AMessageThatNoWorkerCouldLookAtStaysInTheJournalAndIsTakenUpLater)
{
    auto answer = push("key-1", "{}");
    hand.next().done(Problem{"process.worker_flapping", "no worker now", {}, {}, {}, {}});
    EXPECT_EQ(answer.get().problem().code, "push.kept");
    intake.drain();
    EXPECT_TRUE(store->applications.empty());
    const auto taken = intake.recover([this](const Message&) { return std::optional(route); });
    ASSERT_TRUE(taken.ok());
    EXPECT_EQ(*taken, 1U);
    hand.next().done(HandWorkshop::good());
    intake.drain();
    EXPECT_EQ(store->applications.size(), 1U);
}

TEST_F(IntakeTest, ASendersLaterMessageDoesNotOvertakeAnEarlierOneThatIsSlowToMap)
{
    auto first = push("key-1", "one");
    auto second = push("key-2", "two");
    auto slow = hand.next();
    auto quick = hand.next();
    ASSERT_EQ(slow.asked.payload, "one");
    quick.done(HandWorkshop::good());
    EXPECT_EQ(second.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
    slow.done(HandWorkshop::good());
    ASSERT_TRUE(first.get().ok());
    ASSERT_TRUE(second.get().ok());
    intake.drain();
    EXPECT_EQ(store->applications[0].message, 1);
    EXPECT_EQ(store->applications[1].message, 2);
}

TEST_F(IntakeTest, AnItemSetAsideByItsConnectorIsOneRefusedRecordAndAsksNoWorker)
{
    JournalEntry entry;
    Message message;
    message.flow = "qlvb";
    message.sender = "axis";
    message.source_id = "doc-1";
    message.content_type = set_aside_content_type;
    message.payload = "damaged";
    message.attributes = R"({"why":"Nửa \"văn bản\"\n/ half a document"})";
    entry.messages.push_back(message);
    message.source_id = "doc-2";
    message.attributes = R"({"agencies":["*"],"called":"POST /x","caller":"token T-3","route":"x","why":"another half"})";
    entry.messages.push_back(message);
    intake.append(std::move(entry), route, [](Result<std::vector<Journaled>> journaled) { ASSERT_TRUE(journaled.ok()); });
    intake.drain();
    ASSERT_EQ(store->applications.size(), 2U);
    const auto said = [this](std::size_t at) { return store->applications[at].verdicts[0].problems[0]; };
    EXPECT_EQ(said(0).code, "connector.set_aside");
    EXPECT_EQ(said(0).detail, "Nửa \"văn bản\"\n/ half a document");
    EXPECT_EQ(said(1).detail, "another half");
    EXPECT_TRUE(hand.jobs.empty());
}
