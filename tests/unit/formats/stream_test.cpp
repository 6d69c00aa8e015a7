// Records one by one: their places, what stands around them, and where a fault is told.
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/ndjson/ndjson_format.hpp"
#include "adapters/formats/sdmx/sdmx_ml_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using Step = RecordPath::Step;

namespace {

/// What each record is: its place, its own bytes or text, and what the root has under a name.
class Seen final : public RecordSink
{
public:
    explicit Seen(std::string around = "") : around_(std::move(around)) {}
    void begin(const Tree& tree) override { tree_ = &tree; }
    bool record(NodeId record) override
    {
        std::string line = tree_->place(record) + " " + std::string(tree_->source(record).empty() ? tree_->node(record).text : tree_->source(record));
        if (!around_.empty())
            line += " " + std::string(tree_->node(tree_->child(root_node, around_)).text);
        lines.push_back(line);
        return lines.size() < most;
    }
    std::vector<std::string> lines;
    std::size_t most = 1'000'000;

private:
    std::string around_;
    const Tree* tree_ = nullptr;
};

RecordPath path(std::vector<Step> steps)
{
    return {std::move(steps)};
}

std::string told(const Format& format, const std::string& document, const RecordPath& records, std::size_t piece, const FormatLimits& limits = {})
{
    Seen seen;
    MemorySource source(document, piece);
    const auto read = format.stream(source, records, Layout{}, limits, seen);
    return read ? "read" : read.problem().code + " " + read.problem().place;
}

const adapters::JsonFormat json;
const adapters::XmlFormat xml;
const RecordPath items = path({{.name = "ds"}, {.all = true}});
const RecordPath elements = path({{.name = "a"}, {.name = "b"}});

}  // namespace

TEST(Stream, JsonRecordsHaveTheirPlacesAndWhatStandsBehindThem)
{
    for (const std::size_t piece : {1UL, 3UL, 1000UL}) {
        Seen seen("sau");
        MemorySource source(R"({"truoc": 1, "ds": [ {"x": "]"} , [2],"ba" ,4], "sau": "đó"})", piece);
        ASSERT_TRUE(json.stream(source, items, Layout{}, FormatLimits{}, seen));
        EXPECT_EQ(seen.lines, (std::vector<std::string>{R"(/ds/0 {"x": "]"} đó)", "/ds/1 [2] đó", R"(/ds/2 "ba" đó)", "/ds/3 4 đó"}));
    }
}

TEST(Stream, XmlRecordsHaveTheirPlacesAndWhatStandsBehindThem)
{
    for (const std::size_t piece : {1UL, 3UL, 1000UL}) {
        Seen seen("sau");
        MemorySource source("\xEF\xBB\xBF<?xml version=\"1.0\"?><a xmlns:p=\"u\"><b>1</b><b p:x='>'/><!-- b --><c/><b>&lt;<![CDATA[</b>]]></b><sau>đó</sau></a>", piece);
        ASSERT_TRUE(xml.stream(source, elements, Layout{}, FormatLimits{}, seen));
        EXPECT_EQ(seen.lines, (std::vector<std::string>{"/a[1]/b[1] 1 đó", "/a[1]/b[2]  đó", "/a[1]/b[3] <</b> đó"}));
    }
}

