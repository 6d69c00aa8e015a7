// A disk that fails at the n-th write or fsync, for every n: what was confirmed is there, and a broken adapter says so.
#include "adapters/journals/sqlite/sqlite_journal.hpp"
#include "tests/unit/stores/faulty_disk.hpp"
#include "tests/unit/stores/journal_support.hpp"
#include "tests/unit/stores/store_fixture.hpp"

#include <map>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

using Kind = FaultyDisk::Kind;

std::unique_ptr<Journal> open_journal(const std::string& path)
{
    return std::move(adapters::open_sqlite_journal(path)).value();
}

Message numbered(int number)
{
    return message(std::to_string(number), std::string(300, 'x'), "d");
}

constexpr int appends = 4;

/// Some appends on a disk that fails; true when the fault was met.
bool confirmed_survive(FaultyDisk& disk, Kind kind, int after, bool for_ever)
{
    const Folder folder;
    std::map<int, MessageId> confirmed;
    {
        const auto journal = open_journal(folder.file("j.db"));
        disk.fail_after(kind, after, for_ever);
        for (int number = 0; number < appends; ++number) {
            const auto kept = append(*journal, {{numbered(number)}, CursorMove{"f", std::to_string(number)}});
            if (kept.ok())
                confirmed[number] = (*kept)[0].id;
            else
                EXPECT_EQ(kept.problem().code, "journal.broken");
        }
    }
    const bool met = disk.has_failed();
    disk.heal();
    const auto journal = open_journal(folder.file("j.db"));
    for (const auto& [number, id] : confirmed)
        EXPECT_EQ(journal->read(id)->source_id, std::to_string(number)) << "fault after " << after;
    // A write refused at its commit may or may not have reached the disk; asking again settles it, once.
    for (int number = 0; number < appends; ++number) {
        const auto kept = append(*journal, {{numbered(number)}, {}});
        EXPECT_TRUE(kept.ok());
        if (confirmed.contains(number)) {
            EXPECT_EQ((*kept)[0].arrival, Arrival::duplicate);
            EXPECT_EQ((*kept)[0].id, confirmed[number]);
        }
    }
    EXPECT_EQ(journal->standing()->messages, appends);
    return met;
}

}  // namespace

TEST(FaultyDiskUnderTheJournal, LosesNothingConfirmedWhereverItFails)
{
    FaultyDisk disk;
    for (const Kind kind : {Kind::write_full, Kind::write_error, Kind::sync_error})
        for (const bool for_ever : {false, true}) {
            int after = 0;
            while (confirmed_survive(disk, kind, after, for_ever))
                ++after;
            EXPECT_GE(after, appends) << "every commit writes and syncs";
        }
}

TEST(FaultyDiskUnderTheJournal, BreaksItForGood)
{
    const Folder folder;
    FaultyDisk disk;
    const auto journal = open_journal(folder.file("j.db"));
    const auto kept = append(*journal, {{numbered(1)}, {}});
    disk.fail_after(Kind::sync_error, 0, false);
    EXPECT_EQ(append(*journal, {{numbered(2)}, {}}).problem().code, "journal.broken");
    disk.heal();
    EXPECT_EQ(append(*journal, {{numbered(3)}, {}}).problem().code, "journal.broken");
    EXPECT_EQ(journal->read((*kept)[0].id).problem().code, "journal.broken");
    EXPECT_EQ(journal->standing().problem().code, "journal.broken");
    EXPECT_EQ(journal->cursor("f").problem().code, "journal.broken");
    EXPECT_EQ(journal->flush_marks().problem().code, "journal.broken");
}

TEST(FaultyDiskUnderTheStore, BreaksAllItsFacesAndKeepsWhatWasConfirmed)
{
    const Folder folder;
    FaultyDisk disk;
    auto faces = std::move(adapters::open_sqlite_store(folder.file("s.db"))).value();
    apply(*faces.store, application(1, 1, {accepted_record(0, {observation("A", "1")})}));
    disk.fail_after(Kind::write_full, 0, true);
    EXPECT_EQ(start(*faces.store, application(2, 2, {accepted_record(0, {observation("A", "2")})})).get().problem().code,
              "store.broken");
    disk.heal();
    EXPECT_EQ(faces.store->tally().problem().code, "store.broken");
    EXPECT_EQ(faces.store->number_leaves(0, 1).problem().code, "store.broken");
    EXPECT_EQ(faces.outbox->next("f", at(1)).problem().code, "store.broken");
    EXPECT_EQ(faces.identities->all().problem().code, "store.broken");
    faces = {};
    faces = std::move(adapters::open_sqlite_store(folder.file("s.db"))).value();
    EXPECT_EQ(faces.store->tally()->received, 1);
    EXPECT_FALSE(apply(*faces.store, application(2, 2, {accepted_record(0, {observation("A", "2")})})).earlier);
}

TEST(FullStore, RefusesWhatDoesNotFitAndGoesOnWithTheRest)
{
    const Folder folder;
    const auto faces = std::move(adapters::open_sqlite_store(folder.file("s.db"), 512 * 1024)).value();
    std::vector<Verdict> many;
    for (std::uint32_t record = 0; record < 3000; ++record)
        many.push_back(accepted_record(record, {observation("A" + std::to_string(record), "1")}));
    auto large = start(*faces.store, application(1, 1, many));
    auto small = start(*faces.store, application(2, 2, {accepted_record(0, {observation("A1", "5")})}));
    EXPECT_EQ(large.get().problem().code, "store.full");
    EXPECT_TRUE(small.get().ok());
    EXPECT_EQ(faces.store->tally()->received, 1);
    EXPECT_EQ(faces.store->recount()->received, 1);
}
