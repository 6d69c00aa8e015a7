// SDMX-JSON record by record: what comes one by one is what whole reading gives, and what that refuses is refused.
#include "adapters/formats/json/key_set.hpp"
#include "adapters/formats/sdmx/sdmx_json_format.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace lienthong;

namespace {

const adapters::SdmxJsonFormat sdmx;
const RecordPath observations{{{.name = "observations"}, {.all = true}}};

const std::string structures = R"j("structures": [{"links": [{"urn": "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=VN:SO_LIEU(1.2)"}],
"dimensions": {"series": [{"id": "FREQ", "keyPosition": 0, "values": [{"id": "M"}]}, {"id": "AREA", "keyPosition": 1, "values": [{"id": "33"}, {"id": "67"}]}],
 "observation": [{"id": "TIME_PERIOD", "keyPosition": 2, "values": [{"value": "2025-01"}, {"value": "2025-02"}]}]},
"measures": {"observation": [{"id": "OBS_VALUE"}]},
"attributes": {"dataSet": [{"id": "COMMENT", "values": [{"value": "thử"}]}], "dimensionGroup": [{"id": "TITLE"}],
 "series": [{"id": "UNIT_MULT", "values": [{"id": "0"}, {"id": "9"}]}], "observation": [{"id": "OBS_STATUS", "values": [{"id": "A"}, {"id": "E"}]}, {"id": "NOTE"}]}}])j";

/// The same with all dimensions at the observation.
std::string flat_structures()
{
    std::string out = structures;
    out.replace(out.find("\"series\""), 8, "\"observation\"");
    out.replace(out.find("],\n \"observation\": ["), 20, ", ");
    out.replace(out.find(R"("series": [{"id": "UNIT)"), 8, "\"none\"");
    return out;
}

std::string message(const std::string& dataset, bool structures_first = true, const std::string& structure = structures)
{
    const std::string sets = R"("dataSets": [{"action": "Append", )" + dataset + "}]";
    return R"({"meta": {"id": "A1"}, "data": {)" + (structures_first ? structure + ", " + sets : sets + ",\n" + structure) + "}}";
}

/// All that is known of a node, and of what hangs below it.
std::string written(const Tree& tree, NodeId id)
{
    const Tree::Node& node = tree.node(id);
    std::string out = std::to_string(static_cast<int>(node.kind)) + std::string(node.name) + "=" + std::string(node.text) + " @" + tree.place(id);
    if (const Problem* fault = tree.fault(id))
        out += " !" + fault->sentence();
    out += "{";
    for (NodeId child = node.first_child; child != no_node; child = tree.node(child).next)
        out += written(tree, child) + ";";
    return out + "}";
}

struct Told final : RecordSink
{
    void begin(const Tree& tree) override
    {
        tree_ = &tree;
        lines.push_back(written(tree, tree.child(root_node, "dataset")));
    }
    bool record(NodeId record) override
    {
        lines.push_back(written(*tree_, record));
        return lines.size() <= most;
    }
    std::vector<std::string> lines;
    std::size_t most = 10'000'000;

private:
    const Tree* tree_ = nullptr;
};

/// Without what was found: of a part of the document there may be less behind the fault.
std::string refusal(const Problem& problem)
{
    return problem.code + " " + problem.place;
}

std::vector<std::string> whole(const std::string& document, const FormatLimits& limits = {})
{
    const auto tree = sdmx.read(document, limits);
    if (!tree)
        return {refusal(tree.problem())};
    std::vector<std::string> out = {written(*tree, tree->child(root_node, "dataset"))};
    for (NodeId id = tree->node(tree->child(root_node, "observations")).first_child; id != no_node; id = tree->node(id).next)
        out.push_back(written(*tree, id));
    return out;
}

std::vector<std::string> streamed(const std::string& document, std::size_t piece, const FormatLimits& limits = {})
{
    Told told;
    MemorySource source(document, piece);
    const auto read = sdmx.stream(source, observations, Layout{}, limits, told);
    return read ? told.lines : std::vector<std::string>{refusal(read.problem())};
}

