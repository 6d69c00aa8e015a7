// A mapping that extends another: what is laid over what, where faults are told, and what the digest covers.
#include "hub/mapping/coverage.hpp"
#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

const std::string base =
    "mapping: demo/base\nversion: 3\nformat: json\nrecords: /data/*\nskip: ma == \"TONG\"\ntables:\n  codes:\n"
    "let:\n  thang: concat(/nam, \"-\", /thang)\n  ky: month($thang, \"yyyy-M\")\n"
    "observe:\n  indicator: lookup(codes, ma)\n  period: $ky\n  area: area(\"GSO\", tinh)\n"
    "  agency: agency(donVi)\n  value: number(gia, locale:vi)\n  unit: dv\n";
const std::string codes = "key,indicator\nCPI,A_I_1\nGRDP,A_I_2\n";
const std::string head = "mapping: demo/second\nversion: 1\nextends: base.yaml\n";

Files beside(const std::string& text = base)
{
    return {{"base.yaml", text}, {"codes.csv", codes}};
}

struct Ran
{
    std::optional<Verdict> verdict;
    std::vector<mapping::Trace> traces;
};

Ran run(const mapping::Mapping& mapping, const std::string& json)
{
    auto tree = format("json").read(json, mapping.layout(), {});
    EXPECT_TRUE(tree.ok());
    Ran out;
    mapping::Run run(mapping, *tree, the_catalogue());
    const auto records = mapping.records(*tree);
    EXPECT_TRUE(records.ok());
    out.verdict = run.record(records->front(), 0, &out.traces);
    return out;
}

std::string document(const std::string& record)
{
    return R"({"nam": 2025, "thang": 3, "ky": "04/2025", "data": [)" + record + "]}";
}

const std::string plain = R"({"ma": "CPI", "tinh": "33", "donVi": "H31.03", "gia": "9,5", "so": "7.5", "dv": "%"})";

}  // namespace

TEST(Extending, WhatItDoesNotSayIsTheOthers)
{
    const auto made = compile(head + "observe:\n  value: number(so, locale:en)\n", beside());
    ASSERT_TRUE(made.mapping) << made.sentences();
    EXPECT_EQ(made.mapping->name(), "demo/second");
    EXPECT_EQ(made.mapping->version(), 1U);
    const Ran ran = run(*made.mapping, document(plain));
    ASSERT_TRUE(ran.verdict && ran.verdict->accepted());
    EXPECT_EQ(ran.verdict->observations.front().value, "7.5");
    EXPECT_EQ(ran.verdict->observations.front().key.period, "2025-03");
}

TEST(Extending, ALetThatReplacesOneIsSeenByWhatStandsBelowIt)
{
    const auto made = compile(head + "let:\n  m: split(/ky, \"/\", 1)\n  thang: concat(split(/ky, \"/\", 2), \"-\", $m)\n", beside());
    ASSERT_TRUE(made.mapping) << made.sentences();
    EXPECT_EQ(run(*made.mapping, document(plain)).verdict->observations.front().key.period, "2025-04");
}

TEST(Extending, ANewLetSeesTheOthers)
{
    const auto made = compile(head + "let:\n  sau: $thang\nobserve:\n  period: month($sau, \"yyyy-M\")\n", beside());
    ASSERT_TRUE(made.mapping) << made.sentences();
    EXPECT_EQ(run(*made.mapping, document(plain)).verdict->observations.front().key.period, "2025-03");
}

TEST(Extending, NothingBehindAKeyTakesItAway)
{
    const std::string total = R"({"ma": "TONG", "tinh": "33", "donVi": "H31.03", "gia": "9,5", "dv": "%"})";
    const auto with = compile(head, beside());
    ASSERT_TRUE(with.mapping) << with.sentences();
    EXPECT_FALSE(run(*with.mapping, document(total)).verdict);
    const auto without = compile(head + "skip:\n", beside());
    ASSERT_TRUE(without.mapping) << without.sentences();
    ASSERT_TRUE(run(*without.mapping, document(total)).verdict);
    EXPECT_EQ(run(*without.mapping, document(total)).verdict->problems.front().code, "lookup.missing");
}

