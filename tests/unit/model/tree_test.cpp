// Places in a document are said the way people look them up.
#include "hub/model/tree.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

TEST(Tree, SaysPlacesInJsonAsPointers)
{
    Tree tree;
    const NodeId root = tree.append(no_node, NodeKind::object, {}, 0);
    const NodeId records = tree.append(root, NodeKind::array, tree.keep("re/cords"), 1);
    tree.append(records, NodeKind::object, {}, 2);
    const NodeId second = tree.append(records, NodeKind::object, {}, 3);
    const NodeId value = tree.append(second, NodeKind::number, tree.keep("value"), 4);
    EXPECT_EQ(tree.place(root), "");
    EXPECT_EQ(tree.place(value), "/re~1cords/1/value");
}

TEST(Tree, SaysPlacesInXmlByLocalNameAndPosition)
{
    Tree tree;
    const NodeId root = tree.append(no_node, NodeKind::element, tree.keep("edXML"), 0);
    tree.append(root, NodeKind::element, tree.keep("To"), 1);
    tree.append(root, NodeKind::element, tree.keep("From"), 2);
    const NodeId to = tree.append(root, NodeKind::element, tree.keep("To"), 3);
    const NodeId id = tree.append(to, NodeKind::attribute, tree.keep("id"), 4);
    EXPECT_EQ(tree.place(id), "/edXML[1]/To[2]/@id");
    EXPECT_EQ(tree.attribute(to, "id"), id);
    EXPECT_EQ(tree.child(to, "id"), no_node) << "an attribute is not a child";
}

TEST(Tree, KeepsTextsOfAnySizeWhereTheyWerePut)
{
    Tree tree;
    std::vector<std::string_view> kept;
    for (std::size_t size : {1U, 70'000U, 3U, 64'000U, 9U})
        kept.push_back(tree.keep(std::string(size, 'x')));
    Tree moved = std::move(tree);
    EXPECT_EQ(kept[1], std::string(70'000, 'x'));
    EXPECT_EQ(kept[4], "xxxxxxxxx");
}
