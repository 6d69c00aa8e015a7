// What a package shows of signatures, and whom it names.
#include "adapters/formats/edxml/edxml_format.hpp"
#include "hub/seal/digest.hpp"
#include "tests/unit/formats/workbook_builder.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace lienthong;
using namespace lienthong::testing;

namespace {

using seal::to_base64;

std::string package(const std::string& header, const std::vector<std::string>& attachments = {})
{
    std::string out = "<edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"><edXMLEnvelope><edXMLHeader>" + header +
                      "</edXMLHeader></edXMLEnvelope><AttachmentEncoded>";
    for (const std::string& bytes : attachments)
        out += "<Attachment><AttachmentName>a.bin</AttachmentName><ContentTransferEncoded>" + to_base64(bytes) +
               "</ContentTransferEncoded></Attachment>";
    return out + "</AttachmentEncoded></edXML>";
}

/// "header/attachments/signed"
std::string signing(const std::string& text)
{
    const auto tree = adapters::EdxmlFormat().read(text, {});
    if (!tree)
        return tree.problem().code;
    const NodeId signing = tree->child(root_node, "Signing");
    const auto word = [&](const char* name) { return std::string(tree->node(tree->attribute(signing, name)).text); };
    return word("header") + "/" + word("attachments") + "/" + word("signed");
}

std::string signature(const std::string& value, const std::string& certificate)
{
    return "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignatureValue>" + value +
           "</SignatureValue><KeyInfo><X509Data><X509Certificate>" + certificate + "</X509Certificate></X509Data></KeyInfo></Signature>";
}

}  // namespace

TEST(EdxmlSigning, TheHeadersSignatureIsAbsentUnparsableOrPresent)
{
    const std::string whole = to_base64(std::string("\x30\x03\x02\x01\x05", 5));
    const std::string longer = to_base64("\x30\x82\x01\x00" + std::string(256, 'x'));
    EXPECT_EQ(signing(package("")), "absent/0/0");
    EXPECT_EQ(signing(package("<DigitalSignature/>")), "absent/0/0") << "an empty one is none";
    EXPECT_EQ(signing(package(signature("AAEC", whole))), "present/0/0");
    EXPECT_EQ(signing(package(signature("AAEC", to_base64(std::string("\x30\x82\x01\x00", 4) + std::string(256, 'x'))))), "present/0/0");
    EXPECT_EQ(signing(package(signature("AAEC", "MIIC"))), "unparsable/0/0") << "a certificate that was cut off";
    EXPECT_EQ(signing(package(signature("*", whole))), "unparsable/0/0");
    EXPECT_EQ(signing(package(signature("", whole))), "unparsable/0/0");
    EXPECT_EQ(signing(package("<MessageHeader>" + signature("AAEC", whole) + "</MessageHeader>")), "absent/0/0") << "not the header's own";
}

TEST(EdxmlSigning, SignaturesInsideAttachmentsAreSeen)
{
    const std::string pdf = "%PDF-1.7\n<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]>>";
    const std::string cades = "%PDF-1.7\n<</ByteRange [0 1 2 3] /SubFilter /ETSI.CAdES.detached>>";
    const std::string office = zip_of({{"word/document.xml", "<a/>"}, {"_xmlsignatures/sig1.xml", "<s/>"}});
    const std::string xml = "<a><Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignatureValue>AA==</SignatureValue></Signature></a>";
    EXPECT_EQ(signing(package("", {pdf, cades, office, xml})), "absent/4/4");
    EXPECT_EQ(signing(package("", {"%PDF-1.7\nplain", "%PDF-1.7\n/ByteRange of nothing", zip_of({{"word/document.xml", "<a/>"}, {"word/b.xml", "<b/>"}}), "<a/>", "text"})),
              "absent/5/0");
}

TEST(EdxmlSigning, EachBodyIsCountedOnceWhateverItsCode)
{
    const auto to = [](const char* code) { return "<To><OrganId> " + std::string(code) + " </OrganId></To>"; };
    const auto tree = adapters::EdxmlFormat().read(
        package("<MessageHeader>" + to("G12") + to("000.00.00.G12") + to("02.29.W00") + "<To/>" + to("000.00.14.H52") + "</MessageHeader>"), {});
    ASSERT_TRUE(tree.ok()) << tree.problem().sentence();
    const NodeId header = tree->child(tree->child(tree->child(root_node, "edXMLEnvelope"), "edXMLHeader"), "MessageHeader");
    std::string seen;
    for (NodeId id = tree->node(header).first_child; id != no_node; id = tree->node(id).next) {
        const NodeId number = tree->child(id, "Number"), organ = tree->child(id, "OrganId");
        seen += (number == no_node ? "-" : std::string(tree->node(number).text)) + ":" +
                (organ == no_node ? "" : std::string(tree->node(tree->attribute(organ, "code")).text)) + " ";
    }
    EXPECT_EQ(seen, "1:G12 -:G12 -:W00.29.02 -: 2:H52.14 ");
}
