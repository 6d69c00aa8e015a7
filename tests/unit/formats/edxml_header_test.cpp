// Of a package that breaks off, the header can still be read; what breaks off earlier stays unread.
#include "adapters/formats/edxml/header_format.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

namespace {

const std::string whole = R"(<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">
<edXML:edXMLHeader><!-- vendor --><edXML:MessageHeader><edXML:To><edXML:OrganId>000.00.08.H31</edXML:OrganId></edXML:To><edXML:ResponseFor/>
<edXML:DocumentId>D</edXML:DocumentId></edXML:MessageHeader><edXML:TraceHeaderList/></edXML:edXMLHeader></edXML:edXMLEnvelope></edXML>)";

std::string problem_of(const std::string& package)
{
    const auto tree = adapters::EdxmlHeaderFormat().read(package, {});
    return tree.ok() ? "" : tree.problem().code;
}

}  // namespace

TEST(EdxmlHeader, IsReadOfAPackageThatBreaksOffBehindIt)
{
    const std::size_t end = whole.find("</edXML:MessageHeader>") + std::string("</edXML:MessageHeader>").size();
    for (const std::string& package :
         {whole, whole.substr(0, end), whole.substr(0, end + 9), whole.substr(0, end) + "<a></b>\xFF"}) {
        const auto tree = adapters::EdxmlHeaderFormat().read(package, {});
        ASSERT_TRUE(tree.ok()) << tree.problem().sentence();
        const NodeId header = tree->child(tree->child(tree->child(root_node, "edXMLEnvelope"), "edXMLHeader"), "MessageHeader");
        EXPECT_EQ(tree->node(tree->child(header, "DocumentId")).text, "D");
        const NodeId organ = tree->child(tree->child(header, "To"), "OrganId");
        EXPECT_EQ(tree->node(tree->attribute(organ, "code")).text, "H31.08");
        EXPECT_NE(tree->child(tree->child(header, "To"), "Number"), no_node);
    }
}

TEST(EdxmlHeader, IsNothingWhereItBreaksOffItselfOrIsWronglyNested)
{
    EXPECT_EQ(problem_of(whole.substr(0, whole.find("</edXML:MessageHeader>") + 10)), "format.edxml.no_header");
    EXPECT_EQ(problem_of(""), "format.edxml.no_header");
    EXPECT_EQ(problem_of("<edXML><MessageHeader></edXML></MessageHeader>"), "format.edxml.no_header");
    EXPECT_EQ(problem_of("<x><MessageHeader></MessageHeader></x>"), "format.edxml.not_edxml");
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += "<a>";
    EXPECT_EQ(problem_of(deep), "format.edxml.no_header");
}
