// What a run remembers of one record for the next saves work and changes nothing.
#include "hub/mapping/coverage.hpp"
#include "tests/unit/mapping/fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

std::string told(const std::optional<Verdict>& verdict)
{
    if (!verdict)
        return "passed over";
    std::string out = verdict->place;
    for (const Problem& problem : verdict->problems)
        out += " | " + problem.sentence();
    for (const Fact& fact : verdict->facts) {
        out += " | " + fact.key;
        for (const auto& [name, value] : fact.fields)
            out += " " + name + "=" + value;
    }
    for (const Problem& finding : verdict->findings)
        out += " | (" + finding.sentence() + ")";
    for (const Observation& o : verdict->observations) {
        out += " | " + to_text(o.key);
        for (const std::string_view part : {std::string_view(o.value), std::string_view(o.unit), to_text(o.vintage), to_text(o.availability),
                                            std::string_view(o.window), std::string_view(o.source)})
            out += ";" + std::string(part);
    }
    return out;
}

void expect_alike(const std::string& mapping_text, const std::string& kind, const std::string& document)
{
    const Compiled compiled = compile(mapping_text);
    ASSERT_TRUE(compiled.mapping) << compiled.sentences();
    const auto tree = format(kind).read(document, FormatLimits{});
    ASSERT_TRUE(tree) << tree.problem().sentence() << document;
    const auto records = compiled.mapping->records(*tree);
    ASSERT_TRUE(records);
    mapping::Run together(*compiled.mapping, *tree, the_catalogue());
    mapping::Marks marks(*compiled.mapping);  // to be marked, every value is worked out
    mapping::Run marked(*compiled.mapping, *tree, the_catalogue(), &marks);
    for (std::uint32_t i = 0; i < records->size(); ++i) {
        mapping::Run alone(*compiled.mapping, *tree, the_catalogue());
        const std::string here = told(together.record((*records)[i], i));
        EXPECT_EQ(here, told(alone.record((*records)[i], i))) << document;
        EXPECT_EQ(here, told(marked.record((*records)[i], i))) << document;
        EXPECT_EQ(together.spent().steps, marked.spent().steps) << i << " of " << document;
        EXPECT_EQ(together.spent().text_bytes, marked.spent().text_bytes) << i << " of " << document;
    }
}

const std::vector<std::string> names = {"k", "a", "b", "c", "d"};

}  // namespace

TEST(Memory, OfRecordsOfOneShapeChangesNothingInJson)
{
    const std::string mapping =
        "mapping: t/m\nversion: 1\nformat: json\nrecords: /*\nfact: row\nkey: default(k, \"-\")\nset:\n"
        "  a: a\n  b: default(b/x, \"?\")\n  c: period(c)\n  d: d\n  at: ./@a\n";
    std::mt19937 random(3);
    const std::vector<std::string> many = {"1", "\"2\"", "null", "{\"x\": 1}", "[1, 2]", "\"2025-03\"", "\"2025-3\"", "\"\"", "{\"y\": {\"x\": 3}}"};
    const std::vector<std::string> few = {"\"2025-03\"", "\"2025-04\"", "{\"x\": 1}", "{\"y\": {\"x\": 3}}", "{\"y\": 4, \"x\": 5}"};
    for (int round = 0; round < 200; ++round) {
        const std::vector<std::string>& values = round % 2 == 0 ? many : few;
        std::string document = "[";
        for (int i = 0; i < 8; ++i) {
            std::vector<std::string> order = names;
            order.push_back("@a");
            if (random() % 2 == 0)
                std::shuffle(order.begin(), order.end(), random);
            order.resize(random() % 3 == 0 ? random() % 6 : 4);
            document += i == 0 ? "{" : ", {";
            for (std::size_t n = 0; n < order.size(); ++n)
                document += (n == 0 ? "\"" : ", \"") + order[n] + "\": " + values[random() % values.size()];
            document += "}";
        }
        expect_alike(mapping, "json", document + "]");
    }
    expect_alike(mapping, "json", R"([1, "x", null, [1], {"k": "1"}, [2], {"k": "1"}])");
}

TEST(Memory, OfRecordsOfOneShapeChangesNothingInXml)
{
    const std::string mapping =
        "mapping: t/m\nversion: 1\nformat: xml\nrecords: /r/e\nnamespaces:\n  p: \"u\"\nfact: row\nkey: default(@k, \"-\")\nset:\n"
        "  a: a\n  b: default(b/c, \"?\")\n  c: p:c\n  d: ./@d\n";
    std::mt19937 random(4);
    const std::vector<std::string> parts = {"<b/>", "<b><c>3</c></b>", "<a>1</a>", "<a>2</a>", "<c>4</c>", "<p:c>5</p:c>"};
    const std::vector<std::string> attributes = {" k='1'", " k='3' d='4'", " d='5' k='6'"};
    for (int round = 0; round < 200; ++round) {
        std::string document = "<r xmlns:p='u'>";
        for (int i = 0; i < 8; ++i) {
            document += "<e" + attributes[random() % (round % 2 == 0 ? 1 : attributes.size())] + ">";
            for (std::size_t n = 2 + random() % 2; n > 0; --n)
                document += parts[random() % (round % 2 == 0 ? 4 : parts.size())];
            document += "</e>";
        }
        expect_alike(mapping, "xml", document + "</r>");
    }
}

