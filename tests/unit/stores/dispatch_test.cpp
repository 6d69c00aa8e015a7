// Documents on their way out: taken in once, every attempt on record, nothing sent again before the partner was asked.
#include "adapters/stores/sqlite/dispatch.hpp"
#include "adapters/stores/sqlite/encoding.hpp"
#include "tests/unit/stores/folder.hpp"
#include "tests/unit/stores/store_support.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdio>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

class SqliteDispatch : public ::testing::Test
{
protected:
    void SetUp() override { reopen(); }
    void reopen()
    {
        dispatch.reset();
        auto opened = adapters::open_sqlite_dispatch(folder.file("documents.db"));
        ASSERT_TRUE(opened.ok()) << opened.problem().sentence();
        dispatch = *std::move(opened);
    }
    static DispatchedDocument report(const std::string& number)
    {
        DispatchedDocument out;
        out.flow = "gui";
        out.document = "H31.08,2025/11/20," + number + "/BC-UBND";
        out.to = {"G22.99", "H31.04"};
        out.subject = "Báo cáo tháng 11";
        out.notation = number + "/BC-UBND";
        out.day = "2025-11-20";
        out.made_by = "vanthu";
        out.made_at = at(1);
        out.digest = "digest of " + number;
        return out;
    }
    OutboxItem due(std::int64_t second = 100) { return dispatch->next("gui", at(second)).value().value_or(OutboxItem{}); }

    Folder folder;
    std::shared_ptr<Dispatch> dispatch;
};

}  // namespace

TEST_F(SqliteDispatch, TakesADocumentInOnceAndKeepsItsBytes)
{
    const std::string package("<edXML>\0\xFF</edXML>", 18);
    const auto first = dispatch->add(report("145"), package).value();
    EXPECT_FALSE(first.earlier);
    reopen();
    const auto again = dispatch->add(report("145"), package).value();
    EXPECT_TRUE(again.earlier);
    EXPECT_EQ(again.document.id, first.document.id);
    DispatchedDocument other = report("145");
    other.digest = "digest of other words";
    EXPECT_EQ(dispatch->add(other, package).problem().code, "document.exists");
    EXPECT_EQ(dispatch->package(first.document.id).value(), package);
    const DispatchedDocument kept = dispatch->document(first.document.id).value();
    EXPECT_EQ(kept.to, report("145").to);
    EXPECT_EQ(kept.subject, "Báo cáo tháng 11");
    EXPECT_EQ(kept.made_at, at(1));
    EXPECT_EQ(kept.state, DeliveryState::pending);
    EXPECT_EQ(dispatch->document(99).problem().code, "document.unknown");
    EXPECT_EQ(dispatch->package(99).problem().code, "document.unknown");
}

TEST_F(SqliteDispatch, RemembersAnAttemptThatWasNeverFinished)
{
    const std::int64_t id = dispatch->add(report("145"), "a").value().document.id;
    (void)dispatch->add(report("146"), "b").value();
    EXPECT_EQ(due().id, id) << "the oldest first";
    EXPECT_EQ(dispatch->next("other", at(100))->has_value(), false);
    ASSERT_TRUE(dispatch->begin_attempt(id, at(20)).ok());
    reopen();
    EXPECT_EQ(due().state, DeliveryState::attempting);
    EXPECT_EQ(due().attempts, 1U);
    EXPECT_EQ(dispatch->begin_attempt(id, at(30)).problem().code, "store.outbox_state") << "the partner must be asked first";
    ASSERT_TRUE(dispatch->finish_attempt(id, DeliveryState::pending, "", "not delivered", at(60)).ok());
    EXPECT_NE(due(59).id, id) << "not due yet; the next one is";
    ASSERT_TRUE(dispatch->begin_attempt(id, at(60)).ok());
    ASSERT_TRUE(dispatch->finish_attempt(id, DeliveryState::delivered, "DocId 1", "", at(60)).ok());
    EXPECT_EQ(dispatch->document(id)->receipt, "DocId 1");
    EXPECT_EQ(dispatch->standing("gui").value(), (std::vector<std::int64_t>{1, 0, 0, 1, 0, 0}));
    EXPECT_EQ(dispatch->newest(1)->at(0).notation, "146/BC-UBND");
    EXPECT_EQ(dispatch->begin_attempt(99, at(1)).problem().code, "document.unknown");
    EXPECT_EQ(dispatch->finish_attempt(99, DeliveryState::failed, "", "", at(1)).problem().code, "document.unknown");
}

TEST_F(SqliteDispatch, KeepsWhatIsDoneToADocumentBesideItAndListsItApart)
{
    (void)dispatch->add(report("145"), "a").value();
    DispatchedDocument recall = report("145");
    recall.business = Business::recall;
    recall.act = "recall";
    recall.about = recall.document;
    recall.reason = "Ban hành nhầm";
    recall.removed = {"H31.04"};
    DispatchedDocument replacement = report("146");
    replacement.business = Business::replacement;
    replacement.about = recall.document;
    DispatchedDocument status = report("3");
    status.business = Business::status;
    status.code = "01";
    status.act = "01 G22.99";
    DispatchedDocument wish = recall;
    wish.business = Business::status;
    wish.code = "13";
    wish.act = "13 G22.99";
    for (const auto* one : {&recall, &replacement, &status, &wish})
        ASSERT_FALSE(dispatch->add(*one, "b").value().earlier);
    const auto about = dispatch->about(recall.document).value();
    ASSERT_EQ(about.size(), 4U) << "the document, its recall, what replaces it, and the wish to have it back";
    EXPECT_EQ(about[1].reason, "Ban hành nhầm");
    EXPECT_EQ(about[1].removed, recall.removed);
    EXPECT_EQ(about[1].act, "recall");
    ASSERT_EQ(dispatch->newest(10)->size(), 2U);
    EXPECT_EQ(dispatch->newest(10)->at(0).business, Business::replacement);
    ASSERT_EQ(dispatch->newest_statuses(10)->size(), 1U);
    EXPECT_EQ(dispatch->newest_statuses(10)->at(0).code, "01");
}