TEST(Stream, PlacesGoOnFromBatchToBatch)
{
    std::string items_text, elements_text;
    for (int i = 0; i < 20'000; ++i) {
        items_text += (i == 0 ? "" : ", ") + std::to_string(i);
        elements_text += (i == 9'999 ? "<c/><b>" : "<b>") + std::to_string(i) + "</b>";
    }
    Seen of_items, of_elements;
    const std::string one = "{\"ds\": [" + items_text + "]}", other = "<a>" + elements_text + "</a>";
    MemorySource source(one), another(other);
    ASSERT_TRUE(json.stream(source, items, Layout{}, FormatLimits{}, of_items));
    ASSERT_TRUE(xml.stream(another, elements, Layout{}, FormatLimits{}, of_elements));
    ASSERT_EQ(of_items.lines.size(), 20'000U);
    ASSERT_EQ(of_elements.lines.size(), 20'000U);
    for (std::size_t i = 0; i < 20'000; ++i) {
        ASSERT_EQ(of_items.lines[i], "/ds/" + std::to_string(i) + " " + std::to_string(i));
        ASSERT_EQ(of_elements.lines[i], "/a[1]/b[" + std::to_string(i + 1) + "] " + std::to_string(i));
    }
}

TEST(Stream, FaultsAreToldWhereTheyStandInTheDocument)
{
    std::string many;
    for (int i = 0; i < 20'000; ++i)
        many += (i == 0 ? "" : ",\n") + std::string("{\"đ\": 1}");
    for (const std::size_t piece : {7UL, 70'000UL}) {
        EXPECT_EQ(told(json, "{\"ds\": [" + many + ",\n{\"x\": ?}]}", items, piece), "format.json.syntax 20001:7");
        EXPECT_EQ(told(json, "{\"ds\": [" + many + ",\n]}", items, piece), "format.json.syntax 20001:1");
        EXPECT_EQ(told(json, "{\"ds\": [" + many + "],\n \"ds\": 1}", items, piece), "format.json.duplicate_key 20001:2");
        EXPECT_EQ(told(json, "{\"ds\": [" + many + "\n", items, piece), "format.json.syntax 20001:1");
        EXPECT_EQ(told(json, "{\"ds\": [" + many + ",\n{\"x\": {\"y\": 1, \"y\": 2}}]}", items, piece), "format.json.duplicate_key 20001:16");
    }
    many.clear();
    for (int i = 0; i < 20'000; ++i)
        many += "<b x=\"đ\"/>\n";
    for (const std::size_t piece : {7UL, 70'000UL}) {
        EXPECT_EQ(told(xml, "<a\n y='1'>" + many + "<b>&x;</b></a>", elements, piece), "format.xml.entity 20002:4");
        EXPECT_EQ(told(xml, "<a\n y='1'>" + many + "<c>&x;</c></a>", elements, piece), "format.xml.entity 20002:4");
        EXPECT_EQ(told(xml, "<a\n y='1'>" + many + "<!DOCTYPE a></a>", elements, piece), "format.xml.doctype 20002:1");
    }
}

TEST(Stream, MembersOfAnObjectAreNotStreamed)
{
    EXPECT_EQ(told(json, R"({"ds": {"x": 1}})", items, 100), "format.not_streamed 1:9");
    EXPECT_EQ(told(json, R"({"ds": {}})", items, 100), "read");
    EXPECT_FALSE(json.streams(path({{.name = "a"}}), Layout{}));
    EXPECT_FALSE(xml.streams(path({{.name = "a"}}), Layout{}));
    EXPECT_FALSE(adapters::NdjsonFormat().streams(items, Layout{}));
}

TEST(Stream, LimitsCountTheWholeDocument)
{
    FormatLimits limits;
    limits.nodes = 30;
    EXPECT_EQ(told(json, R"({"ds": [1,2,3]})", items, 5, limits), "read");
    std::string many = "0";
    for (int i = 1; i < 40; ++i)
        many += "," + std::to_string(i);
    EXPECT_EQ(told(json, "{\"ds\": [" + many + "]}", items, 5, limits).substr(0, 21), "format.too_many_nodes");
    limits = {};
    limits.bytes = 20;
    EXPECT_EQ(told(json, R"({"ds": [1,2,3,4,5,6,7]})", items, 5, limits), "format.too_large ");
    limits = {};
    limits.held_bytes = 100;
    EXPECT_EQ(told(json, "{\"x\": \"" + std::string(200, 'x') + "\", \"ds\": [1]}", items, 5, limits).substr(0, 16), "format.too_large");
    EXPECT_EQ(told(json, "{\"ds\": [\"" + std::string(200'000, 'x') + "\"]}", items, 500, limits), "format.too_large 1:9");
    EXPECT_EQ(told(xml, "<a><b>" + std::string(200'000, 'x') + "</b></a>", elements, 500, limits), "format.too_large 1:4");
    EXPECT_EQ(told(adapters::NdjsonFormat(), "1\n\"" + std::string(200, 'x') + "\"\n", path({{.all = true}}), 50, limits), "format.too_large 2:1");
}

TEST(Stream, WhoeverHasEnoughStops)
{
    Seen seen;
    seen.most = 2;
    MemorySource source(R"({"ds": [1,2,3]})", 4);
    ASSERT_TRUE(json.stream(source, items, Layout{}, FormatLimits{}, seen));
    EXPECT_EQ(seen.lines.size(), 2U);
}

TEST(Stream, KeysWrittenWithEscapesAreTheSameKeys)
{
    Seen seen;
    MemorySource source(R"({"\u0064s": [1]})", 3);
    ASSERT_TRUE(json.stream(source, items, Layout{}, FormatLimits{}, seen));
    EXPECT_EQ(seen.lines, (std::vector<std::string>{"/ds/0 1"}));
}