TEST(Extending, AFieldTakenAwayThatIsNeededIsMissed)
{
    const auto made = compile(head + "observe:\n  unit:\n", beside());
    EXPECT_EQ(made.sentences(), "m.yaml:4:1: the observation lacks the key 'unit'; expected unit: donVi [mapping.key_missing]\n");
}

TEST(Extending, ATableOfItsOwnStandsInForTheOthers)
{
    Files files = beside();
    files["mine.csv"] = "key,indicator\nX,A_I_1\n";
    const auto made = compile(head + "tables:\n  codes: mine.csv\nobserve:\n  indicator: lookup(codes, \"X\")\n", files);
    ASSERT_TRUE(made.mapping) << made.sentences();
    EXPECT_EQ(run(*made.mapping, document(plain)).verdict->observations.front().key.indicator, "A_I_1");
}

TEST(Extending, AListOfObservationsReplacesTheOthersWhole)
{
    const auto made = compile(head + "observe:\n  - indicator: \"A_I_1\"\n", beside());
    EXPECT_FALSE(made.mapping);
    EXPECT_NE(made.sentences().find("m.yaml:5:5: the observation lacks the key 'period'"), std::string::npos) << made.sentences();
}

TEST(Extending, WhatTheOtherDeclaresAndThisOneDoesNotUseIsNoFault)
{
    const auto made = compile(head + "observe:\n  indicator: \"A_I_1\"\n  period: month(/ky, \"MM/yyyy\")\n", beside());
    ASSERT_TRUE(made.mapping) << made.sentences();
    for (const Problem& finding : made.findings)
        EXPECT_NE(finding.code, "mapping.column_unused") << finding.sentence();
    const auto own = compile(head + "let:\n  thua: \"x\"\n", beside());
    EXPECT_EQ(own.sentences(), "m.yaml:5:3: the let 'thua' is not used; found 'thua'; expected $name in an expression, or no such line [mapping.unused]\n");
}

TEST(Extending, AFaultOfTheOtherIsToldWhereItStands)
{
    std::string broken = base;
    broken.replace(broken.find("agency(donVi)"), 13, "agenci(donVi)");
    const auto made = compile(head, beside(broken), "lgsp/m.yaml");
    EXPECT_EQ(made.sentences(), "lgsp/base.yaml:15:11: there is no function 'agenci'; found 'agenci'; expected agency [mapping.function_unknown]\n");
    const auto torn = compile(head, beside("mapping: a\n\tb: c\n"), "lgsp/m.yaml");
    EXPECT_EQ(torn.problems.size(), 1U) << torn.sentences();
    EXPECT_TRUE(torn.problems.front().place.starts_with("lgsp/base.yaml:")) << torn.sentences();
}

TEST(Extending, ARefusalAndATraceSayInWhichFileTheLineIs)
{
    const auto made = compile(head + "observe:\n  value: number(so, locale:en)\n", beside());
    ASSERT_TRUE(made.mapping) << made.sentences();
    const Ran ran = run(*made.mapping, document(R"({"ma": "??", "tinh": "33", "donVi": "H31.03", "so": "1.2.3", "dv": "%"})"));
    ASSERT_TRUE(ran.verdict);
    ASSERT_EQ(ran.verdict->problems.size(), 2U);
    EXPECT_EQ(ran.verdict->problems[0].rule, "mapping demo/second line 12 of base.yaml");
    EXPECT_EQ(ran.verdict->problems[1].rule, "mapping demo/second line 5");
    for (const mapping::Trace& trace : ran.traces)
        EXPECT_EQ(trace.file, trace.field == "value" ? "" : "base.yaml") << trace.field;
}

