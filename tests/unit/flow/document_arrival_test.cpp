// Whoever sent a document for us hears once that it arrived, or that it could not be read; whatever crash comes in between.
#include "hub/flow/document_arrival.hpp"

#include "adapters/documents/edxml/edxml_writer.hpp"
#include "adapters/stores/sqlite/dispatch.hpp"
#include "tests/unit/stores/store_fixture.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

class FixedClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return at(1'000); }
};

/// Holds one message of any number.
class OneMessage final : public Journal
{
public:
    void append(JournalEntry, AppendDone) override {}
    [[nodiscard]] Result<Message> read(MessageId) const override { return Message{}; }
    [[nodiscard]] Result<std::vector<MessageId>> unapplied(MessageId, std::size_t) const override
    {
        return std::vector<MessageId>{};
    }
    [[nodiscard]] Result<std::vector<HeldMessage>> held(const std::string&, MessageId, std::size_t) const override
    {
        return std::vector<HeldMessage>{};
    }
    void mark_applied(std::vector<MessageId>) override {}
    [[nodiscard]] Result<void> flush_marks() override { return {}; }
    [[nodiscard]] Result<std::string> cursor(const std::string&) const override { return std::string{}; }
    [[nodiscard]] Result<Standing> standing() const override { return Standing{}; }
};

Fact document(const std::string& kind, const std::string& number, const std::string& recipient, const std::string& state = "new")
{
    const std::string id = "G22.99,2026/03/20," + number + "/CV";
    return {kind,
            id + '|' + recipient,
            {{"document", id},
             {"sender", "G22.99"},
             {"recipient", recipient},
             {"notation", number + "/CV"},
             {"issued", "2026-03-20"},
             {"state", state}}};
}

class DocumentArrivals : public StoreFixture
{
protected:
    void SetUp() override
    {
        StoreFixture::SetUp();
        dispatch = adapters::open_sqlite_dispatch(folder.file("documents.db")).value();
    }
    void told(const Fact& fact)
    {
        Verdict verdict = accepted_record(0, {});
        verdict.facts = {fact};
        ++message;
        (void)apply(*faces.store, application(message, message, {verdict}));
    }
    void refused(const std::string& code)
    {
        Verdict verdict = refused_record(0, "x");
        verdict.problems.front().code = code;
        ++message;
        (void)apply(*faces.store, application(message, message, {verdict}));
    }
    flow::DocumentArrival arrival()
    {
        flow::ArrivalParts parts;
        parts.flow = "gui";
        parts.self = {"000.00.08.H31", "Sở Y tế"};
        parts.facts = faces.facts;
        parts.dispatch = dispatch;
        parts.writer = adapters::make_edxml_writer();
        parts.clock = std::make_shared<FixedClock>();
        parts.sources = {"monthly"};
        parts.store = faces.store;
        parts.journal = std::make_shared<OneMessage>();
        parts.workshop = [this](const std::string& job, const std::function<void(Result<std::string>)>& done) {
            jobs.push_back(job);
            done(answer);
        };
        return flow::DocumentArrival(std::move(parts));
    }
    /// The codes told since, and to whom.
    std::vector<std::string> gathered(std::string problem = "")
    {
        flow::DocumentArrival one = arrival();
        boost::asio::io_context context;
        std::string found;
        boost::asio::co_spawn(context, one.gather(), [&](const std::exception_ptr& error, const Result<void>& done) {
            EXPECT_EQ(error, nullptr);
            found = done.ok() ? "" : done.problem().code;
        });
        context.run();
        EXPECT_EQ(found, problem);
        std::vector<std::string> out;
        const std::vector<DispatchedDocument> statuses = dispatch->newest_statuses(100).value();
        for (const DispatchedDocument& status : statuses)
            out.insert(out.begin(), status.act + ' ' + status.notation);
        return out;
    }