TEST(Memory, OfAnObjectSaysNothingOfATextThatHasNoMembersEither)
{
    expect_alike("mapping: t/m\nversion: 1\nformat: json\nrecords: /*\nfact: row\nkey: default(k, \"-\")\nset:\n  a: a\n", "json",
                 R"([{}, {}, "x", {}, 1, {}, {}, [], {}, null])");
}

TEST(Memory, OfFieldsThatRepeatChangesNothing)
{
    const std::string head = "mapping: t/m\nversion: 1\n";
    const std::string json_head = head + "format: json\nrecords: /records/*\n";
    const std::string fields = "  indicator: i\n  measure: m\n  period: default(period(p), period_vi(p2))\n  area: area(\"GSO\", a)\n  agency: agency(g)\n"
                               "  value: number(v, locale:vi)\n  unit: default(u, \"%\")\n  vintage: n\n  availability: when(v == \"-\", \"no_case\", s)\n"
                               "  source: concat(i, \" \", g)\n";
    const std::string plain = json_head + "skip: i == \"skip\"\nobserve:\n" + fields;
    const std::string lets = json_head + "let:\n  who: trim(g)\n  what: concat(i, \"_\", $who)\nobserve:\n"
                             "- when: m == \"VALUE\"\n  indicator: i\n  period: period(p)\n  area: area(\"GSO\", a)\n  agency: agency($who)\n"
                             "  value: number(v, locale:vi)\n  unit: u\n  source: $what\n"
                             "- indicator: i\n  period: period_vi(p2)\n  area: area(\"GSO\", \"33\")\n  agency: agency($who)\n"
                             "  value: number(v, locale:vi)\n  unit: u\n  source: concat($what, /sender)\n";
    std::mt19937 random(5);
    const std::vector<std::pair<std::string, std::vector<std::string>>> members = {
        {"i", {"\"A_VIII_1_1\"", "\"A_VIII_1_2\"", "\"skip\"", "null"}},
        {"m", {"\"VALUE\"", "\"VALUE\"", "\" VALUE\"", "\"\""}},
        {"p", {"\"2025-03\"", "\"2024-12\"", "\"2025-3\"", "{\"x\": 1}"}},
        {"p2", {"\"tháng 3 năm 2025\"", "\"năm 2024\"", "\"\"", "[1]"}},
        {"a", {"\"33\"", "33", "\"14\"", "\"no\""}},
        {"g", {"\"H31.01\"", "\"H31.02\"", "\" H31.01\"", "\"H99.99.99\""}},
        {"v", {"\"1.250,5\"", "\"7\"", "\"-\"", "\"x\""}},
        {"u", {"\"tỷ đồng\"", "\"ty\u0309 d\u0323ong\"", "\"%\"", "null"}},
        {"n", {"\"estimated\"", "\"official\"", "\"ước tính\"", "\"never\""}},
        {"s", {"\"value\"", "\"no_case\"", "\"value\"", "\"what\""}}};
    for (int round = 0; round < 150; ++round) {
        std::vector<std::size_t> now(members.size(), 0);
        std::string document = R"({"sender": "x", "records": [)";
        const auto changes = 1 + random() % 3, wildness = 2 + random() % 3;
        for (int i = 0; i < 12; ++i) {
            for (auto n = 0 * changes; n < changes; ++n)
                now[random() % members.size()] = random() % wildness;
            document += i == 0 ? "{" : ", {";
            const std::size_t left_out = random() % 4 == 0 ? random() % members.size() : members.size();
            for (std::size_t n = 0; n < members.size(); ++n)
                if (n != left_out)
                    document += (document.back() == '{' ? "\"" : ", \"") + members[n].first + "\": " + members[n].second[now[n]];
            document += "}";
        }
        expect_alike(plain, "json", document + "]}");
        expect_alike(lets, "json", document + "]}");
    }
}

