// What the journal promises: identity, conflicts, cursors, marks, large bodies, private files.
#include "adapters/journals/sqlite/sqlite_journal.hpp"
#include "tests/unit/stores/folder.hpp"
#include "tests/unit/stores/journal_support.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

class SqliteJournal : public ::testing::Test
{
protected:
    void reopen()
    {
        journal.reset();
        auto opened = adapters::open_sqlite_journal(path);
        ASSERT_TRUE(opened.ok()) << opened.problem().sentence();
        journal = std::move(*opened);
    }
    void SetUp() override { reopen(); }

    Folder folder;
    std::string path = folder.file("journal.db");
    std::unique_ptr<Journal> journal;
};

}  // namespace

TEST_F(SqliteJournal, GivesBackAMessageByteForByteAfterReopening)
{
    Message sent = message("m-1", std::string("{\0\"x\":\xff}", 8), "d1");
    sent.plugin_digest = "abc";
    sent.reply = "reply as it came";
    sent.attributes = R"({"trang":1})";
    const auto kept = append(*journal, {{sent}, {}});
    ASSERT_TRUE(kept.ok());
    EXPECT_EQ((*kept)[0].arrival, Arrival::fresh);
    reopen();
    const auto read = journal->read((*kept)[0].id);
    ASSERT_TRUE(read.ok()) << read.problem().sentence();
    EXPECT_EQ(read->payload, sent.payload);
    EXPECT_EQ(read->reply, sent.reply);
    EXPECT_EQ(read->attributes, sent.attributes);
    EXPECT_EQ(read->plugin_digest, sent.plugin_digest);
    EXPECT_EQ(read->sender, sent.sender);
    EXPECT_EQ(read->received_at, sent.received_at);
}

TEST_F(SqliteJournal, CutsLargeBodiesAndJoinsThemAgain)
{
    Message sent = message("big", std::string(3 * 1024 * 1024 + 17, 'p'), "d");
    sent.payload[2 * 1024 * 1024] = 'q';
    sent.reply = std::string(1024 * 1024, 'r');
    const auto kept = append(*journal, {{sent}, {}});
    const auto read = journal->read((*kept)[0].id);
    ASSERT_TRUE(read.ok());
    EXPECT_TRUE(read->payload == sent.payload);
    EXPECT_TRUE(read->reply == sent.reply);
}

TEST_F(SqliteJournal, KnowsADuplicateByItsIdAndDigest)
{
    const auto first = append(*journal, {{message("k", "one", "d1")}, {}});
    const auto again = append(*journal, {{message("k", "one", "d1")}, {}});
    EXPECT_EQ((*again)[0].arrival, Arrival::duplicate);
    EXPECT_EQ((*again)[0].id, (*first)[0].id);
    EXPECT_FALSE((*again)[0].applied);
    journal->mark_applied({(*first)[0].id});
    EXPECT_TRUE((*append(*journal, {{message("k", "one", "d1")}, {}}))[0].applied);
    EXPECT_EQ(journal->standing()->messages, 1);
}

TEST_F(SqliteJournal, KeepsAConflictAsASecondMessageAndFlagsIt)
{
    const auto first = append(*journal, {{message("k", "one", "d1")}, {}});
    const auto other = append(*journal, {{message("k", "two", "d2")}, {}});
    EXPECT_EQ((*other)[0].arrival, Arrival::conflict);
    EXPECT_NE((*other)[0].id, (*first)[0].id);
    EXPECT_EQ(journal->read((*other)[0].id)->payload, "two");
    const auto again = append(*journal, {{message("k", "two", "d2")}, {}});
    EXPECT_EQ((*again)[0].arrival, Arrival::duplicate) << "the conflicting content is known by now";
    EXPECT_EQ((*again)[0].id, (*other)[0].id);
    EXPECT_EQ(journal->standing()->conflicts, 1);
}

