// Figures that ride in an edXML attachment are reached by path, and foreign dialects are named.
#include "adapters/formats/edxml/edxml_format.hpp"
#include "hub/seal/digest.hpp"
#include "tests/unit/formats/workbook_builder.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

constexpr std::string_view uri = "http://www.mic.gov.vn/TBT/QCVN_102_2016";

using seal::to_base64;

std::string attachment(std::string_view name, std::string_view type, std::string_view content)
{
    return "<Attachment><ContentId>cid:1</ContentId><AttachmentName>" + std::string(name) + "</AttachmentName><ContentType>" +
           std::string(type) + "</ContentType><edXML:ContentTransferEncoded xmlns:edXML=\"" + std::string(uri) + "\">" +
           std::string(content) + "</edXML:ContentTransferEncoded></Attachment>";
}

std::string package(std::string_view attachments)
{
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<edXML xmlns=\"" + std::string(uri) +
           "\"><edXML:edXMLEnvelope xmlns:edXML=\"" + std::string(uri) +
           "\"><edXML:edXMLHeader/></edXML:edXMLEnvelope><AttachmentEncoded>" + std::string(attachments) +
           "</AttachmentEncoded></edXML>";
}

constexpr std::string_view report = "<SoLieuBaoCao kyBaoCao=\"03/2025\"><ChiTieu ma=\"TNGT_SOVU\">17</ChiTieu></SoLieuBaoCao>";

NodeId walk(const Tree& tree, std::initializer_list<const char*> names)
{
    NodeId at = root_node;
    for (const char* name : names)
        at = at == no_node ? no_node : tree.child(at, name);
    return at;
}

std::string refusal(std::string_view text, const FormatLimits& limits = {})
{
    const auto tree = adapters::EdxmlFormat().read(text, limits);
    return tree ? "read" : tree.problem().code;
}

Book workbook(const std::string& sheet = "IIP")
{
    return {.sheets = {{sheet, rows_of({"A1=#t:Tên|B1=#t:Giá trị", "A2=#t:Khai khoáng|B2=87.02"})}}};
}

}  // namespace

TEST(EdxmlFormat, GraftsTheDecodedAttachment)
{
    std::string wrapped = to_base64(report);
    for (std::size_t at = 60; at < wrapped.size(); at += 62)
        wrapped.insert(at, "\r\n");
    const auto read = adapters::EdxmlFormat().read(package(attachment("cv.pdf", "application/pdf", to_base64("%PDF-1.4")) +
                                                           attachment("so-lieu.xml", "application/xml", wrapped)),
                                                   {});
    ASSERT_TRUE(read.ok()) << read.problem().sentence();
    const Tree& tree = read.value();
    const NodeId first = walk(tree, {"AttachmentEncoded", "Attachment"});
    EXPECT_EQ(tree.child(first, "Decoded"), no_node);
    const NodeId decoded = tree.child(tree.node(first).next, "Decoded");
    const NodeId figure = tree.child(tree.child(decoded, "SoLieuBaoCao"), "ChiTieu");
    EXPECT_EQ(tree.node(figure).text, "17");
    EXPECT_EQ(tree.node(tree.attribute(figure, "ma")).text, "TNGT_SOVU");
    EXPECT_EQ(tree.place(figure), "/edXML[1]/AttachmentEncoded[1]/Attachment[2]/Decoded[1]/SoLieuBaoCao[1]/ChiTieu[1]");
}

TEST(EdxmlFormat, DecodesXmlNobodyDeclaredAndLeavesTheRestAlone)
{
    const auto decoded = [](std::string_view name, std::string_view type, std::string_view bytes) {
        const auto tree = adapters::EdxmlFormat().read(package(attachment(name, type, to_base64(bytes))), {});
        return tree && walk(tree.value(), {"AttachmentEncoded", "Attachment", "Decoded"}) != no_node;
    };
    EXPECT_TRUE(decoded("a.txt", "text/plain", report));
    EXPECT_TRUE(decoded("a.xml", "application/zip", "\xEF\xBB\xBF" + std::string(report)));
    EXPECT_FALSE(decoded("a.html", "text/html", "<!DOCTYPE html><p>x"));
    EXPECT_FALSE(decoded("a.pdf", "application/zip", "PK\x03\x04rest")) << "nobody promised that it can be read";
    EXPECT_FALSE(decoded("a.xml", "application/xml", ""));
}