/// How many records whole reading gives, or why it refuses; the same in pieces of any size.
std::string agreed(const std::string& document, const FormatLimits& limits = {})
{
    const std::vector<std::string> expected = whole(document, limits);
    const bool is_short = document.size() < 20'000;
    for (const std::size_t piece : is_short ? std::vector<std::size_t>{1, 3, 1000} : std::vector<std::size_t>{17, 70'000})
        EXPECT_EQ(streamed(document, piece, limits), expected) << document.substr(0, 2000);
    return expected.front().starts_with("format.") ? expected.front() : std::to_string(expected.size() - 1);
}

/// Series or observations under keys of their own; 800 are more than a batch holds, by the blanks before their values.
std::string many(std::size_t count, const std::string& value, const std::string& before = "", char between = '\n')
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += (i == 0 ? "" : std::string(",") + between) + "\"" + before + std::to_string(i) + "\":" + std::string(90, ' ') + value;
    return out;
}

}  // namespace

TEST(SdmxStream, SeriesComeAsTheyDoWhole)
{
    const std::string set = R"("attributes": [0], "dimensionGroupAttributes": {"0:0:": ["Giá"]}, "series": {
"0:0": {"attributes": [1], "observations": {"0": [1.50, 0], "1" : [2, 1, {"vi": "Ghi }chú"}], "2": [3], "x/~y": [4], "\u0039": "5"}}, "0:2": {"observations": {"0": [1]}},
 "0:1":{"observations": {"1": [-3, null], "0": [7, 9]}, "attributes": [0]}, "": {"observations": {"0": [1]}}, "0\u003a1:1": {}, "0": 5, "k": "}", "0:0:0" : [] })";
    for (const bool first : {true, false}) {
        EXPECT_EQ(agreed(message(set, first)), "9");
        EXPECT_EQ(agreed(message("\"annotations\": [], " + set + ", \"links\": []", first)), "9");
    }
}

TEST(SdmxStream, AttributesOfGroupsMayStandBehindTheirSeries)
{
    const std::string document = message(R"("series": {"0:0": {"observations": {"0": [1]}}}, "dimensionGroupAttributes": {"0:0:": ["Giá"]}, "attributes": [0])", false);
    EXPECT_EQ(agreed(document), "1");
    EXPECT_NE(streamed(document, 5).back().find("TITLE=Giá"), std::string::npos);
    EXPECT_NE(streamed(document, 5).front().find("COMMENT=thử"), std::string::npos);
}

TEST(SdmxStream, FlatObservationsComeAsTheyDoWhole)
{
    const std::string set = R"("observations": {"0:0:0": [1, 0], "0:1:1": [2], "0:1:2": [3], "0:1": [4], "0:1:0": null})";
    for (const bool first : {true, false})
        EXPECT_EQ(agreed(message(set, first, flat_structures())), "5");
}

TEST(SdmxStream, WhereThereAreSeriesObservationsBesideThemAreNone)
{
    const std::string flat = R"("observations": {"0": [7], "0:1": {"observations": {"0": [8]}}})", series = R"("series": {"0:0": {"observations": {"0": [1]}}})";
    EXPECT_EQ(agreed(message(flat + ", " + series)), "1");
    EXPECT_EQ(agreed(message(series + ", " + flat)), "1");
    EXPECT_EQ(agreed(message(flat + ", \"series\": {}")), "0");
    EXPECT_EQ(agreed(message(flat + R"(, "series": [{"0:0": {"observations": {"0": [1]}}}])")), "2");
    EXPECT_EQ(agreed(message(series + R"(, "observations": {"0": [7], "0": [8]})")).substr(0, 25), "format.json.duplicate_key");
}

TEST(SdmxStream, AMessageOfNoObservationsHasNone)
{
    EXPECT_EQ(agreed(message(R"("attributes": [0])")), "0");
    EXPECT_EQ(agreed(message(R"("series": { })")), "0");
    EXPECT_EQ(agreed(message(R"("series": [1, {"0": 2}], "observations": 3)")), "0");
    EXPECT_EQ(agreed(message(R"("series": {"0:0": {"observations": []}, "0:1": {}})")), "0");
}

