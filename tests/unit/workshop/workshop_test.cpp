// Bytes in, verdicts out: every record judged by itself, nothing lost, nothing thrown.
#include "hub/text/unicode.hpp"
#include "tests/unit/workshop/fixture.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::testing;

TEST(Workshop, GivesOneVerdictForEachRecordInOrder)
{
    const auto outcome =
        worked(message({record(), record({{"indicator", "\"A_I_9\""}}), record({{"measure", "\"VS_SAME_PERIOD\""}})}));
    ASSERT_EQ(outcome.verdicts.size(), 3U);
    EXPECT_TRUE(outcome.verdicts[0].accepted());
    EXPECT_FALSE(outcome.verdicts[1].accepted());
    EXPECT_TRUE(outcome.verdicts[2].accepted());
    EXPECT_EQ(outcome.verdicts[2].record, 2U);
    EXPECT_EQ(outcome.catalogue_digest, the_catalogue().digest());
    EXPECT_FALSE(outcome.mapping_digest.empty());
}

TEST(Workshop, KeepsTheTextOfARefusedRecordAndOfNoOther)
{
    const std::string bad = record({{"value", "\"x\""}});
    const auto outcome = worked(message({record(), bad}));
    EXPECT_EQ(outcome.verdicts[0].excerpt, "");
    EXPECT_EQ(outcome.verdicts[1].excerpt, bad);
    EXPECT_TRUE(outcome.verdicts[1].observations.empty());
}

TEST(Workshop, SaysOfWhatARefusedRecordSpeaksWhereThatIsBeyondDoubt)
{
    const auto about = [](std::initializer_list<std::pair<const std::string, std::string>> changes) {
        std::string out;
        const auto outcome = worked(message({record(changes)}));
        EXPECT_TRUE(outcome.verdicts.at(0).problems.empty() || outcome.verdicts[0].observations.empty());
        for (const SeriesKey& key : outcome.verdicts[0].about)
            out += key.indicator + ' ' + key.period + ' ' + key.agency + key.measure + key.area;
        return out;
    };
    const std::string whole = about({{"value", "\"x\""}});
    EXPECT_NE(whole, "") << "only its value is wrong";
    EXPECT_EQ(about({{"unit", "\"thước\""}}), whole);
    EXPECT_EQ(about({}), "") << "accepted";
    EXPECT_EQ(about({{"indicator", "\"A_I_9\""}}), "");
    EXPECT_EQ(about({{"value", "\"x\""}, {"period", "\"2025-13\""}}), "");
    EXPECT_EQ(about({{"agency", "\"H99.99\""}}), "");
}

TEST(Workshop, CutsAnExcerptBetweenLetters)
{
    std::string many;
    for (int i = 0; i < 3000; ++i)
        many += "ư";
    const auto outcome = worked(message({record({{"value", "\"x\""}, {"zzz", "\"" + many + "\""}})}));
    EXPECT_LE(outcome.verdicts[0].excerpt.size(), 4096U + 3U);
    EXPECT_TRUE(text::is_utf8(outcome.verdicts[0].excerpt));
}

TEST(Workshop, AMessageThatCannotBeReadIsOneRefusedRecord)
{
    for (const char* payload : {"", "{", "\xFF", "[1,2", "{\"records\": [1}"}) {
        const auto outcome = worked(payload);
        ASSERT_EQ(outcome.verdicts.size(), 1U) << payload;
        EXPECT_EQ(outcome.verdicts[0].record, 0U);
        EXPECT_TRUE(codes(outcome.verdicts[0]).starts_with("format.")) << payload;
    }
}

TEST(Workshop, AMessageWithoutRecordsIsOneRefusedRecord)
{
    for (const char* payload : {"{}", "[]", "{\"records\": []}", "{\"records\": {}}", "1"}) {
        const auto outcome = worked(payload);
        ASSERT_EQ(outcome.verdicts.size(), 1U) << payload;
        EXPECT_EQ(codes(outcome.verdicts[0]), "message.no_records") << payload;
    }
}

