// Figures that ride in an edXML attachment are reached by path, and foreign dialects are named.
#include "adapters/formats/xml/edxml_format.hpp"
#include "adapters/formats/xml/base64.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;

namespace {

constexpr std::string_view uri = "http://www.mic.gov.vn/TBT/QCVN_102_2016";

std::string encoded(std::string_view bytes)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned bits = 0;
        for (std::size_t j = 0; j < 3; ++j)
            bits = bits << 8U | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            out += i + j > bytes.size() ? '=' : letters[bits >> (18 - 6 * j) & 63U];
    }
    return out;
}

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

}  // namespace

TEST(EdxmlFormat, GraftsTheDecodedAttachment)
{
    std::string wrapped = encoded(report);
    for (std::size_t at = 60; at < wrapped.size(); at += 62)
        wrapped.insert(at, "\r\n");
    const auto read = adapters::EdxmlFormat().read(package(attachment("cv.pdf", "application/pdf", encoded("%PDF-1.4")) +
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
        const auto tree = adapters::EdxmlFormat().read(package(attachment(name, type, encoded(bytes))), {});
        return tree && walk(tree.value(), {"AttachmentEncoded", "Attachment", "Decoded"}) != no_node;
    };
    EXPECT_TRUE(decoded("a.txt", "text/plain", report));
    EXPECT_TRUE(decoded("a.xml", "application/zip", "\xEF\xBB\xBF" + std::string(report)));
    EXPECT_FALSE(decoded("a.html", "text/html", "<!DOCTYPE html><p>x"));
    EXPECT_FALSE(decoded("a.xml", "application/zip", "PK\x03\x04rest")) << "a zip wrapper stays as it is";
    EXPECT_FALSE(decoded("a.xml", "application/xml", ""));
}

TEST(EdxmlFormat, RefusesDamagedContent)
{
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", "QUJ*"))), "format.edxml.base64");
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", "QUI"))), "format.edxml.base64");
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", encoded("not xml")))), "format.edxml.attachment");
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", encoded("<a><b></a>")))), "format.edxml.attachment");
    const auto tree = adapters::EdxmlFormat().read(package(attachment("a.xml", "text/xml", encoded("<a>\n</b>"))), {});
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
        return refusal(package(attachment("a.xml", "application/xml", encoded(xml))), limits);
    };
    EXPECT_EQ(deep(4), "read");
    EXPECT_EQ(deep(5), "format.too_deep");
    limits.depth = 64;
    limits.nodes = 20;
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", encoded("<a><b/><b/></a>"))), limits), "read");
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml",
                                         encoded("<a>" + std::string(20 * 4, ' ') +
                                                 "<b/><b/><b/><b/><b/><b/>"
                                                 "<b/><b/><b/><b/><b/><b/></a>"))),
                      limits),
              "format.too_many_nodes");
    EXPECT_EQ(refusal(package(attachment("a.xml", "application/xml", encoded("<!DOCTYPE a><a/>")))), "format.xml.doctype");
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

TEST(Base64, IsStrictButForWhiteSpace)
{
    EXPECT_EQ(adapters::decode_base64(" QU\r\nJD\t"), "ABC");
    EXPECT_EQ(adapters::decode_base64("QUI="), "AB");
    EXPECT_EQ(adapters::decode_base64("QQ=\n="), "A");
    EXPECT_EQ(adapters::decode_base64(""), "");
    for (const char* bad : {"Q", "QQ", "QQ=", "QQ===", "QR==", "QUJ=", "=QUI", "QU=I", "QUJD=", "QUJ-", "===="})
        EXPECT_FALSE(adapters::decode_base64(bad)) << bad;
}
