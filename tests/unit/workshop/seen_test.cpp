// Who spoke of a series key first, and what is taken back when a record is refused.
#include "hub/workshop/seen.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

using namespace lienthong;
using workshop::Seen;

namespace {

Observation figure(std::uint32_t number)
{
    Observation out;
    out.key = {"A_I_" + std::to_string(number % 7), "VALUE", "2025-" + std::to_string(number / 7 % 5), "GSO:33", "_T", std::string(number % 20, 'H')};
    return out;
}

}  // namespace

TEST(Seen, AgreesWithAMapOfTheKeysAlsoAfterTakingBack)
{
    std::mt19937 random(7);
    Seen seen;
    std::map<SeriesKey, std::pair<std::uint32_t, std::uint32_t>> known;
    std::vector<Verdict> verdicts;
    for (std::uint32_t record = 0; record < 600; ++record) {
        Verdict& verdict = verdicts.emplace_back();
        for (auto left = random() % 4; left > 0; --left)
            verdict.observations.push_back(figure(static_cast<std::uint32_t>(random() % 700)));
        std::vector<SeriesKey> added;
        for (std::uint32_t i = 0; i < verdict.observations.size(); ++i) {
            const SeriesKey& key = verdict.observations[i].key;
            const auto [it, fresh] = known.try_emplace(key, record, i);
            if (fresh)
                added.push_back(key);
            const Seen::At first = seen.add(verdicts, {record, i});
            EXPECT_EQ(std::pair(first.verdict, first.observation), it->second) << record;
        }
        if (random() % 3 != 0)
            continue;
        seen.take_back(record);
        verdict.observations.clear();
        for (const SeriesKey& key : added)
            known.erase(key);
    }
}

TEST(Seen, TellsKeysApartByEachOfTheirFields)
{
    std::vector<Verdict> verdicts(1);
    const SeriesKey key{"A_VIII_1_1", "VALUE", "2025-03", "GSO:33", "OWNERSHIP=PUBLIC;LEVEL=PRIMARY", "H31.01"};
    verdicts[0].observations.assign(7, Observation{.key = key, .value = {}, .unit = {}});
    for (std::string* field : {&verdicts[0].observations[1].key.indicator, &verdicts[0].observations[2].key.measure,
                               &verdicts[0].observations[3].key.period, &verdicts[0].observations[4].key.area,
                               &verdicts[0].observations[5].key.breakdown, &verdicts[0].observations[6].key.agency})
        field->back() = '_';
    Seen seen;
    for (std::uint32_t i = 0; i < 7; ++i)
        EXPECT_EQ(seen.add(verdicts, {0, i}).observation, i);
}