TEST_F(SqliteJournal, DoesNotKeepAConflictWhenToldSo)
{
    const auto first = append(*journal, {{message("k", "one", "d1")}, {}});
    const auto other = append(*journal, {{message("k", "two", "d2")}, {}, false});
    EXPECT_EQ((*other)[0].arrival, Arrival::conflict);
    EXPECT_EQ((*other)[0].id, (*first)[0].id);
    EXPECT_EQ(journal->standing()->messages, 1);
}

TEST_F(SqliteJournal, TakesTheDigestForAnIdentityWhereTheSourceGivesNone)
{
    const auto first = append(*journal, {{message("", "one", "d1")}, {}});
    EXPECT_EQ((*append(*journal, {{message("", "two", "d2")}, {}}))[0].arrival, Arrival::fresh);
    const auto again = append(*journal, {{message("", "one", "d1")}, {}});
    EXPECT_EQ((*again)[0].arrival, Arrival::duplicate);
    EXPECT_EQ((*again)[0].id, (*first)[0].id);
}

TEST_F(SqliteJournal, TakesASourceThatGoesBackToWhatItSaidAtItsWord)
{
    const auto say = [&](std::vector<Message> messages) {
        JournalEntry entry{std::move(messages), {}};
        entry.states_now = true;
        return append(*journal, std::move(entry)).value();
    };
    const auto first = say({message("k", "one", "d1")});
    const auto other = say({message("k", "two", "d2")});
    const auto back = say({message("k", "one", "d1")});
    EXPECT_EQ(back[0].arrival, Arrival::conflict);
    EXPECT_GT(back[0].id, other[0].id);
    EXPECT_EQ(journal->read(back[0].id)->payload, "one");
    EXPECT_EQ(say({message("k", "one", "d1")})[0].arrival, Arrival::duplicate);
    EXPECT_EQ(say({message("k", "one", "d1")})[0].id, back[0].id) << "the last of the two";
    EXPECT_EQ(journal->standing()->messages, 3);

    // A list with both would go back and forth with every poll.
    const auto both = say({message("k", "one", "d1"), message("k", "two", "d2")});
    EXPECT_EQ(both[0].arrival, Arrival::duplicate);
    EXPECT_EQ(both[1].arrival, Arrival::duplicate);
    // A caller that repeats what was answered too late is no news.
    EXPECT_EQ(append(*journal, {{message("k", "two", "d2")}, {}}).value()[0].arrival, Arrival::duplicate);
    // Without an identity there is nothing to go back from.
    say({message("", "one", "d1")});
    say({message("", "two", "d2")});
    EXPECT_EQ(say({message("", "one", "d1")})[0].arrival, Arrival::duplicate);
    EXPECT_EQ(journal->standing()->messages, 5);
    EXPECT_EQ(first[0].arrival, Arrival::fresh);
}

TEST_F(SqliteJournal, TellsSendersAndSourcesApart)
{
    Message other_sender = message("k", "two", "d2");
    other_sender.sender = "so_y_te";
    Message other_source = message("k", "three", "d3");
    other_source.source = "lgsp";
    const auto kept = append(*journal, {{message("k", "one", "d1"), other_sender, other_source}, {}});
    for (const Journaled& one : *kept)
        EXPECT_EQ(one.arrival, Arrival::fresh);
}

TEST_F(SqliteJournal, SeesRepeatsInsideOneEntryAndInsideOneCommit)
{
    const auto kept = append(*journal, {{message("k", "one", "d1"), message("k", "one", "d1"), message("k", "two", "d2")}, {}});
    EXPECT_EQ((*kept)[0].arrival, Arrival::fresh);
    EXPECT_EQ((*kept)[1].arrival, Arrival::duplicate);
    EXPECT_EQ((*kept)[1].id, (*kept)[0].id);
    EXPECT_EQ((*kept)[2].arrival, Arrival::conflict);

    std::vector<std::future<Result<std::vector<Journaled>>>> answers;
    for (int i = 0; i < 600; ++i)
        answers.push_back(start(*journal, {{message("n" + std::to_string(i / 2), "x", "d")}, {}}));
    int fresh = 0;
    for (auto& answer : answers)
        fresh += (*answer.get())[0].arrival == Arrival::fresh ? 1 : 0;
    EXPECT_EQ(fresh, 300);
    EXPECT_EQ(journal->standing()->messages, 302);
}