TEST(SdmxStream, WhatIsNoSuchMessageIsRefusedAsItIsWhole)
{
    EXPECT_EQ(agreed("[]"), "format.sdmx.not_sdmx ");
    EXPECT_EQ(agreed(R"({"data": {"structures": [], "dataSets": {"0": {"series": {"0:0": 1}}}}})"), "format.sdmx.not_sdmx /data");
    EXPECT_EQ(agreed(message(R"("structure": 1, "series": {"0:0": 1})")), "format.sdmx.structure /data/dataSets/0");
    EXPECT_EQ(agreed(message(R"("series": {"0:0": 1}, "dimensionGroupAttributes": {"0:9:": ["x"]})")),
              "format.sdmx.key /data/dataSets/0/dimensionGroupAttributes/0:9:");
    FormatLimits little;
    little.held_bytes = 4'000;
    const std::string long_series = "\"series\": {" + many(800, "{}") + "}";
    EXPECT_EQ(agreed(message(long_series + "}, {" + long_series), little), "format.sdmx.several /data/dataSets/1");
}

TEST(SdmxStream, TwoOfOneKeyAreRefusedHoweverFarApart)
{
    const std::string series = many(800, "{}"), here = message("\"series\": {");
    const auto at = [&](const std::string& what) { return agreed(message("\"series\": {" + series + ",\n" + what + "}")); };
    EXPECT_EQ(at(R"( "800": {})"), "0");
    const std::string line = std::to_string(800 + std::count(here.begin(), here.end(), '\n') + 1);
    EXPECT_EQ(at(R"( "7": {})"), "format.json.duplicate_key " + line + ":2");
    EXPECT_EQ(at(R"(  "\u0037" : [1])"), "format.json.duplicate_key " + line + ":3");
    EXPECT_EQ(at(R"("đ": 1, "đ": 2)"), "format.json.duplicate_key " + line + ":9");
    EXPECT_EQ(agreed(message(R"("series": {"đ/": 1, "": 2, )" + series + R"(, "đ/": 1})")).substr(0, 25), "format.json.duplicate_key");
    EXPECT_EQ(agreed(message(R"("series": {"đ/": 1, "": 2, )" + series + R"(, "": 1})")).substr(0, 25), "format.json.duplicate_key");
    EXPECT_EQ(agreed(message("\"observations\": {" + many(800, "[1]", "0:0:") + R"(, "0:0:19": [1]})", true, flat_structures())).substr(0, 25),
              "format.json.duplicate_key");
    // Of another object they are others.
    EXPECT_EQ(agreed(message("\"observations\": {" + series + "}, \"series\": {" + series + "}")), "0");
}

TEST(SdmxStream, BrokenJsonIsRefusedInsideAndOutside)
{
    const std::string good = R"("series": {"0:0": {"observations": {"0": [1]}}, "0:1": {"observations": {"0": [1]}}})";
    ASSERT_EQ(agreed(message(good)), "2");
    const std::vector<std::pair<std::string, std::string>> faults = {
        {"\"0:1\": {", "\"0:1\" {"},  {"\"0:1\": {", "\"0:1\":: {"},   {"\"0:1\": {", ": {"},       {"}, \"0:1\"", "} \"0:1\""},
        {"}, \"0:1\"", "},, \"0:1\""}, {"\"series\": {", "\"series\": {,"}, {"}}}", "}},}"},           {"}}}", "}}, \"x\"}"},
        {"}}}", "}}, \"x\":}"},       {"}}}", "}}]"},                  {"}}}", "}}}}"},             {"}}}", "}}, \"x}"},
        {"[1]", "[1}"},               {"[1]", "[01]"},                 {"\"0:1\"", "\"0:\\1\""},    {"\"0:1\"", "0"},
        {"}}}", "}}, \"x\": 1 2}"},   {"}}}", "}}, \"x\" \"y\"}"},     {"\"0\"", "\"\xC3\""},       {"\"0:1\"", "\"\xC3\""},
        {"}}}", "}}, []}"},           {"}}}", "}}, \"x\": tru}"},      {"{\"0:0\"", "[\"0:0\""},    {"}}}", "}}, \"x\": 1,}"}};
    for (const auto& [what, instead] : faults)
        for (const bool first : {true, false}) {
            std::string document = message(good, first);
            document.replace(document.find(what, document.find("dataSets")), what.size(), instead);
            const auto read = sdmx.read(document, FormatLimits{});
            ASSERT_FALSE(read) << document;
            for (const std::size_t piece : {1UL, 3UL, 1000UL}) {
                Told told;
                MemorySource source(document, piece);
                const auto out = sdmx.stream(source, observations, Layout{}, FormatLimits{}, told);
                ASSERT_FALSE(out) << document;
                EXPECT_EQ(out.problem().code, read.problem().code) << document;
            }
        }
    for (std::size_t size = 1; size < message(good, false).size(); ++size)
        ASSERT_EQ(agreed(message(good, false).substr(0, size)).substr(0, 7), "format.");
}