TEST(Workshop, AnUnknownMappingOrFormatIsOneRefusedRecord)
{
    const auto absent = the_workshop().work({.mapping = "no/such", .content_type = {}, .payload = "{}", .scope = {}});
    EXPECT_EQ(codes(absent.verdicts.at(0)), "mapping.absent");
    const workshop::Workshop no_formats(std::shared_ptr<const catalogue::Catalogue>(std::shared_ptr<void>(), &the_catalogue()),
                                        {shipped_mapping("push/records")}, {});
    const auto formatless = no_formats.work({.mapping = "push/records", .content_type = {}, .payload = "{}", .scope = {}});
    EXPECT_EQ(codes(formatless.verdicts.at(0)), "message.format");
}

TEST(Workshop, ARenderMappingIsNotForTheWayIn)
{
    const workshop::Workshop outward(std::shared_ptr<const catalogue::Catalogue>(std::shared_ptr<void>(), &the_catalogue()),
                                     {shipped_mapping("nrs/push")}, {std::make_shared<adapters::JsonFormat>()});
    const auto outcome = outward.work({.mapping = "nrs/push", .content_type = {}, .payload = "{}", .scope = {}});
    EXPECT_EQ(codes(outcome.verdicts.at(0)), "mapping.absent");
}

TEST(Workshop, RefusesTheSecondRecordOfOneSeriesKeyAndSaysWhereTheFirstIs)
{
    const auto outcome = worked(message({record(), record({{"measure", "\"VS_SAME_PERIOD\""}}), record({{"value", "1"}})}));
    EXPECT_TRUE(outcome.verdicts[0].accepted());
    EXPECT_TRUE(outcome.verdicts[1].accepted());
    EXPECT_EQ(codes(outcome.verdicts[2]), "record.duplicate_key");
    EXPECT_EQ(outcome.verdicts[2].problems[0].expected, "each series key once; the first is at /records/0");
}

TEST(Workshop, ARefusedRecordDoesNotTakeItsSeriesKeyAway)
{
    const auto outcome = worked(message({record({{"unit", "\"vụ\""}}), record()}));
    EXPECT_FALSE(outcome.verdicts[0].accepted());
    EXPECT_TRUE(outcome.verdicts[1].accepted());
}

TEST(Workshop, SaysWhatIsWrongAtTheFieldItIsWrongIn)
{
    const auto outcome = worked(message({record({{"unit", "\"vụ\""}})}));
    EXPECT_EQ(outcome.verdicts[0].problems.at(0).code, "unit.dimension");
    EXPECT_EQ(outcome.verdicts[0].problems.at(0).place, "/records/0/unit");
}

TEST(Workshop, TellsWhatTheCatalogueSaysTooWhenARecordCannotBeRead)
{
    const auto outcome = worked(message({record({{"value", "\"x\""}, {"measure", "\"NO_SUCH\""}})}));
    EXPECT_EQ(codes(outcome.verdicts[0]), "number.malformed measure.unknown");
}

TEST(Workshop, WhatIsWrongWithAFieldThatTwoFiguresOfARecordShareIsSaidOnce)
{
    const Compiled compiled = compile(R"(mapping: test/pair
version: 1
format: json
records: /*
common:
  indicator: "A_I_1"
  period: period(ky)
  area: area("GSO", "33")
  agency: agency("H31.01")
  unit: "PERCENT"
observe:
  - measure: "VS_DECEMBER"
    value: number(a, locale:plain)
  - measure: "VS_SAME_PERIOD"
    value: number(b, locale:plain)
)");
    ASSERT_TRUE(compiled.mapping) << compiled.sentences();
    const workshop::Scope scope{.agencies = {"*"}, .area = {}, .today = std::chrono::year(2025) / 2 / 28};
    const auto examined =
        workshop::examine(*compiled.mapping, format("json"), R"([{"ky": "2025-03", "a": 1, "b": 2}])", the_catalogue(), scope);
    ASSERT_EQ(examined.verdicts.size(), 1U);
    EXPECT_EQ(codes(examined.verdicts[0]), "period.future");
}