TEST(Extending, PartsOfBothFilesWantASample)
{
    const auto made = compile(head + "observe:\n  value: number(so, locale:en)\n", beside());
    ASSERT_TRUE(made.mapping) << made.sentences();
    std::size_t mine = 0, others = 0;
    for (const mapping::Part& part : mapping::parts_of(*made.mapping, mapping::Marks(*made.mapping)))
        ++(part.place.starts_with("m.yaml:") ? mine : others);
    EXPECT_EQ(mine, 2U);  // The expression and its path.
    EXPECT_GT(others, 8U);
}

TEST(Extending, TheDigestCoversEveryFile)
{
    const std::string text = head + "observe:\n  value: number(so, locale:en)\n";
    const auto before = compile(text, beside());
    std::string changed = base;
    changed.replace(changed.find("  unit: dv"), 10, "  unit: dv ");
    const auto after = compile(text, beside(changed));
    ASSERT_TRUE(before.mapping && after.mapping);
    EXPECT_NE(before.mapping->digest(), after.mapping->digest());
}

TEST(Extending, WhatCannotBeExtendedIsRefusedWithItsName)
{
    const auto sentence = [](const std::string& text, const Files& files) { return compile(text, files).sentences(); };
    const std::string start = "mapping: demo/second\nversion: 1\nextends: ";
    EXPECT_EQ(sentence(start + "other.yaml\n", beside()),
              "m.yaml:3:10: there is no file other.yaml beside the mapping; found 'other.yaml'; expected a file of this folder, such as "
              "base.yaml [mapping.extends]\n");
    EXPECT_EQ(sentence(start + "../base.yaml\n", beside()),
              "m.yaml:3:10: a mapping extends a mapping beside it; found '../base.yaml'; expected a file of this folder, such as base.yaml "
              "[mapping.extends]\n");
    EXPECT_EQ(sentence(start + "[base.yaml]\n", beside()),
              "m.yaml:3:10: a mapping extends a mapping beside it; found 'a list'; expected a file of this folder, such as base.yaml "
              "[mapping.extends]\n");
    EXPECT_EQ(sentence(start + "m.yaml\n", beside()),
              "m.yaml:3:10: the mapping would extend itself; found 'm.yaml'; expected a mapping that does not extend this one "
              "[mapping.extends]\n");
    EXPECT_EQ(sentence(start + "base.yaml\n", beside("extends: m.yaml\n" + base)),
              "base.yaml:1:10: the mapping would extend itself; found 'm.yaml'; expected a mapping that does not extend this one "
              "[mapping.extends]\n");
    EXPECT_EQ(sentence(start + "base.yaml\n", beside("- a\n")),
              "base.yaml:1:1: a mapping file wants a map; found 'a list'; expected lines of 'key: value' [mapping.extends]\n");
    Files chain;
    for (int i = 0; i < 9; ++i)
        chain["b" + std::to_string(i) + ".yaml"] = "mapping: a/b\nversion: 1\nextends: b" + std::to_string(i + 1) + ".yaml\n";
    EXPECT_EQ(sentence(start + "b0.yaml\n", chain),
              "b6.yaml:3:10: the mapping is made of too many files; found '9'; expected at most 8 [mapping.extends]\n");
}

TEST(Extending, AChainIsLaidFromTheBottomUp)
{
    Files files = beside();
    files["middle.yaml"] = "mapping: demo/middle\nversion: 1\nextends: base.yaml\nobserve:\n  value: number(so, locale:en)\n  unit: \"%\"\n";
    const auto made = compile("mapping: demo/top\nversion: 1\nextends: middle.yaml\nobserve:\n  vintage: \"official\"\n", files);
    ASSERT_TRUE(made.mapping) << made.sentences();
    const Ran ran = run(*made.mapping, document(plain));
    ASSERT_TRUE(ran.verdict && ran.verdict->accepted());
    EXPECT_EQ(ran.verdict->observations.front().value, "7.5");
    EXPECT_EQ(to_text(ran.verdict->observations.front().vintage), "official");
}