TEST(Memory, OfFieldsThatRepeatStaysWithinTheBudgetOfEachRecord)
{
    std::string all = "t";
    for (int i = 1; i < 400; ++i)
        all += ", t";
    std::string mapping = "mapping: t/m\nversion: 1\nformat: json\nrecords: /*\nobserve:\n";
    for (int i = 0; i < 14; ++i)  // 80 kB of texts each, which are more than a record may make
        mapping += "- indicator: i\n  period: period(p)\n  area: area(\"GSO\", \"33\")\n  agency: agency(g)\n  value: number(v, locale:plain)\n"
                   "  unit: \"%\"\n  measure: m\n  source: when(present(concat(" + all + ")), \"x\", \"y\")\n";
    const std::string record = R"({"i": "A_VIII_1_1", "p": "2025-03", "g": "H31.01", "v": 1, "m": "VALUE", "t": ")" + std::string(200, 'x') + "\"}";
    expect_alike(mapping, "json", "[" + record + "," + record + "," + record + "," + record + "]");
}

TEST(Memory, OfTextsThatTakeTurnsChangesNothing)
{
    const std::string mapping =
        "mapping: t/m\nversion: 1\nformat: json\nrecords: /*\nobserve:\n  indicator: i\n  measure: m\n  period: period(p)\n"
        "  area: area(\"GSO\", a)\n  agency: agency(g)\n  value: number(v, locale:vi)\n  unit: u\n  vintage: n\n"
        "  source: when(s == \"-\", \"none\", s == \"u\", u, concat(s, \" \", upper(s)))\n";
    std::mt19937 random(6);
    std::vector<std::string> periods = {"2025", "2025-7", "2025-Q3", "2025-07-01"}, values = {"7", "7,0", "07", "-7", "x", ""};
    for (int i = 0; i < 36; ++i)
        periods.push_back(std::to_string(2024 + i / 12) + (i % 12 < 9 ? "-0" : "-") + std::to_string(1 + i % 12));
    for (int i = 0; i < 90; ++i)  // more than are remembered
        values.push_back(std::to_string(i % 30) + ",5");
    const std::string long_text(62, 'x');
    const std::vector<std::pair<std::string, std::vector<std::string>>> members = {
        {"i", {"A_VIII_1_1", "A_VIII_1_2", "A_VIII_1_3", " A_VIII_1_1", "A_VIII_1_11"}},
        {"m", {"VALUE", "VALUE ", ""}},
        {"p", periods},
        {"a", {"33", "033", "33 ", "34", "109", "11866", "12142"}},  // some of before July 2025, some of after
        {"g", {"H31.01", "H31.02", "H31.1", "000.01.01.H31", "H31.01.01", "H33.01"}},
        {"v", values},
        {"u", {"tỷ đồng", "triệu đồng", "ty\u0309 d\u0323ong", "%"}},
        {"n", {"estimated", "official", "never"}},
        {"s", {"-", "u", "abcdefgh-1-abcdefgh", "abcdefgh-2-abcdefgh", "abcdefgh-1-abcdefgi", long_text + "ab", long_text + "abc", long_text + "abd"}}};
    for (int round = 0; round < 60; ++round) {
        std::string document = "[";
        for (int i = 0; i < 60; ++i) {
            document += i == 0 ? "{" : ", {";
            for (const auto& [name, texts] : members) {
                const std::size_t among = round % 3 == 0 ? texts.size() : std::min<std::size_t>(texts.size(), 3);
                document += (document.back() == '{' ? "\"" : ", \"") + name + "\": \"" + texts[random() % among] + "\"";
            }
            document += "}";
        }
        expect_alike(mapping, "json", document + "]");
    }
}

TEST(Memory, OfFieldsThatStayEndsWhereOthersHaveTakenMoreOfTheBudget)
{
    std::string whats, texts;
    for (int i = 0; i < 400; ++i) {
        whats += i == 0 ? "w" : ", w";
        texts += i == 0 ? "t" : ", t";
    }
    std::string mapping = "mapping: t/m\nversion: 1\nformat: json\nrecords: /*\nobserve:\n";
    for (int i = 0; i < 13; ++i)  // 80 kB each but for the first, which leaves enough for the others or does not
        mapping += "- indicator: i\n  period: period(p)\n  area: area(\"GSO\", \"33\")\n  agency: agency(g)\n  value: number(v, locale:plain)\n"
                   "  unit: \"%\"\n  measure: m\n  source: when(present(concat(" + (i == 0 ? whats : texts) + ")), \"x\", \"y\")\n";
    std::string document = "[";
    for (const std::size_t size : {10U, 10U, 10U, 240U, 10U, 221U, 222U, 223U, 220U, 10U, 250U, 250U, 221U})
        document += (document.size() == 1 ? R"({"w": ")" : R"(, {"w": ")") + std::string(size, 'w') + R"(", "t": ")" + std::string(200, 't') +
                    R"(", "i": "A_VIII_1_1", "p": "2025-03", "g": "H31.01", "v": 1, "m": "VALUE"})";
    expect_alike(mapping, "json", document + "]");
}
