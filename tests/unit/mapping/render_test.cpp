// The way out: what a template makes of a parcel.
#include "hub/mapping/render_facts.hpp"

#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

Observation figure(const std::string& indicator, const std::string& value)
{
    return {.key = {indicator, "VALUE", "2025-03", "GSO:33", "_T", "H31.01"}, .value = value, .unit = "PERCENT"};
}

Result<std::string> rendered(const std::string& packet, const std::vector<Observation>& observations,
                             const std::vector<std::pair<std::string, std::string>>& parcel = {{"id", "p1"}})
{
    const Compiled compiled = compile("mapping: demo/out\nversion: 1\nformat: json\nrender:\n" + packet);
    EXPECT_TRUE(compiled.mapping) << compiled.sentences();
    return compiled.mapping->render(observations, the_catalogue(), parcel);
}

}  // namespace

TEST(Render, WritesTextsNumbersAndConditionsAsWhatTheyAre)
{
    EXPECT_EQ(*rendered("  a: /id\n  b: number(/observations/0/value, locale:plain)\n  c: /id == \"p1\"\n  d: \"\"\n",
                        {figure("A", "-1.50")}),
              R"({"a":"p1","b":-1.50,"c":true,"d":""})");
}

TEST(Render, EscapesWhatJsonWantsEscaped)
{
    EXPECT_EQ(*rendered("  a: /id\n", {}, {{"id", "\"\\\n\x01 ơ"}}), "{\"a\":\"\\\"\\\\\\n\\u0001 ơ\"}");
}

TEST(Render, LeavesOutMembersThatAreMissing)
{
    EXPECT_EQ(*rendered("  a: /nowhere\n  b:\n    c: /nowhere\n  d:\n    - /nowhere\n    - /id\n", {}), R"({"b":{},"d":["p1"]})");
}

TEST(Render, MakesOneItemForEachObservationThatTheConditionLetsIn)
{
    EXPECT_EQ(
        *rendered("  n:\n    each: /observations/*\n    where: value != \"2\"\n    item:\n      i: indicator\n      p: /id\n",
                  {figure("A", "1"), figure("B", "2"), figure("C", "3")}),
        R"({"n":[{"i":"A","p":"p1"},{"i":"C","p":"p1"}]})");
}

TEST(Render, ComesBackToTheParcelBehindAnEach)
{
    EXPECT_EQ(*rendered("  n:\n    each: /observations/*\n    item: indicator\n  first: /observations/0/indicator\n",
                        {figure("A", "1"), figure("B", "2")}),
              R"({"n":["A","B"],"first":"A"})");
}

TEST(Render, FailsAsAWholeWhenOneFigureCannotBeWritten)
{
    auto year = figure("A", "1");
    year.key.period = "2025";
    const auto out =
        rendered("  n:\n    each: /observations/*\n    item: format(period(period), \"yyyyMM\")\n", {figure("A", "1"), year});
    ASSERT_FALSE(out);
    EXPECT_EQ(out.problem().sentence(),
              "/observations/1/period: a period of this kind cannot be written so; found '2025'; expected a "
              "period that has what 'yyyyMM' asks for [period.kind]");
}

TEST(Render, HasEachFigureByItsCodesToo)
{
    auto part = figure("A", "7");
    part.key.breakdown = "SEX=F";
    auto absent = figure("B", "");
    absent.availability = Availability::not_available;
    EXPECT_EQ(*rendered("  a: number(/figures/A/VALUE, locale:plain)\n  b: /figures/B/VALUE\n  c: /figures/C/VALUE\n",
                        {figure("A", "1"), part, absent, figure("C", "3")}),
              R"({"a":1,"c":"3"})");
}

TEST(Render, RefusesTheCodesOfAFigureThatIsThereTwice)
{
    auto later = figure("A", "2");
    later.key.period = "2025-04";
    const auto out = rendered("  a: /figures/A/VALUE\n", {figure("A", "1"), later});
    ASSERT_FALSE(out);
    EXPECT_EQ(out.problem().code, "field.several");
}

TEST(Render, WritesAnEmptyTextWhereAWhenOrADefaultChoosesIt)
{
    const std::string packet = "  a: when(/id == \"p1\", \"\", \"x\")\n  b: default(/nowhere, \"\")\n  c: when(/id == \"p2\", \"\", /nowhere)\n";
    EXPECT_EQ(*rendered(packet, {}), R"({"a":"","b":""})");
}

TEST(Render, WritesAMomentInUtc)
{
    EXPECT_EQ(*rendered("  a: utc(datetime(/time))\n", {}, {{"time", "2024-03-01T06:59:59+07:00"}}), R"({"a":"2024-02-29T23:59:59Z"})");
}

TEST(Render, MakesNoPacketWithoutAMemberThatThePartnerDemands)
{
    const std::string packet = "  a: /id\n  b: /nowhere\nneeds: [a, b]\n";
    const auto out = rendered(packet, {});
    ASSERT_FALSE(out);
    EXPECT_EQ(out.problem().sentence(),
              "/nowhere: the partner demands the member b, and there is nothing for it; expected something for b [packet.member_missing]");
    EXPECT_EQ(*rendered("  a: \"\"\n  b: /id\nneeds: [a, b]\n", {}), R"({"a":"","b":"p1"})") << "an empty text is something";
}

TEST(Render, MakesNoPacketWithAnEmptyListThatThePartnerDemands)
{
    const std::string packet = "  n:\n    each: /observations/*\n    item: indicator\n  m: /id\nneeds: n\n";
    EXPECT_EQ(*rendered(packet, {figure("A", "1")}), R"({"n":["A"],"m":"p1"})");
    const auto out = rendered(packet, {});
    ASSERT_FALSE(out);
    EXPECT_EQ(out.problem().code, "packet.member_missing");
    EXPECT_EQ(out.problem().place, "/observations");
}

TEST(Render, HasTheTextsBetweenTheSemicolonsOfAFactsField)
{
    const Compiled compiled = compile("mapping: demo/out\nversion: 1\nformat: json\nrender:\n  n:\n    each: /facts/0/parts/marks/*\n    item:\n"
                                      "      a: split(., \" \", 1)\n      b: number(split(., \" \", 2), locale:plain)\n");
    ASSERT_TRUE(compiled.mapping) << compiled.sentences();
    EXPECT_EQ(*mapping::render_facts(*compiled.mapping, "dossier", {{1, "K", {{"marks", "x 1;y 2"}}}}, {}, {}), R"({"n":[{"a":"x","b":1},{"a":"y","b":2}]})");
    EXPECT_EQ(*mapping::render_facts(*compiled.mapping, "dossier", {{1, "K", {}}}, {}, {}), R"({"n":[]})");
}