TEST(EdxmlFormat, RefusesDamagedContent)
{
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", "QUJ*"))), "format.edxml.base64");
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", "QUI"))), "format.edxml.base64");
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", to_base64("not xml")))), "format.edxml.attachment");
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", to_base64("<a><b></a>")))), "format.edxml.attachment");
    const auto tree = adapters::EdxmlFormat().read(package(attachment("a.xml", "text/xml", to_base64("<a>\n</b>"))), {});
    ASSERT_FALSE(tree.ok());
    EXPECT_EQ(tree.problem().place.substr(0, 2), "2:") << "the place in the package";
    EXPECT_NE(tree.problem().detail.find("'a.xml' at 2:"), std::string::npos) << tree.problem().detail;
}

TEST(EdxmlFormat, CountsDepthAndNodesTogetherWithThePackage)
{
    FormatLimits limits;
    limits.depth = 8;
    const auto deep = [&](int levels) {
        std::string xml = "x";
        for (int i = 0; i < levels; ++i)
            xml = "<a>" + xml + "</a>";
        return refusal(package(attachment("a.xml", "application/xml", to_base64(xml))), limits);
    };
    EXPECT_EQ(deep(4), "read");
    EXPECT_EQ(deep(5), "format.too_deep");
    limits.depth = 64;
    limits.nodes = 22;
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", to_base64("<a><b/><b/></a>"))), limits), "read");
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml",
                                         to_base64("<a>" + std::string(20 * 4, ' ') +
                                                 "<b/><b/><b/><b/><b/><b/>"
                                                 "<b/><b/><b/><b/><b/><b/></a>"))),
                      limits),
              "format.too_many_nodes");
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", to_base64("<!DOCTYPE a><a/>")))), "format.xml.doctype");
}

TEST(EdxmlFormat, ReadsTheFiguresBesideAScanOfTensOfMegabytes)
{
    const std::string scan = "%PDF-1.7\n" + std::string(40'000'000, '\xE9');
    const std::string both = package(attachment("bao-cao.pdf", "application/pdf", to_base64(scan)) +
                                     attachment("so-lieu.xml", "application/xml", to_base64(report)));
    ASSERT_GT(both.size(), std::size_t{50'000'000});
    const auto tree = adapters::EdxmlFormat().read(both, {});
    ASSERT_TRUE(tree.ok()) << tree.problem().sentence();
    const NodeId first = walk(*tree, {"AttachmentEncoded", "Attachment"});
    EXPECT_EQ(tree->child(first, "Decoded"), no_node);
    EXPECT_NE(tree->child(tree->node(first).next, "Decoded"), no_node);
    FormatLimits limits;
    limits.package_bytes = both.size() - 1;
    EXPECT_EQ(refusal(both, limits), "format.too_large");
    limits = {};
    limits.bytes = report.size() - 1;
    EXPECT_EQ(refusal(both, limits), "format.too_large") << "a file that is read keeps to its own limit";
}

