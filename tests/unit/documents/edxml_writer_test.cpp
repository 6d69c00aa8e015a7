// What is written keeps the pattern others read by, and our own reader finds in it what was put in.
#include "adapters/documents/edxml/edxml_writer.hpp"
#include "adapters/documents/edxml/wrapper.hpp"
#include "adapters/formats/edxml/edxml_format.hpp"
#include "adapters/formats/zip/zip_reader.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;

namespace {

constexpr std::string_view space = "http://www.mic.gov.vn/TBT/QCVN_102_2016";

NarrativeDocument report()
{
    NarrativeDocument out;
    out.document = "H31.08,2025/11/20,145/BC-UBND";
    out.from = {"H31.08", "UBND tỉnh <giả lập>"};
    out.to = {{"G22.99", "Cơ quan trung ương giả lập"}, {"H31.04", ""}};
    out.number = "145";
    out.notation = "BC-UBND";
    out.place = "Hưng Yên";
    out.day = "2025-11-20";
    out.type_name = "Báo cáo";
    out.subject = "Báo cáo kinh tế & xã hội";
    out.sent_at = "2025/11/20 09:30:15";
    return out;
}

std::string written(const NarrativeDocument& document)
{
    const auto bytes = adapters::make_edxml_writer()->write(document);
    return bytes ? *bytes : bytes.problem().code;
}

bool has(const std::string& text, std::string_view piece)
{
    return text.find(piece) != std::string::npos;
}

}  // namespace

TEST(EdxmlWriter, InsideTheEnvelopeNamesHaveThePrefixAndOutsideTheyHaveNone)
{
    NarrativeDocument document = report();
    document.attachments = {{"145-BC-UBND.pdf", "%PDF-1.4", "a"}};
    const std::string text = written(document);
    EXPECT_TRUE(has(text, "<edXML xmlns=\"" + std::string(space) + "\">\n  <edXML:edXMLEnvelope xmlns:edXML=\"" + std::string(space) + "\">"));
    EXPECT_TRUE(has(text, "<edXML:DocumentId>H31.08,2025/11/20,145/BC-UBND</edXML:DocumentId>"));
    EXPECT_TRUE(has(text, "<edXML:PromulgationDate>2025/11/20</edXML:PromulgationDate>"));
    EXPECT_TRUE(has(text, "<edXML:BussinessDocType>0</edXML:BussinessDocType>"));
    EXPECT_TRUE(has(text, "<edXML:OrganName>UBND tỉnh &lt;giả lập&gt;</edXML:OrganName>"));
    EXPECT_TRUE(has(text, "Báo cáo kinh tế &amp; xã hội"));
    const std::string outside = text.substr(text.find("</edXML:edXMLEnvelope>"));
    EXPECT_TRUE(has(outside, "<AttachmentEncoded>\n    <Attachment>\n      <ContentId>cid:phuluc-1</ContentId>"));
    EXPECT_TRUE(has(outside, "<edXML:ContentTransferEncoded xmlns:edXML=\"" + std::string(space) + "\">JVBERi0xLjQ=</edXML:ContentTransferEncoded>"));
}

TEST(EdxmlWriter, OurOwnReaderFindsWhatWasPutIn)
{
    NarrativeDocument document = report();
    document.attachments = {{"so-lieu.xml", "<SoLieu><x>7</x></SoLieu>", "5d0a"}, {"ghi chu.txt", "chữ", "77"}, {"KHONG-DUOI", "x", "88"}};
    const auto tree = adapters::EdxmlFormat().read(written(document), {});
    ASSERT_TRUE(tree.ok()) << tree.problem().sentence();
    const NodeId header = tree->child(tree->child(tree->child(root_node, "edXMLEnvelope"), "edXMLHeader"), "MessageHeader");
    EXPECT_EQ(tree->node(tree->child(header, "Subject")).text, "Báo cáo kinh tế & xã hội");
    const NodeId attachment = tree->child(tree->child(root_node, "AttachmentEncoded"), "Attachment");
    const NodeId decoded = tree->child(attachment, "Decoded");
    ASSERT_NE(decoded, no_node);
    EXPECT_EQ(tree->node(tree->attribute(decoded, "unwrapped")).text, "true") << "all but a few kinds go in an archive of their own";
    EXPECT_EQ(tree->node(tree->child(tree->child(decoded, "SoLieu"), "x")).text, "7");
    EXPECT_EQ(tree->node(tree->child(attachment, "ContentType")).text, "application/zip");
}

TEST(EdxmlWriter, TheSameDocumentGivesTheSameBytes)
{
    NarrativeDocument document = report();
    document.attachments = {{"so-lieu.xlsx", std::string(5000, 'x'), "5d0a"}};
    EXPECT_EQ(written(document), written(document));
}

TEST(EdxmlWriter, TextXmlCannotCarryIsRefused)
{
    for (const char* subject : {"chuông\x07", "\xFF"}) {
        NarrativeDocument document = report();
        document.subject = subject;
        EXPECT_EQ(written(document), "document.text");
    }
}

TEST(EdxmlWriter, TheArchiveHasOneEntryThatComesBackWhole)
{
    const std::string bytes = std::string(70'000, 'a') + "cuối";
    const std::string archive = adapters::wrapped("5d0a.xlsx", bytes);
    EXPECT_LT(archive.size(), bytes.size() / 10);
    adapters::ZipLimits limits;
    limits.ratio = 1000;
    limits.archives = true;  // A workbook is one.
    const auto read = adapters::ZipReader::open(archive, limits);
    ASSERT_TRUE(read.ok()) << read.problem().sentence();
    EXPECT_EQ(read->names(), std::vector<std::string_view>{"5d0a.xlsx"});
    EXPECT_EQ(read->read("5d0a.xlsx").value(), bytes);
    EXPECT_EQ(adapters::ZipReader::open(adapters::wrapped("a.txt", ""))->read("a.txt").value(), "");
}
