// What the writer remembers of series never outlives what the tables say.
#include "adapters/stores/sqlite/series_memory.hpp"
#include "tests/unit/stores/store_fixture.hpp"

#include <stdexcept>

using namespace lienthong;
using namespace lienthong::testing;
using adapters::store::SeriesMemory;

namespace {

Told no_answer(const Application&, const Applied&)
{
    throw std::runtime_error("no answer");
}

std::string key(int number)
{
    std::string out;
    adapters::store::write_key(out, observation("A" + std::to_string(number), "1").key);
    return out;
}

class RememberingStore : public StoreFixture
{
protected:
    States tell(const std::string& value, Store::Render render = {})
    {
        ++message;
        auto applied = start(*faces.store, application(message, message, {accepted_record(0, {observation("A", value)})}),
                             std::move(render))
                           .get();
        return applied.ok() ? applied->states : States{};
    }
    MessageId message = 0;
};

}  // namespace

TEST_F(RememberingStore, ForgetsAFigureWhoseSubmissionWasTakenBack)
{
    EXPECT_EQ(tell("1"), States{RecordState::stored});
    EXPECT_EQ(tell("2", no_answer), States{});
    EXPECT_EQ(tell("2"), States{RecordState::stored});
    const auto rows = history();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].number, 2U);
}

TEST_F(RememberingStore, ForgetsANewSeriesThatWasTakenBack)
{
    EXPECT_EQ(tell("1", no_answer), States{});
    EXPECT_EQ(tell("1"), States{RecordState::stored});
    EXPECT_EQ(history().size(), 1U);
}

TEST_F(RememberingStore, SeesWhatAnotherProgramWroteIntoTheSameFile)
{
    auto other = std::move(adapters::open_sqlite_store(path)).value();
    EXPECT_EQ(tell("1"), States{RecordState::stored});
    EXPECT_EQ(apply(*other.store, application(1'000, 1'000, {accepted_record(0, {observation("A", "2")})})).states,
              States{RecordState::stored});
    EXPECT_EQ(tell("2"), States{RecordState::unchanged});
    EXPECT_EQ(tell("1"), States{RecordState::stored});
    const auto rows = history();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[2].number, 3U);
}

TEST_F(RememberingStore, FollowsEverySeriesOfAnIndicatorBackToItsFirstRevision)
{
    for (int turn = 1; turn <= 4; ++turn)
        for (const char* period : {"2026-01", "2026-02", "2026-03"}) {
            ++message;
            apply(*faces.store, application(message, message, {accepted_record(0, {observation("A", std::to_string(turn), period)}),
                                                               accepted_record(1, {observation("B", std::to_string(turn), period)})}));
        }
    ObservationFilter filter;
    filter.indicator = "A";
    filter.history = true;
    const auto all = faces.store->observations(filter).value();
    ASSERT_EQ(all.size(), 12U);
    for (std::size_t i = 0; i < all.size(); ++i)
        EXPECT_EQ(all[i].number, i / 3 + 1) << i;
    filter.period_from = filter.period_to = "2026-02";
    EXPECT_EQ(faces.store->observations(filter).value().size(), 4U);
    filter.after = all[4].id;
    EXPECT_EQ(faces.store->observations(filter).value().size(), 2U);
    filter.limit = 1;
    EXPECT_EQ(faces.store->observations(filter).value().front().id, all[7].id);
}

TEST(SeriesMemory, KeepsWhatIsAskedForAndDropsTheRest)
{
    SeriesMemory memory(8);
    for (int number = 0; number < 100; ++number) {
        memory.put(key(number), {number, number, 1, 0, "content"});
        ASSERT_NE(memory.find(key(0)), nullptr) << number;
    }
    EXPECT_NE(memory.find(key(99)), nullptr);
    EXPECT_EQ(memory.find(key(50)), nullptr);
    EXPECT_EQ(memory.find(key(0))->series, 0);
}

TEST(SeriesMemory, TellsKeysApartWhoseTextsRunTogether)
{
    std::string one, other;
    SeriesKey key{"AB", "C", "2026", "X", "_T", "H1"};
    adapters::store::write_key(one, key);
    key.indicator = "A";
    key.measure = "BC";
    adapters::store::write_key(other, key);
    EXPECT_NE(one, other);
}
