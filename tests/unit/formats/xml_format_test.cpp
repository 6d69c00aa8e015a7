// XML is read without a document type and at a bounded cost.
#include "adapters/formats/xml/xml_format.hpp"
#include "tests/unit/formats/processor_time.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;

namespace {

Tree read(std::string_view text)
{
    auto tree = adapters::XmlFormat().read(text, {});
    if (!tree)
        ADD_FAILURE() << tree.problem().sentence();
    return tree ? std::move(*tree) : Tree{};
}

std::string refusal(std::string_view text, const FormatLimits& limits = {})
{
    const auto tree = adapters::XmlFormat().read(text, limits);
    return tree ? "read" : tree.problem().code + "@" + tree.problem().place;
}

std::string code(std::string_view text, const FormatLimits& limits = {})
{
    const std::string both = refusal(text, limits);
    return both.substr(0, both.find('@'));
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

TEST(XmlFormat, BuildsElementsByLocalNameWithAttributesFirst)
{
    const Tree tree = read(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- c --><b:bao xmlns:b=\"urn:b\" b:ky=\"3&quot;\" ma='x'>"
        "<b:so>17</b:so><so> 1 </so><rong/></b:bao>");
    const auto& root = tree.node(root_node);
    EXPECT_EQ(root.kind, NodeKind::element);
    EXPECT_EQ(root.name, "bao");
    EXPECT_EQ(root.space, "urn:b");
    EXPECT_EQ(tree.node(tree.attribute(root_node, "ky")).text, "3\"");
    EXPECT_EQ(tree.node(tree.attribute(root_node, "ky")).space, "urn:b");
    EXPECT_EQ(tree.node(tree.attribute(root_node, "ma")).text, "x");
    const NodeId first = tree.child(root_node, "so");
    EXPECT_EQ(tree.node(first).text, "17");
    const NodeId second = tree.node(first).next;
    EXPECT_EQ(tree.node(second).text, " 1 ");
    EXPECT_EQ(tree.place(second), "/bao[1]/so[2]");
    EXPECT_EQ(tree.node(tree.child(root_node, "rong")).text, "");
}

TEST(XmlFormat, JoinsAnElementsOwnTextAndDropsIndentation)
{
    const Tree tree = read("<a>\n  x<b>y</b>&amp;<![CDATA[<z>]]>&#7923;&#x1EF3;</a>");
    EXPECT_EQ(tree.node(root_node).text, "\n  x&<z>ỳỳ");
    const Tree indented = read("<a>\n  <b> </b>\n</a>");
    EXPECT_EQ(indented.node(root_node).text, "");
    EXPECT_EQ(indented.node(1).text, " ") << "white space that is all there is stays";
}

TEST(XmlFormat, ReadsReferencesInAttributesAsInText)
{
    const Tree tree = read("<a n=\"Lao động &amp; việc làm &lt;1&gt; &#38;&#x26;\"/>");
    EXPECT_EQ(tree.node(tree.attribute(root_node, "n")).text, "Lao động & việc làm <1> &&");
}

TEST(XmlFormat, KnowsWhereEachElementBegins)
{
    const std::string text = "<a>\n <b x='>'/><c>" + std::string(100'000, 'x') + "</c><d/></a>";
    const Tree tree = read(text);
    EXPECT_EQ(tree.node(tree.child(root_node, "b")).offset, text.find("<b"));
    EXPECT_EQ(tree.node(tree.child(root_node, "d")).offset, text.find("<d"));
    EXPECT_EQ(tree.node(tree.child(root_node, "c")).text.size(), 100'000U);
    EXPECT_EQ(tree.source(root_node), "");
}

TEST(XmlFormat, AcceptsAByteOrderMarkAndRefusesOtherEncodings)
{
    EXPECT_EQ(refusal("\xEF\xBB\xBF<?xml version='1.0'?><a/>"), "read");
    EXPECT_EQ(code("\xEF\xBB\xBF\xEF\xBB\xBF<a/>"), "format.xml.syntax") << "one mark, not two";
    EXPECT_EQ(refusal("<?xml version='1.0' encoding='UTF-16'?><a/>"), "format.not_utf8@1:1");
    EXPECT_EQ(refusal("<?xml version='1.0' encoding='windows-1258'?><a/>"), "format.not_utf8@1:1");
    EXPECT_EQ(refusal("<a>\n\xC3(</a>"), "format.not_utf8@2:1");
    EXPECT_EQ(refusal(std::string("<\0a\0/\0>\0", 8)), "format.not_utf8@1:2");
}

TEST(XmlFormat, RefusesDocumentTypesAndEntities)
{
    EXPECT_EQ(refusal("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), "format.xml.doctype@2:1");
    EXPECT_EQ(code("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), "format.xml.doctype");
    EXPECT_EQ(code("<!doctype html><a/>"), "format.xml.doctype");
    EXPECT_EQ(refusal("<a>&nbsp;</a>"), "format.xml.entity@1:4");
    EXPECT_EQ(code("<a x='&foo;'/>"), "format.xml.entity");
    EXPECT_EQ(code("<a>R&D</a>"), "format.xml.entity");
    EXPECT_EQ(code("<a>&#;</a>"), "format.xml.entity");
    EXPECT_EQ(code("<a>&#0;</a>"), "format.xml.syntax");
}

TEST(XmlFormat, RefusesWhatIsNotWellFormed)
{
    for (const char* bad : {"",
                            " ",
                            "<a>",
                            "<a></b>",
                            "<a/><b/>",
                            "x<a/>",
                            "<a/>x",
                            "<a x=1/>",
                            "<a x='1' x='2'/>",
                            "<a><b></a></b>",
                            "</a>",
                            "<a x='<'/>",
                            "<a>]]></a>",
                            "<p:a/>",
                            "<a><!-- -- --></a>",
                            "<a",
                            "<a x='1",
                            "<!-- ",
                            "<a>\x01</a>",
                            "<?xml version='1.0'?><?xml version='1.0'?><a/>",
                            " <?xml version='1.0'?><a/>",
                            "<a x='1'y='2'/>",
                            "<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>"})
        EXPECT_EQ(code(bad), "format.xml.syntax") << bad;
    EXPECT_EQ(refusal("<a>\n<b></c></a>").substr(0, 20), "format.xml.syntax@2:");
}

TEST(XmlFormat, KeepsItsLimits)
{
    FormatLimits limits;
    limits.depth = 3;
    limits.nodes = 6;
    limits.attributes = 2;
    EXPECT_EQ(code("<a><b><c/></b></a>", limits), "read");
    EXPECT_EQ(code("<a><b><c><d/></c></b></a>", limits), "format.too_deep");
    EXPECT_EQ(code("<a x='1' y='2'><b/><c/><d/></a>", limits), "read");
    EXPECT_EQ(code("<a x='1' y='2'><b/><c/><d/><e/></a>", limits), "format.too_many_nodes");
    EXPECT_EQ(code("<a x='1' y='2' z='3'/>", limits), "format.xml.attributes");
    limits.bytes = 3;
    EXPECT_EQ(code("<ab/>", limits), "format.too_large");
}

TEST(XmlFormat, RefusesAHundredThousandAttributesInTimeProportionalToTheirNumber)
{
    const auto seconds = [](int attributes) {
        std::string bomb = "<a";
        for (int i = 0; i < attributes; ++i)
            bomb += " a" + std::to_string(i) + "=''";
        bomb += "/>";
        return lienthong::testing::processor_seconds([&] { EXPECT_EQ(code(bomb), "format.xml.attributes"); });
    };
    const double of_a_tenth = seconds(10'000);
    EXPECT_LT(seconds(100'000), 40 * of_a_tenth + 0.05) << "ten times as many; by pairs it would be a hundred times the work";
}

TEST(XmlFormat, RefusesNamespacesByTheHundreds)
{
    std::string outer;
    std::string inner;
    for (int i = 0; i < 3; ++i) {
        outer += "<a";
        for (int j = 0; j < 60; ++j)
            outer += " xmlns:n" + std::to_string(i * 60 + j) + " = 'u" + std::to_string(i * 60 + j) + "'";
        outer += ">";
        inner += "</a>";
    }
    EXPECT_EQ(code(outer + inner), "format.xml.namespaces");
    EXPECT_EQ(code("<r>" + repeated("<a xmlns:p='u' p:x='1'/>", 1'000) + "</r>"), "read") << "closed again each time";
}

TEST(XmlFormat, ReadsTextBeyondTheLibrarysOwnCeiling)
{
    FormatLimits limits;
    limits.bytes = 64 * 1024 * 1024;
    const std::string text(11'000'000, 'A');
    const auto tree = adapters::XmlFormat().read("<a><b x='" + text + "'>" + text + "</b></a>", limits);
    ASSERT_TRUE(tree.ok()) << tree.problem().sentence();
    const NodeId inner = tree.value().child(root_node, "b");
    EXPECT_EQ(tree.value().node(inner).text.size(), text.size());
    EXPECT_EQ(tree.value().node(tree.value().attribute(inner, "x")).text.size(), text.size());
}