TEST(SdmxStream, FaultsAreToldWhereTheyStandInTheDocument)
{
    const std::string series = many(800, "{\"đ\": 1}");
    for (const char* what : {",\n{\"x\": ?}", ",\n\"x\": ?", ",\n\"x\": {\"y\": 1, \"y\": 2}", ",\n", "\n \"x\": 1", ",\n\"x\": {\"đ\": [\"\\x\"]}"})
        EXPECT_EQ(agreed(message("\"series\": {" + series + what + "}", false)).substr(0, 12), "format.json.") << what;
    EXPECT_EQ(agreed(message("\"series\": {" + series + "}, \"x\": ?", false)).substr(0, 18), "format.json.syntax");
    EXPECT_EQ(agreed(message("\"series\": {" + series + "}, \"series\": {}", false)).substr(0, 25), "format.json.duplicate_key");
}

TEST(SdmxStream, LimitsAreThoseOfTheWholeDocument)
{
    FormatLimits limits;
    // Copied down, few values are many: of the message's own there are fewer than allowed.
    std::string list;
    for (std::size_t i = 1; i <= 200; ++i)
        list += (i == 1 ? "\"0:" : ", \"0:") + std::string(i, '0') + R"(": {"observations": {"0": [1], "1": [2]}})";
    limits.nodes = 2'000;
    EXPECT_EQ(agreed(message("\"series\": {" + list + "}"), limits).substr(0, 39), "format.too_many_nodes /data/dataSets/0/");
    limits.nodes = 5'000;
    EXPECT_EQ(agreed(message("\"series\": {" + list + "}"), limits), "400");
    limits = {};
    limits.held_bytes = 4'000;
    const std::string short_list = many(900, "{}"), one = R"("0:0": {"observations": {)" + many(800, "[1]") + "}}";
    const std::string document = message("\"series\": {" + short_list + "}");
    EXPECT_EQ(streamed(document, 1000, limits), whole(document));
    EXPECT_EQ(streamed(message("\"series\": {" + one + "}"), 1000, limits).front().substr(0, 17), "format.too_large ");
    EXPECT_FALSE(sdmx.streams(RecordPath{{{.name = "dataset"}, {.all = true}}}, Layout{}));
}

TEST(SdmxStream, WhoeverHasEnoughStops)
{
    Told told;
    told.most = 2;
    const std::string document = message("\"series\": {" + many(800, R"({"observations": {"0": [1], "1": [2], "2": [3]}})", "0:") + ", \"x\": {?}}");
    MemorySource source(document, 4);
    ASSERT_TRUE(sdmx.stream(source, observations, Layout{}, FormatLimits{}, told));
    EXPECT_EQ(told.lines.size(), 3U);
}

TEST(KeySet, ANameIsThereOnce)
{
    adapters::KeySet keys;
    std::vector<std::string> names = {"", "0", "00", ":", "0:", "1", "9:1", "a", "0a", std::string(1, '\0'), "/", ";"};
    for (const std::size_t length : {15U, 16U, 17U, 31U, 32U, 33U})
        names.emplace_back(length, '9');
    for (const bool first : {true, false})
        for (const std::string& name : names)
            EXPECT_EQ(keys.add(name), first) << name;
    for (const bool first : {true, false})
        for (int i = 100; i < 5'000; ++i)
            ASSERT_EQ(keys.add(std::to_string(i) + ":7"), first);
    keys.clear();
    EXPECT_TRUE(keys.add("0"));
    EXPECT_TRUE(keys.add("a"));
}
