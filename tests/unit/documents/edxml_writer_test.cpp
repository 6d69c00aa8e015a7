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

TEST(EdxmlWriter, ARecallHasTheIdentityOfWhatItRecallsAndNamesItInResponseFor)
{
    NarrativeDocument document = report();
    document.act = DocumentAct{Business::recall, {"H31.08", "145/BC-UBND", "2025-11-20", document.document}, "Ban hành nhầm", {}, false, {}};
    const std::string text = written(document);
    EXPECT_TRUE(has(text, R"(        <edXML:ResponseFor>
          <edXML:OrganId>H31.08</edXML:OrganId>
          <edXML:Code>145/BC-UBND</edXML:Code>
          <edXML:PromulgationDate>2025/11/20</edXML:PromulgationDate>
          <edXML:DocumentId>H31.08,2025/11/20,145/BC-UBND</edXML:DocumentId>
        </edXML:ResponseFor>
)")) << text;
    EXPECT_TRUE(has(text, R"(        <edXML:Bussiness>
          <edXML:BussinessDocType>1</edXML:BussinessDocType>
          <edXML:BussinessDocReason>Ban hành nhầm</edXML:BussinessDocReason>
          <edXML:Paper>0</edXML:Paper>
        </edXML:Bussiness>
)")) << text;
}

TEST(EdxmlWriter, AnUpdateSaysWhatChangesAndWhoComesAndGoes)
{
    NarrativeDocument document = report();
    document.act = DocumentAct{Business::update, {"H31.08", "145/BC-UBND", "2025-11-20", document.document}, "Sửa", {}, true, {{"H31.03", true}, {"H31.04", false}}};
    EXPECT_TRUE(has(written(document), R"(        <edXML:Bussiness>
          <edXML:BussinessDocType>2</edXML:BussinessDocType>
          <edXML:DocumentId>H31.08,2025/11/20,145/BC-UBND</edXML:DocumentId>
          <edXML:BussinessDocReason>Sửa</edXML:BussinessDocReason>
          <edXML:Paper>0</edXML:Paper>
          <edXML:BussinessDocumentInfo>
            <edXML:DocumentInfo>1</edXML:DocumentInfo>
            <edXML:DocumentReceiver>1</edXML:DocumentReceiver>
            <edXML:ReceiverList>
              <edXML:Receiver>
                <edXML:OrganId>H31.03</edXML:OrganId>
                <edXML:ReceiverType>1</edXML:ReceiverType>
              </edXML:Receiver>
              <edXML:Receiver>
                <edXML:OrganId>H31.04</edXML:OrganId>
                <edXML:ReceiverType>0</edXML:ReceiverType>
              </edXML:Receiver>
            </edXML:ReceiverList>
          </edXML:BussinessDocumentInfo>
        </edXML:Bussiness>
)"));
}

TEST(EdxmlWriter, AReplacementNamesWhatItReplacesAndWithWhom)
{
    NarrativeDocument document = report();
    document.act = DocumentAct{Business::replacement, {"H31.08", "140/BC-UBND", "2025-11-10", "H31.08,2025/11/10,140/BC-UBND"}, "Sửa", {"G22.99"}, false, {}};
    EXPECT_TRUE(has(written(document), R"(          <edXML:ReplacementInfoList>
            <edXML:ReplacementInfo>
              <edXML:DocumentId>H31.08,2025/11/10,140/BC-UBND</edXML:DocumentId>
              <edXML:OrganIdList>
                <edXML:OrganId>G22.99</edXML:OrganId>
              </edXML:OrganIdList>
            </edXML:ReplacementInfo>
          </edXML:ReplacementInfoList>
)"));
}

TEST(EdxmlWriter, AStatusIsAHeaderAndNothingElse)
{
    const DocumentStatus status{{"H31.08", "UBND <giả lập>"}, {"G22.99", "3/CV", "2025-11-19", "G22.99,2025/11/19,3/CV"}, "văn thư", "02", "Sai thẩm quyền", "2025/11/20 10:05:00"};
    const auto bytes = adapters::make_edxml_writer()->write(status);
    ASSERT_TRUE(bytes.ok());
    EXPECT_EQ(*bytes, R"(<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">
  <edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">
    <edXML:edXMLHeader>
      <edXML:MessageHeader>
        <edXML:From>
          <edXML:OrganId>H31.08</edXML:OrganId>
          <edXML:OrganName>UBND &lt;giả lập&gt;</edXML:OrganName>
        </edXML:From>
        <edXML:ResponseFor>
          <edXML:OrganId>G22.99</edXML:OrganId>
          <edXML:Code>3/CV</edXML:Code>
          <edXML:PromulgationDate>2025/11/19</edXML:PromulgationDate>
          <edXML:DocumentId>G22.99,2025/11/19,3/CV</edXML:DocumentId>
        </edXML:ResponseFor>
        <edXML:StaffInfo>
          <edXML:Staff>văn thư</edXML:Staff>
        </edXML:StaffInfo>
        <edXML:StatusCode>02</edXML:StatusCode>
        <edXML:Description>Sai thẩm quyền</edXML:Description>
        <edXML:Timestamp>2025/11/20 10:05:00</edXML:Timestamp>
      </edXML:MessageHeader>
    </edXML:edXMLHeader>
  </edXML:edXMLEnvelope>
</edXML>
)");
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
        DocumentStatus status;
        status.reason = subject;
        EXPECT_EQ(adapters::make_edxml_writer()->write(status).problem().code, "document.text");
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