    std::shared_ptr<Dispatch> dispatch;
    MessageId message = 0;
    Result<std::string> answer = std::string();
    std::vector<std::string> jobs;
};

}  // namespace

TEST_F(DocumentArrivals, AreToldOnceToWhoSentThemForUs)
{
    ASSERT_TRUE(arrival().begin().ok());
    told(document("document", "1", "H31.08"));
    told(document("document", "2", "H31.02"));
    told(document("document", "3", "H31.08", "replacing"));
    told(document("document", "4", "H31.08", "recalled"));
    const std::vector<std::string> expected = {"01 G22.99 1/CV", "01 G22.99 3/CV"};
    EXPECT_EQ(gathered(), expected) << "not what came for others, and a recall is answered by a person";
    told(document("document", "1", "H31.08", "updated"));
    EXPECT_EQ(gathered(), expected) << "an update is of a document that arrived";
    const auto status = dispatch->newest_statuses(1)->front();
    EXPECT_EQ(status.to, std::vector<std::string>{"G22.99"});
    EXPECT_EQ(status.day, "2026-03-20");
    EXPECT_NE(dispatch->package(status.id)->find("<edXML:StatusCode>01</edXML:StatusCode>"), std::string::npos);
}

TEST_F(DocumentArrivals, AreNotToldOfWhatCameBeforeAnybodyWasToBeTold)
{
    told(document("document", "1", "H31.08"));
    ASSERT_TRUE(arrival().begin().ok());
    EXPECT_EQ(gathered(), std::vector<std::string>{});
    ASSERT_TRUE(arrival().begin().ok());
    told(document("document", "2", "H31.08"));
    ASSERT_TRUE(arrival().begin().ok()) << "a restart is no beginning";
    EXPECT_EQ(gathered(), std::vector<std::string>{"01 G22.99 2/CV"});
}

TEST_F(DocumentArrivals, AreToldOnceThoughACrashLostHowFarItCame)
{
    ASSERT_TRUE(arrival().begin().ok());
    told(document("document", "1", "H31.08"));
    EXPECT_EQ(gathered().size(), 1U);
    ASSERT_TRUE(dispatch->set_told("gui", 0).ok());
    EXPECT_EQ(gathered().size(), 1U);
}

TEST_F(DocumentArrivals, AreRefusedWhereThePackageCouldNotBeReadButItsHeaderCould)
{
    refused("format.xml.syntax");
    ASSERT_TRUE(arrival().begin().ok());
    refused("format.xml.syntax");
    refused("value.not_a_number");
    workshop::Outcome outcome;
    outcome.verdicts.push_back(accepted_record(0, {}));
    outcome.verdicts.back().facts = {document("document_unread", "5", "H31.08"), document("document_unread", "5", "H31.02")};
    answer = workshop::encode(outcome);
    EXPECT_EQ(gathered(), std::vector<std::string>{"02 G22.99 5/CV"});
    EXPECT_EQ(jobs.size(), 1U) << "not of what was refused before, nor of a record only our mapping refuses";
    EXPECT_EQ(dispatch->newest_statuses(1)->front().reason, "Không đọc được gói tin. Tài liệu không đúng cú pháp XML.");
    EXPECT_EQ(gathered().size(), 1U);
    EXPECT_EQ(jobs.size(), 1U) << "it was looked at";
}

TEST_F(DocumentArrivals, WaitWhereNoWorkerIsThereToLook)
{
    ASSERT_TRUE(arrival().begin().ok());
    refused("format.xml.syntax");
    answer = Problem{"process.no_worker", "", {}, {}, {}};
    EXPECT_EQ(gathered("process.no_worker"), std::vector<std::string>{});
    workshop::Outcome outcome;
    outcome.verdicts.push_back(accepted_record(0, {}));
    outcome.verdicts.back().facts = {document("document_unread", "5", "H31.08")};
    answer = workshop::encode(outcome);
    EXPECT_EQ(gathered(), std::vector<std::string>{"02 G22.99 5/CV"});
}