TEST(EdxmlFormat, OpensTheArchiveADocumentSystemWrapsAnAttachmentIn)
{
    const auto type_of = [](std::string_view name, const std::vector<ZipEntry>& entries) {
        const auto tree = adapters::EdxmlFormat().read(package(attachment(name, "application/zip", to_base64(zip_of(entries)))), {});
        if (!tree)
            return tree.problem().code;
        const NodeId decoded = walk(*tree, {"AttachmentEncoded", "Attachment", "Decoded"});
        return decoded == no_node ? std::string("left alone")
                                  : std::string(tree->node(tree->attribute(decoded, "type")).text) + " " +
                                        std::string(tree->node(tree->attribute(decoded, "unwrapped")).text);
    };
    const std::string xml(report), book = workbook().bytes();
    EXPECT_EQ(type_of("so-lieu.xml", {{"0b9c.xml", xml}}), "xml true");
    EXPECT_EQ(type_of("SO-LIEU.XML", {{"0b9c.unk", xml}}), "xml true");
    EXPECT_EQ(type_of("bao-cao.xlsx", {{"0b9c.xlsx", book, false}}), "xlsx true");
    EXPECT_EQ(type_of("bao-cao.XLSX", workbook().parts()), "xlsx false") << "a workbook is an archive itself";
    EXPECT_EQ(type_of("khong-ten", workbook().parts()), "xlsx false") << "told by what is in it";
    EXPECT_EQ(type_of("a.zip", {{"a.zip", xml}}), "left alone");
    EXPECT_EQ(type_of("a.docx", {{"word/document.xml", xml}, {"[Content_Types].xml", xml}}), "left alone");
    EXPECT_EQ(type_of("a.pdf", {{"a.xml", xml}}), "left alone") << "another ending: no wrapper";
    EXPECT_EQ(type_of("a.xml", {{"a.xml", xml}, {"b.xml", xml}}), "format.edxml.attachment") << "promised XML, and two files are none";
    EXPECT_EQ(type_of("a.xml", {{"a.xml", xml, true, 7U}}), "format.zip.damaged") << "a wrong check sum";
    EXPECT_EQ(type_of("a.xml", {{"a.xml", std::string(200'000, ' ')}}), "format.zip.too_large") << "packed too well to be opened";
    EXPECT_EQ(type_of("a.xlsx", {{"a.txt", "x"}}), "format.xlsx.not_workbook");
    const auto cut = adapters::EdxmlFormat().read(package(attachment("a.xml", "application/zip", to_base64("PK\x03\x04rest"))), {});
    ASSERT_FALSE(cut.ok());
    EXPECT_EQ(cut.problem().code, "format.zip.damaged") << "an archive that is cut off is no text in another encoding";
}

TEST(EdxmlFormat, TablesOfAWorkbookHangUnderItsAttachment)
{
    const std::string two = attachment("phu-luc.xlsx", "application/zip", to_base64(workbook("Phụ lục").bytes())) +
                            attachment("bao-cao.xlsx", "application/zip", to_base64(zip_of({{"1.xlsx", workbook("IIP").bytes(), false}})));
    Layout layout;
    const auto all = adapters::EdxmlFormat().read(package(two), layout, {});
    ASSERT_TRUE(all.ok()) << all.problem().sentence();
    const auto cell = [](const Tree& tree, int number) {
        NodeId at = walk(tree, {"AttachmentEncoded", "Attachment"});
        for (int i = 1; i < number; ++i)
            at = tree.node(at).next;
        for (const char* name : {"Decoded", "tables"})
            at = tree.child(at, name);
        at = at == no_node ? at : tree.node(at).first_child;
        at = at == no_node ? at : tree.child(at, "records");
        return at == no_node ? at : tree.child(tree.node(at).first_child, "Giá trị");
    };
    ASSERT_NE(cell(*all, 2), no_node);
    EXPECT_EQ(all->node(cell(*all, 2)).text, "87.02");
    EXPECT_EQ(all->place(cell(*all, 2)), "bao-cao.xlsx 'IIP'!B2");
    EXPECT_EQ(all->place(cell(*all, 1)), "phu-luc.xlsx 'Phụ lục'!B2");

    layout.header = {"Giá trị"};
    layout.title = {"không ở đâu"};
    const auto none = adapters::EdxmlFormat().read(package(two), layout, {});
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.problem().code, "format.grid.no_table");
    EXPECT_NE(none.problem().detail.find("bao-cao.xlsx"), std::string::npos) << none.problem().sentence();
    EXPECT_TRUE(adapters::EdxmlFormat().read(package(attachment("cv.pdf", "application/pdf", to_base64("%PDF-1.4"))), layout, {}).ok())
        << "without a workbook nothing is missed here; the mapping says that there are no records";
}

TEST(EdxmlFormat, NamesForeignDialects)
{
    const auto told = [](std::string_view text) {
        const auto tree = adapters::EdxmlFormat().read(text, {});
        return tree ? std::string("read") : tree.problem().code + ": " + tree.problem().detail;
    };
    EXPECT_EQ(told("<SOAP-ENV:Envelope xmlns:SOAP-ENV='http://schemas.xmlsoap.org/soap/envelope/'><x/></SOAP-ENV:Envelope>"),
              "format.edxml.variant: the older edXML in a SOAP envelope");
    EXPECT_EQ(told("<edXML xmlns='http://www.e-doc.vn/Schema/'/>"), "format.edxml.variant: the older edXML in a SOAP envelope");
    EXPECT_EQ(told("<AllDocument><Document/></AllDocument>"),
              "format.edxml.variant: the AllDocument family of văn bản 512 and 2803");
    EXPECT_EQ(told("<EdXMLEnvelope xmlns='http://www.go.vn/eDoc'/>"),
              "format.edxml.variant: the withdrawn EdXMLEnvelope dialect");
    EXPECT_EQ(told("<edXML><edXMLEnvelope><edXMLAttachments/></edXMLEnvelope></edXML>"),
              "format.edxml.variant: attachments inside the envelope");
    EXPECT_EQ(told("rác<?xml version='1.0'?><edXML/>"), "format.edxml.variant: bytes before the XML declaration");
    EXPECT_EQ(told("{\"header_messageheader_from_organid\":\"H31\"}"), "format.edxml.variant: a package flattened to JSON");
    EXPECT_EQ(told("<html/>"), "format.edxml.not_edxml: the root element is not edXML");
    EXPECT_EQ(told("<edXML><edXMLEnvelope/></edXML>"), "read") << "by local name";
}
