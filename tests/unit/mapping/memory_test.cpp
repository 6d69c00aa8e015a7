// What a run remembers of one record for the next saves work and changes nothing.
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
    for (std::uint32_t i = 0; i < records->size(); ++i) {
        mapping::Run alone(*compiled.mapping, *tree, the_catalogue());
        EXPECT_EQ(told(together.record((*records)[i], i)), told(alone.record((*records)[i], i))) << document;
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
