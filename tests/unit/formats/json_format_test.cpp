// JSON is read strictly: one meaning or none.
#include "adapters/formats/json/json_format.hpp"
#include "tests/unit/formats/processor_time.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;

namespace {

Tree read(std::string_view text)
{
    auto tree = adapters::JsonFormat().read(text, {});
    if (!tree)
        ADD_FAILURE() << tree.problem().sentence();
    return tree ? std::move(*tree) : Tree{};
}

/// "code@place" of the refusal, or "read".
std::string refusal(std::string_view text, const FormatLimits& limits = {})
{
    const auto tree = adapters::JsonFormat().read(text, limits);
    return tree ? "read" : tree.problem().code + "@" + tree.problem().place;
}

std::string repeated(std::string_view text, std::size_t times)
{
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

}  // namespace

TEST(JsonFormat, BuildsATreeInDocumentOrder)
{
    const Tree tree = read(R"( {"kỳ":"03/2025","duLieu":[1.50,-0,true,false,null,{}],"a":{"b":"c"}} )");
    EXPECT_EQ(tree.node(root_node).kind, NodeKind::object);
    EXPECT_EQ(tree.node(tree.child(root_node, "kỳ")).text, "03/2025");
    const NodeId list = tree.child(root_node, "duLieu");
    NodeId at = tree.node(list).first_child;
    for (const auto& [kind, text] :
         {std::pair{NodeKind::number, "1.50"}, std::pair{NodeKind::number, "-0"}, std::pair{NodeKind::boolean, "true"},
          std::pair{NodeKind::boolean, "false"}, std::pair{NodeKind::null, "null"}, std::pair{NodeKind::object, ""}}) {
        EXPECT_EQ(tree.node(at).kind, kind) << text;
        EXPECT_EQ(tree.node(at).text, text);
        at = tree.node(at).next;
    }
    EXPECT_EQ(at, no_node);
    const NodeId deep = tree.child(tree.child(root_node, "a"), "b");
    EXPECT_EQ(tree.place(deep), "/a/b");
}

TEST(JsonFormat, KeepsNumbersAsTheirSourceText)
{
    for (const char* number : {"12345678901234567890123456789", "0.1000", "-1E+5", "1e-400", "18446744073709551616"})
        EXPECT_EQ(read(number).node(root_node).text, number);
}

TEST(JsonFormat, DecodesEscapesInNamesAndTexts)
{
    const Tree tree = read(R"({"a\"\\b":"x\n\u1EF3\ud83c\uddfb","plain":"y"})");
    const NodeId first = tree.node(root_node).first_child;
    EXPECT_EQ(tree.node(first).name, "a\"\\b");
    EXPECT_EQ(tree.node(first).text, "x\nỳ\xF0\x9F\x87\xBB");
    EXPECT_EQ(tree.node(tree.child(root_node, "plain")).text, "y");
    const std::string text = repeated("\\n", 20'000);
    EXPECT_EQ(read("\"" + text + "\"").node(root_node).text, std::string(20'000, '\n')) << "longer than the parser's buffer";
}

TEST(JsonFormat, GivesEachNodeItsOwnBytes)
{
    Tree tree = read("{ \"a\\\"\" : [ {\"x\" :1.0}, \"y\\\\\\\"\" ,null], \"b\":-2e3 }");
    const Tree moved = std::move(tree);
    const NodeId list = moved.node(root_node).first_child;
    const NodeId item = moved.node(list).first_child;
    EXPECT_EQ(moved.source(list), "[ {\"x\" :1.0}, \"y\\\\\\\"\" ,null]");
    EXPECT_EQ(moved.source(item), "{\"x\" :1.0}");
    EXPECT_EQ(moved.source(moved.node(item).first_child), "1.0");
    EXPECT_EQ(moved.source(moved.node(item).next), "\"y\\\\\\\"\"");
    EXPECT_EQ(moved.source(moved.child(root_node, "b")), "-2e3");
    EXPECT_EQ(moved.source(root_node), moved.document());
}

TEST(JsonFormat, RefusesDuplicateKeysWhereTheSecondStands)
{
    EXPECT_EQ(refusal("{\n  \"a\": 1,\n  \"a\": 2}"), "format.json.duplicate_key@3:3");
    EXPECT_EQ(refusal(R"({"a":1,"b":{"a":1},"\u0061":2})"), "format.json.duplicate_key@1:20") << "same key, spelt with an escape";
    EXPECT_EQ(refusal(R"([{"a":1},{"a":1}])"), "read") << "two objects";
    EXPECT_EQ(refusal(R"([{"a":1,"b":1},{"a":1,"b":1},{"a":1,"a":1},{"a":1,"b":1}])"), "format.json.duplicate_key@1:37")
        << "behind objects of the same names";
    std::string many = "{";
    for (int i = 0; i < 40; ++i)
        many += "\"k" + std::to_string(i) + "\":0,";
    EXPECT_EQ(refusal(many + "\"k\\\"q\":0,\"k7\":0}").substr(0, 25), "format.json.duplicate_key");
    EXPECT_EQ(refusal(many + "\"k40\":0}"), "read");
}

TEST(JsonFormat, ChecksAHundredThousandKeysInTimeProportionalToTheirNumber)
{
    const auto seconds = [](int keys) {
        std::string many = "{";
        for (int i = 0; i < keys; ++i)
            many += "\"cung-mot-tien-to-rat-dai-" + std::to_string(i) + "\":0,";
        many += "\"z\":0}";
        return lienthong::testing::processor_seconds([&] { EXPECT_EQ(refusal(many), "read"); });
    };
    const double of_a_tenth = seconds(10'000);
    EXPECT_LT(seconds(100'000), 40 * of_a_tenth + 0.05) << "ten times the keys; by pairs it would be a hundred times the work";
}

TEST(JsonFormat, RefusesWhatIsNotJsonAndSaysWhere)
{
    EXPECT_EQ(refusal(""), "format.json.syntax@1:1");
    EXPECT_EQ(refusal("{\"a\":1"), "format.json.syntax@1:7");
    EXPECT_EQ(refusal("{\"kỳ\":1,}"), "format.json.syntax@1:9") << "columns are characters";
    EXPECT_EQ(refusal("[1]\n x"), "format.json.syntax@2:2") << "behind the document";
    for (const char* bad : {"[1,]",          "[01]",  "[+1]",  "[.5]",      "[1.]",    "[NaN]",     "[Infinity]",
                            "['a']",         "{a:1}", "[1 2]", "[\"\t\"]",  "// c\n1", "[\"\\x\"]", "[\"\\ud800\"]",
                            "[\"\\udc00\"]", "nul",   "[1}",   "{\"a\" 1}", "{1:2}",   "-",         "1e",
                            "tru",           "\"",    "[-]"})
        EXPECT_EQ(refusal(bad).substr(0, 18), "format.json.syntax") << bad;
}

TEST(JsonFormat, RefusesOtherEncodings)
{
    EXPECT_EQ(refusal("\xEF\xBB\xBF{}"), "format.bom@1:1");
    EXPECT_EQ(refusal("{\"a\":\n\"\xC3(\"}"), "format.not_utf8@2:2");
    EXPECT_EQ(refusal("[\"ok \xED\xA0\x80\"]"), "format.not_utf8@1:6") << "a surrogate";
    EXPECT_EQ(refusal(std::string("\xFF\xFE{\0}\0", 6)), "format.not_utf8@1:1") << "UTF-16";
}

TEST(JsonFormat, KeepsItsLimits)
{
    FormatLimits limits;
    limits.depth = 3;
    limits.nodes = 5;
    limits.number_digits = 8;
    limits.bytes = 100;
    EXPECT_EQ(refusal("[[[]]]", limits), "read");
    EXPECT_EQ(refusal("[[[[]]]]", limits).substr(0, 15), "format.too_deep");
    EXPECT_EQ(refusal("[1,2,3,4]", limits), "read");
    EXPECT_EQ(refusal("[1,2,3,4,5]", limits), "format.too_many_nodes@1:10");
    EXPECT_EQ(refusal("[-1.23456]", limits), "read");
    EXPECT_EQ(refusal("[-1.234567]", limits), "format.number_too_long@1:2");
    EXPECT_EQ(refusal("[" + std::string(99, ' ') + "]", limits), "format.too_large@");
    EXPECT_EQ(refusal(repeated("[", 1'000'000)).substr(0, 15), "format.too_deep");
}

TEST(JsonFormat, RefusesNumbersThatAreNotFinite)
{
    EXPECT_EQ(refusal("[1e400]"), "format.number_not_finite@1:2");
    EXPECT_EQ(refusal("[-1e400]"), "format.number_not_finite@1:2");
    EXPECT_EQ(refusal("[1e99999999999]").substr(0, 24), "format.number_not_finite");
    EXPECT_EQ(refusal("[" + std::string(5'000'000, '9') + "]"), "format.number_too_long@1:2");
}
