// kill -9 while writing: whatever was confirmed is there exactly once, whatever was not is there at most once.
#include "adapters/journals/sqlite/sqlite_journal.hpp"
#include "adapters/stores/sqlite/sqlite_store.hpp"
#include "tests/unit/stores/folder.hpp"
#include "tests/unit/stores/journal_support.hpp"
#include "tests/unit/stores/store_support.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <random>
#include <set>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

constexpr int kills = 24;
constexpr int in_flight = 40;

struct Confirmation
{
    std::int64_t number = 0;
    MessageId message = 0;
};

Message numbered(std::int64_t number)
{
    return message("k" + std::to_string(number), "payload " + std::to_string(number), "d" + std::to_string(number));
}

Application of(const Confirmation& journaled)
{
    return application(journaled.message, journaled.number,
                       {accepted_record(0, {observation("A" + std::to_string(journaled.number), "1")}), refused_record(1, "x")});
}

/// Journals and applies from `number` on until it is killed; says so on the pipe after each confirmation.
[[noreturn]] void write_until_killed(const std::string& journal_path, const std::string& store_path, std::int64_t number,
                                     int pipe)
{
    auto journal = std::move(adapters::open_sqlite_journal(journal_path)).value();
    auto faces = std::move(adapters::open_sqlite_store(store_path)).value();
    for (;; number += in_flight) {
        std::vector<std::future<Result<std::vector<Journaled>>>> journaled;
        for (int i = 0; i < in_flight; ++i)
            journaled.push_back(start(*journal, {{numbered(number + i)}, CursorMove{"monthly", std::to_string(number + i)}}));
        std::vector<std::pair<Confirmation, std::future<Result<Applied>>>> applied;
        for (int i = 0; i < in_flight; ++i) {
            const Confirmation confirmation{number + i, journaled[static_cast<std::size_t>(i)].get().value()[0].id};
            applied.emplace_back(confirmation, start(*faces.store, of(confirmation)));
            journal->mark_applied({confirmation.message});
        }
        for (auto& [confirmation, answer] : applied)
            if (!answer.get().ok() || ::write(pipe, &confirmation, sizeof confirmation) != sizeof confirmation)
                ::_exit(1);
    }
}

/// Starts the writer, takes `wanted` confirmations from it, then kills it.
std::vector<Confirmation> run_and_kill(const std::string& journal_path, const std::string& store_path, std::int64_t from,
                                       int wanted)
{
    int ends[2];
    if (::pipe(ends) != 0)
        throw std::runtime_error("no pipe");
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        write_until_killed(journal_path, store_path, from, ends[1]);
    }
    ::close(ends[1]);
    std::vector<Confirmation> confirmed;
    Confirmation one;
    const auto take = [&] { return ::read(ends[0], &one, sizeof one) == static_cast<ssize_t>(sizeof one); };
    while (static_cast<int>(confirmed.size()) < wanted && take())
        confirmed.push_back(one);
    ::kill(child, SIGKILL);
    while (take())
        confirmed.push_back(one);  // Said before the kill, read after it.
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "the writer must not end by itself";
    return confirmed;
}

}  // namespace

TEST(Crash, LeavesEveryConfirmedMessageAndSubmissionExactlyOnce)
{
    const Folder folder;
    const std::string journal_path = folder.file("journal.db"), store_path = folder.file("store.db");
    std::mt19937 random(20261122);
    std::map<std::int64_t, MessageId> confirmed;
    std::int64_t next = 1;
    for (int kill = 0; kill < kills; ++kill) {
        for (const Confirmation& one : run_and_kill(journal_path, store_path, next, static_cast<int>(1 + random() % 150))) {
            const auto [it, is_new] = confirmed.emplace(one.number, one.message);
            EXPECT_EQ(it->second, one.message) << "a repeat names the message of the first time";
        }
        // The next writer repeats some of what this one had confirmed, and all it may have written unconfirmed.
        next = std::max<std::int64_t>(1, confirmed.empty() ? 1 : confirmed.rbegin()->first - 10);

        const auto journal = std::move(adapters::open_sqlite_journal(journal_path)).value();
        const auto faces = std::move(adapters::open_sqlite_store(store_path)).value();
        const Tally kept = faces.store->tally().value(), counted = faces.store->recount().value();
        ASSERT_TRUE(kept.holds());
        ASSERT_EQ(kept.in_state, counted.in_state);
        for (const auto& [number, message] : confirmed) {
            ASSERT_EQ(journal->read(message)->payload, "payload " + std::to_string(number));
            ASSERT_TRUE(faces.store->submission_of(message)->has_value()) << number;
        }
    }

    const auto journal = std::move(adapters::open_sqlite_journal(journal_path)).value();
    const auto faces = std::move(adapters::open_sqlite_store(store_path)).value();
    ASSERT_GT(confirmed.size(), static_cast<std::size_t>(kills));
    std::set<std::string> identities;
    for (MessageId id = 1; id <= journal->standing()->messages; ++id)
        EXPECT_TRUE(identities.insert(journal->read(id)->source_id).second) << "no message stands twice";
    EXPECT_EQ(journal->standing()->conflicts, 0);
    ObservationFilter all;
    all.history = true;
    all.limit = 1'000'000;
    std::set<SubmissionId> submissions;
    const auto rows = faces.store->observations(all).value();
    for (const RevisionRow& row : rows) {
        EXPECT_EQ(row.number, 1U) << "applied once, so every figure has one revision";
        submissions.insert(row.submission);
    }
    EXPECT_EQ(static_cast<std::int64_t>(submissions.size()), faces.store->tally()->messages);
}
