// Several threads write and read at once, and another process reads beside them: every read sees one committed state.
#include "tests/unit/stores/store_fixture.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

constexpr int submissions = 400;

Application pair_of(int number)
{
    const std::string value = std::to_string(number);
    return application(number, number,
                       {accepted_record(0, {observation("A", value)}), accepted_record(1, {observation("B", value)})});
}

/// True when the two figures that are always told together are told alike, and the sum holds.
bool is_one_state(const Store& store)
{
    const Tally tally = store.tally().value();
    const auto rows = store.observations({}).value();
    return tally.holds() && tally.received % 2 == 0 && (rows.empty() || rows[0].observation.value == rows[1].observation.value);
}

}  // namespace

TEST(SharedStore, ShowsEveryReaderThreadOneCommittedState)
{
    const Folder folder;
    const auto faces = std::move(adapters::open_sqlite_store(folder.file("s.db"))).value();
    std::atomic<bool> writing{true};
    std::atomic<int> torn{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 6; ++i)
        readers.emplace_back([&] {
            while (writing)
                torn += is_one_state(*faces.store) ? 0 : 1;
        });
    for (int number = 1; number <= submissions; ++number)
        apply(*faces.store, pair_of(number));
    writing = false;
    for (auto& reader : readers)
        reader.join();
    EXPECT_EQ(torn, 0);
}

TEST(SharedStore, CanBeReadByAnotherProcessWhileItIsWritten)
{
    const Folder folder;
    const std::string path = folder.file("s.db");
    {
        const auto made = std::move(adapters::open_sqlite_store(path)).value();
    }
    const pid_t child = ::fork();
    if (child == 0) {
        const auto faces = std::move(adapters::open_sqlite_store(path)).value();
        std::int64_t seen = 0;
        while (seen < 2 * submissions) {
            const std::int64_t now = faces.store->tally().value().received;
            if (now < seen || !is_one_state(*faces.store))
                ::_exit(1);
            seen = now;
        }
        ::_exit(0);
    }
    const auto faces = std::move(adapters::open_sqlite_store(path)).value();
    for (int number = 1; number <= submissions; ++number)
        apply(*faces.store, pair_of(number));
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}
