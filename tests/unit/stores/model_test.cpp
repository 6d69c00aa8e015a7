// A random history, told to the store and to a model of it: after every step both must say the same.
#include "tests/unit/stores/model_store.hpp"
#include "tests/unit/stores/store_fixture.hpp"

#include <random>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

class RandomHistory : public StoreFixture, public ::testing::WithParamInterface<unsigned>
{
protected:
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random); }

    Observation random_observation()
    {
        Observation out = observation("A" + std::to_string(below(6)), std::to_string(below(3)), below(2) ? "2026-03" : "2026-Q1");
        out.vintage = below(4) ? Vintage::official : Vintage::preliminary;
        out.source = below(5) ? "" : "12/BC";
        return out;
    }
    std::vector<Verdict> random_verdicts(std::uint32_t count)
    {
        std::vector<Verdict> verdicts;
        for (std::uint32_t record = 0; record < count; ++record) {
            std::vector<Observation> observations;
            for (int i = below(3); i >= 0; --i)
                observations.push_back(random_observation());
            verdicts.push_back(below(4) == 0 ? refused_record(record, "x") : accepted_record(record, std::move(observations)));
        }
        return verdicts;
    }
    Application random_application()
    {
        const bool replay = below(3) == 0 && last_message > 0;
        const bool repeat = !replay && below(8) == 0 && last_message > 0;
        const MessageId message = replay || repeat ? 1 + below(static_cast<int>(last_message)) : ++last_message;
        auto [size, is_new] = sizes.try_emplace(message, static_cast<std::uint32_t>(1 + below(4)));
        // A message that could not be read counts as one record until a replay can read it.
        Application out = application(message, received_at(message), random_verdicts(is_new && below(6) == 0 ? 1 : size->second));
        out.replay = replay;
        out.mode = message % 5 == 0 ? Mode::atomic : Mode::partial;
        return out;
    }
    /// Not in the order of the messages, so that late ones meet newer figures.
    static std::int64_t received_at(MessageId message) { return message + (message * 7919) % 13 - 6; }

    void apply_both(const Application& asked)
    {
        const auto expected = model.apply(asked);
        const auto applied = start(*faces.store, asked).get();
        ASSERT_EQ(applied.ok(), expected.has_value());
        if (!expected)
            return;
        ASSERT_EQ(applied->states, *expected) << "message " << asked.message << (asked.replay ? " again" : "");
        EXPECT_TRUE(applied->counts.holds());
        if (applied->earlier)
            return;
        std::vector<Observation> sealed;
        const auto rows = faces.store->accepted_of(applied->submission).value();
        for (const RevisionRow& row : rows)
            sealed.push_back(row.observation);
        ASSERT_EQ(sealed, model.sealed);
    }
    void close_something()
    {
        const auto entries = faces.store->quarantine(below(2) ? RecordState::refused : RecordState::waiting, "", 0, 50).value();
        if (entries.empty())
            return;
        const QuarantineEntry& entry = entries[static_cast<std::size_t>(below(static_cast<int>(entries.size())))];
        ASSERT_TRUE(faces.store->close_quarantined(entry.id, "đã xử lý", at(5000)).ok());
        model.close(entry.message, entry.record);
    }
    void compare_tally()
    {
        const Tally expected = model.tally(), kept = faces.store->tally().value();
        ASSERT_TRUE(kept.holds());
        ASSERT_EQ(kept.in_state, expected.in_state);
        ASSERT_EQ(kept.received, expected.received);
        ASSERT_EQ(kept.messages, expected.messages);
    }
    void compare_everything()
    {
        expect_sum_holds();
        std::map<SeriesKey, std::vector<Observation>> found;
        for (const RevisionRow& row : history()) {
            found[row.observation.key].push_back(row.observation);
            ASSERT_EQ(row.number, found[row.observation.key].size());
        }
        ASSERT_EQ(found.size(), model.series.size());
        for (const auto& [key, held] : model.series)
            ASSERT_EQ(found[key], held.revisions) << to_text(key);
        for (const RevisionRow& row : find(""))
            ASSERT_EQ(row.observation, found[row.observation.key].back());
    }

    std::mt19937 random{GetParam()};
    MessageId last_message = 0;
    std::map<MessageId, std::uint32_t> sizes;
    ModelStore model;
};

}  // namespace

TEST_P(RandomHistory, EndsEveryStepAsTheModelDoes)
{
    for (int step = 0; step < 1000; ++step) {
        SCOPED_TRACE("step " + std::to_string(step));
        const int kind = below(20);
        if (kind == 0)
            close_something();
        else if (kind == 1)
            ASSERT_TRUE(
                faces.store->number_leaves(faces.store->numbered().value(), 1 + static_cast<std::size_t>(below(30))).ok());
        else if (kind == 2 && step % 5 == 0)
            reopen();
        else
            apply_both(random_application());
        compare_tally();
        if (step % 100 == 99)
            compare_everything();
        if (HasFatalFailure())
            return;
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomHistory, ::testing::Values(1U, 2U, 3U, 4U));