TEST_F(SqliteDispatch, CountsWhatEachRecipientGotOfThisNotationBefore)
{
    const std::int64_t first = dispatch->add(report("145"), "a").value().document.id;
    DispatchedDocument recall = report("145");
    recall.business = Business::recall;
    recall.act = "recall";
    recall.to = {"H31.04", "H31.05"};
    recall = dispatch->add(recall, "b").value().document;
    EXPECT_EQ(dispatch->delivered_beside(recall).value(), (std::vector<std::size_t>{0, 0})) << "nothing was delivered yet";
    ASSERT_TRUE(dispatch->begin_attempt(first, at(2)).ok());
    ASSERT_TRUE(dispatch->finish_attempt(first, DeliveryState::delivered, "", "", at(2)).ok());
    EXPECT_EQ(dispatch->delivered_beside(recall).value(), (std::vector<std::size_t>{1, 0}));
    recall.day = "2026-01-05";
    EXPECT_EQ(dispatch->delivered_beside(recall).value(), (std::vector<std::size_t>{0, 0})) << "numbers begin anew each year";
    recall.day = "2025-11-20";
    recall.business = Business::status;
    EXPECT_EQ(dispatch->delivered_beside(recall).value(), (std::vector<std::size_t>{0, 0})) << "statuses are listed apart";
}

TEST_F(SqliteDispatch, RemembersHowFarSendersWereTold)
{
    EXPECT_FALSE(dispatch->told("gui")->has_value());
    ASSERT_TRUE(dispatch->set_told("gui", 7).ok());
    ASSERT_TRUE(dispatch->set_told("gui", 9).ok());
    reopen();
    EXPECT_EQ(dispatch->told("gui").value(), std::optional<FactVersionId>(9));
    EXPECT_FALSE(dispatch->told("other")->has_value());
}

TEST_F(SqliteDispatch, GoesOnWithDocumentsOfAnEarlierVersion)
{
    dispatch.reset();
    const std::string path = folder.file("earlier.db");
    {
        sqlite3* file = nullptr;
        ASSERT_EQ(sqlite3_open(path.c_str(), &file), SQLITE_OK);
        const std::string to = adapters::store::encoded(std::vector<std::string>{"G22.99"});
        std::string hex;
        for (const char c : to) {
            char two[3];
            std::snprintf(two, sizeof two, "%02x", static_cast<unsigned char>(c));
            hex += two;
        }
        const std::string made =
            "CREATE TABLE schema_version (name TEXT PRIMARY KEY, version BIGINT NOT NULL); INSERT INTO schema_version VALUES ('store', 1);"
            "CREATE TABLE document (id INTEGER PRIMARY KEY, flow TEXT NOT NULL, document TEXT NOT NULL, recipients BLOB NOT NULL, subject TEXT NOT NULL,"
            " notation TEXT NOT NULL, day TEXT NOT NULL, made_by TEXT NOT NULL, made_at BIGINT NOT NULL, digest TEXT NOT NULL, state INTEGER NOT NULL,"
            " attempts BIGINT NOT NULL, begun_at BIGINT, not_before BIGINT NOT NULL, receipt BLOB NOT NULL, problem TEXT NOT NULL);"
            "CREATE UNIQUE INDEX document_once ON document (flow, document); CREATE INDEX document_open ON document (flow, id) WHERE state <= 2;"
            "CREATE TABLE document_package (document INTEGER PRIMARY KEY REFERENCES document (id), bytes BLOB NOT NULL);"
            "INSERT INTO document VALUES (1, 'gui', 'H31.08,2025/11/20,145/BC-UBND', x'" + hex + "', 'Báo cáo', '145/BC-UBND', '2025-11-20', 'vanthu', 1, 'd', 0, 0,"
            " NULL, 1, x'', ''); INSERT INTO document_package VALUES (1, x'3c61')";
        ASSERT_EQ(sqlite3_exec(file, made.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(file);
        sqlite3_close(file);
    }
    auto opened = adapters::open_sqlite_dispatch(path);
    ASSERT_TRUE(opened.ok()) << opened.problem().sentence();
    const DispatchedDocument kept = (*opened)->document(1).value();
    EXPECT_EQ(kept.to, std::vector<std::string>{"G22.99"});
    EXPECT_EQ(kept.business, Business::fresh);
    EXPECT_TRUE(kept.removed.empty());
    EXPECT_EQ((*opened)->package(1).value(), "<a");
    const auto next = (*opened)->next("gui", at(100)).value();
    ASSERT_TRUE(next.has_value());
    EXPECT_EQ(next->id, 1);
}