TEST_F(SqliteJournal, MovesTheCursorWithItsMessages)
{
    EXPECT_EQ(*journal->cursor("monthly"), "");
    ASSERT_TRUE(append(*journal, {{message("1", "x", "d")}, CursorMove{"monthly", "page-2"}}).ok());
    ASSERT_TRUE(append(*journal, {{}, CursorMove{"monthly", "page-3"}}).ok());
    reopen();
    EXPECT_EQ(*journal->cursor("monthly"), "page-3");
    EXPECT_EQ(*journal->cursor("yearly"), "");
}

TEST_F(SqliteJournal, ListsWhatIsNotAppliedOldestFirst)
{
    std::vector<MessageId> ids;
    for (int i = 0; i < 5; ++i)
        ids.push_back((*append(*journal, {{message(std::to_string(i), "x", "d")}, {}}))[0].id);
    journal->mark_applied({ids[0], ids[2]});
    ASSERT_TRUE(journal->flush_marks().ok());
    EXPECT_EQ(*journal->unapplied(0, 10), (std::vector<MessageId>{ids[1], ids[3], ids[4]}));
    EXPECT_EQ(*journal->unapplied(ids[1], 1), (std::vector<MessageId>{ids[3]}));
    const auto standing = journal->standing();
    EXPECT_EQ(standing->unapplied, 3);
    EXPECT_EQ(standing->oldest_unapplied, message("", "", "").received_at);
    reopen();
    EXPECT_EQ(journal->unapplied(0, 10)->size(), 3U) << "flushed marks survive";
}

TEST_F(SqliteJournal, SaysSoWhenAMessageIsNotThere)
{
    EXPECT_EQ(journal->read(99).problem().code, "journal.no_message");
}

TEST_F(SqliteJournal, KeepsItsFilesToTheirOwner)
{
    ASSERT_TRUE(append(*journal, {{message("1", "x", "d")}, {}}).ok());
    for (const std::string& file : {path, path + "-wal", path + "-shm"}) {
        struct stat status = {};
        ASSERT_EQ(::stat(file.c_str(), &status), 0) << file;
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << file;
    }
}

TEST(SqliteJournalFile, RefusesAFileThatIsNoDatabase)
{
    const Folder folder;
    std::ofstream(folder.file("j.db")) << std::string(8192, 'x');
    EXPECT_EQ(adapters::open_sqlite_journal(folder.file("j.db")).problem().code, "journal.damaged");
    EXPECT_EQ(adapters::open_sqlite_journal(folder.file("none/j.db")).problem().code, "journal.open");
}

TEST(SqliteJournalFile, IsFullAtItsLimitKeepsNothingOfTheRefusedAndGoesOn)
{
    const Folder folder;
    auto journal = std::move(adapters::open_sqlite_journal(folder.file("j.db"), 1024 * 1024)).value();
    ASSERT_TRUE(append(*journal, {{message("small", "x", "d")}, {}}).ok());
    auto large = start(*journal, {{message("large", std::string(2 * 1024 * 1024, 'x'), "d")}, CursorMove{"f", "moved"}});
    auto beside = start(*journal, {{message("beside", "y", "d")}, {}});
    EXPECT_EQ(large.get().problem().code, "journal.full");
    EXPECT_TRUE(beside.get().ok()) << "one that finds no room does not sink the others";
    EXPECT_EQ(*journal->cursor("f"), "");
    EXPECT_EQ(journal->standing()->messages, 2);
}
