// JSON by lines: each line stands for itself, with its place by its number.
#include "adapters/formats/ndjson/ndjson_format.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using adapters::NdjsonFormat;

namespace {

Tree read(std::string_view bytes, const FormatLimits& limits = {})
{
    auto tree = NdjsonFormat().read(bytes, limits);
    EXPECT_TRUE(tree) << tree.problem().sentence();
    return tree ? std::move(tree.value()) : Tree();
}

std::vector<NodeId> lines_of(const Tree& tree)
{
    std::vector<NodeId> out;
    for (NodeId id = tree.node(root_node).first_child; id != no_node; id = tree.node(id).next)
        out.push_back(id);
    return out;
}

/// "2:6 format.json.syntax" of a line that could not be read.
std::string fault_of(const Tree& tree, NodeId id)
{
    const Problem* fault = tree.fault(id);
    return fault == nullptr ? "none" : fault->place + " " + fault->code;
}

}  // namespace

TEST(NdjsonFormat, EachLineIsAnItemOfTheRootWithThePlaceOfItsLine)
{
    const Tree tree = read("{\"a\": 1}\n\n \t\r\n[2, 3]\r\n4");
    const auto lines = lines_of(tree);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(tree.node(root_node).kind, NodeKind::array);
    EXPECT_EQ(tree.place(lines[0]), "1:1");
    EXPECT_EQ(tree.place(tree.child(lines[0], "a")), "1:1/a");
    EXPECT_EQ(tree.place(lines[1]), "4:1");
    EXPECT_EQ(tree.place(tree.node(lines[1]).last_child), "4:1/1");
    EXPECT_EQ(tree.place(lines[2]), "5:1");
    EXPECT_EQ(tree.source(lines[0]), "{\"a\": 1}");
    EXPECT_EQ(tree.source(tree.child(lines[0], "a")), "1");
    EXPECT_EQ(tree.source(lines[1]), "[2, 3]");
}

TEST(NdjsonFormat, ABadLineHasAFaultWithItsPlaceAndTheOthersAreRead)
{
    const Tree tree = read("{\"a\": 1}\n{\"tên\": }\n{\"a\": {\"b\": 1, \"b\": 2}}\n{\"a\": \"\xFF\"}\n[1e999]\n{\"a\": 2}\n");
    const auto lines = lines_of(tree);
    ASSERT_EQ(lines.size(), 6U);
    EXPECT_EQ(fault_of(tree, lines[0]), "none");
    EXPECT_EQ(fault_of(tree, lines[1]), "2:9 format.json.syntax");
    EXPECT_EQ(fault_of(tree, lines[2]), "3:16 format.json.duplicate_key");
    EXPECT_EQ(fault_of(tree, lines[3]), "4:8 format.not_utf8");
    EXPECT_EQ(fault_of(tree, lines[4]), "5:2 format.number_not_finite");
    EXPECT_EQ(fault_of(tree, lines[5]), "none");
    EXPECT_EQ(tree.node(lines[1]).kind, NodeKind::null);
    EXPECT_EQ(tree.source(lines[1]), "{\"tên\": }");
    EXPECT_EQ(tree.place(lines[1]), "2:1");
    EXPECT_EQ(tree.node(tree.child(lines[5], "a")).text, "2");
}

TEST(NdjsonFormat, WhatAFaultyLineHadUntilThenIsGone)
{
    const Tree tree = read("[1]\n{\"mot\": [1, 2, 3], \"hai\": \"\\u0111\", !\n[2]\n");
    EXPECT_EQ(tree.size(), 6U);  // the list, two lists with their items, and a null
}

TEST(NdjsonFormat, AByteOrderMarkIsAFaultOfItsLineOnly)
{
    const Tree tree = read("\xEF\xBB\xBF{\"a\": 1}\n{\"a\": 2}");
    EXPECT_EQ(fault_of(tree, lines_of(tree)[0]), "1:1 format.bom");
    EXPECT_EQ(fault_of(tree, lines_of(tree)[1]), "none");
}

TEST(NdjsonFormat, ALineOfTwoTextsIsABadLine)
{
    const Tree tree = read("{} {}\n");
    EXPECT_EQ(fault_of(tree, lines_of(tree)[0]), "1:4 format.json.syntax");
}

TEST(NdjsonFormat, ATextOverTwoLinesIsTwoBadLines)
{
    const Tree tree = read("{\"a\":\n1}\n[1]");
    const auto lines = lines_of(tree);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(fault_of(tree, lines[0]), "1:6 format.json.syntax");
    EXPECT_EQ(fault_of(tree, lines[1]), "2:2 format.json.syntax");
    EXPECT_EQ(fault_of(tree, lines[2]), "none");
}

TEST(NdjsonFormat, LimitsCountAllLinesTogether)
{
    FormatLimits limits;
    limits.nodes = 7;
    EXPECT_EQ(read("[1]\n[2]\n[3]\n", limits).size(), 7U);
    const auto over = NdjsonFormat().read("[1]\n[2]\n[3]\n4\n", limits);
    ASSERT_FALSE(over);
    EXPECT_EQ(over.problem().code + " " + over.problem().place, "format.too_many_nodes 4:1");
    limits.bytes = 5;
    EXPECT_EQ(NdjsonFormat().read("[1]\n[2]", limits).problem().code, "format.too_large");
}

TEST(NdjsonFormat, NothingIsAListOfNothing)
{
    EXPECT_TRUE(lines_of(read("")).empty());
    EXPECT_TRUE(lines_of(read("\n\n")).empty());
}
