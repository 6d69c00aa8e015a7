// What samples reach of a mapping, part by part, with the place of each that none does.
#include "hub/mapping/coverage.hpp"
#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

#include <set>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

const std::string text =
    "mapping: demo/covered\nversion: 1\nformat: json\nrecords: /data/*\ntables:\n  codes:\n"
    "skip: loai == \"KH\" and present(ma)\n"
    "common:\n  period: period(ky)\n  area: area(\"GSO\", \"33\")\n  agency: agency(\"H31.01\")\n  unit: \"%\"\n"
    "observe:\n"
    "  - indicator: lookup(codes, ma, \"A_I_2\")\n"
    "    measure: when(loai == \"A\", \"VS_DECEMBER\", \"VS_PREVIOUS_MONTH\")\n"
    "    value: number(default(gia, \"0\"), locale:plain)\n"
    "  - indicator: \"A_V_1\"\n"
    "    when: present(iip)\n"
    "    measure: \"VS_SAME_PERIOD\"\n"
    "    value: number(iip, locale:plain)\n";
const std::string codes = "key,indicator\nCPI,A_I_1\nVANG,A_I_3\n";

std::shared_ptr<const mapping::Mapping> covered()
{
    const Compiled compiled = compile(text, {{"codes.csv", codes}});
    EXPECT_TRUE(compiled.mapping) << compiled.sentences();
    return compiled.mapping;
}

void run(const mapping::Mapping& mapping, mapping::Marks& marks, const std::string& document)
{
    (void)workshop::examine(mapping, format("json"), document, the_catalogue(), {.agencies = {"*"}, .area = {}}, nullptr, &marks);
}

/// "place kind found" of every part that is not reached.
std::set<std::string> missed(const mapping::Mapping& mapping, const mapping::Marks& marks)
{
    std::set<std::string> out;
    for (const mapping::Part& part : mapping::parts_of(mapping, marks))
        if (!part.reached)
            out.insert(part.place + " " + std::string(to_text(part.kind)) + (part.found.empty() ? "" : " " + part.found));
    return out;
}

}  // namespace

TEST(Coverage, WithoutSamplesNothingIsReached)
{
    const auto mapping = covered();
    const auto parts = mapping::parts_of(*mapping, mapping::Marks(*mapping));
    EXPECT_EQ(mapping::percent_reached(parts), 0U);
    for (const mapping::Part& part : parts)
        EXPECT_FALSE(part.reached) << part.place;
}

TEST(Coverage, NamesEveryBranchPathConditionAndRowThatARecordLeavesOut)
{
    const auto mapping = covered();
    mapping::Marks marks(*mapping);
    run(*mapping, marks, R"({"data": [{"ky": "2025-03", "loai": "A", "ma": "CPI", "gia": "1.5"}]})");
    EXPECT_EQ(missed(*mapping, marks),
              (std::set<std::string>{"codes.csv:3:1 row VANG",
                                     "m.yaml:14:34 branch",  // the third argument of lookup
                                     "m.yaml:15:47 branch",  // the last value of when
                                     "m.yaml:16:32 branch",  // the other value of default
                                     "m.yaml:17:16 expression", "m.yaml:18:11 condition", "m.yaml:18:19 path iip",
                                     "m.yaml:19:14 expression", "m.yaml:20:12 expression", "m.yaml:20:19 path iip",
                                     "m.yaml:7:24 branch",  // what stands behind 'and'
                                     "m.yaml:7:32 path ma", "m.yaml:7:20 condition"}));
}

TEST(Coverage, RecordsThatTogetherTakeEveryWayReachAllOfIt)
{
    const auto mapping = covered();
    mapping::Marks marks(*mapping);
    run(*mapping, marks, R"({"data": [{"ky": "2025-03", "loai": "A", "ma": "CPI", "gia": "1.5", "iip": "2"},
                                      {"ky": "2025-03", "loai": "B", "ma": "VANG"}, {"ky": "2025-03", "ma": "KHAC", "loai": "B"}]})");
    EXPECT_EQ(missed(*mapping, marks),
              (std::set<std::string>{"m.yaml:7:24 branch", "m.yaml:7:32 path ma", "m.yaml:7:20 condition"}));
    run(*mapping, marks, R"({"data": [{"loai": "KH", "ma": "CPI"}]})");
    EXPECT_EQ(missed(*mapping, marks), std::set<std::string>{});
    EXPECT_EQ(mapping::percent_reached(mapping::parts_of(*mapping, marks)), 100U);
}

TEST(Coverage, ThePercentIsRoundedDownSoThatAHundredMeansAll)
{
    std::vector<mapping::Part> parts(1000, mapping::Part{.reached = true, .place = {}, .found = {}, .wanted = {}});
    EXPECT_EQ(mapping::percent_reached(parts), 100U);
    parts.front().reached = false;
    EXPECT_EQ(mapping::percent_reached(parts), 99U);
}

TEST(Coverage, SaysWhatASampleRecordMustHave)
{
    const auto mapping = covered();
    std::vector<std::string> sentences;
    for (const mapping::Part& part : mapping::parts_of(*mapping, mapping::Marks(*mapping)))
        if (part.kind == mapping::PartKind::row)
            sentences.push_back(mapping::unreached(part).sentence());
    ASSERT_FALSE(sentences.empty());
    EXPECT_EQ(
        sentences.front(),
        "codes.csv:2:1: no sample reaches this row; found 'CPI'; expected a record that looks this key up [sample.unreached]");
}

TEST(Coverage, APacketsTemplateIsReachedByItsParcel)
{
    const Compiled compiled = compile(
        "mapping: demo/p\nversion: 1\nformat: json\nrender:\n  ma: /id\n  duLieu:\n    each: /observations/*\n"
        "    where: availability == \"value\"\n    item:\n      v: value\n");
    ASSERT_TRUE(compiled.mapping) << compiled.sentences();
    mapping::Marks marks(*compiled.mapping);
    const Observation one{.key = {"A_I_1", "VALUE", "2025-03", "GSO:33", "_T", "H31.01"}, .value = "1", .unit = "PERCENT"};
    EXPECT_TRUE(compiled.mapping->render({one}, the_catalogue(), {{"id", "x"}}, &marks));
    EXPECT_EQ(missed(*compiled.mapping, marks), std::set<std::string>{"m.yaml:8:25 condition"});
}
