// Looks for signatures by their outer shape.
#include "adapters/formats/edxml/signature.hpp"

#include "adapters/formats/zip/zip_reader.hpp"
#include "hub/sdk/base64.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace lienthong::adapters {
namespace {

constexpr std::string_view zip_file = "PK\x03\x04", dsig = "http://www.w3.org/2000/09/xmldsig#";
constexpr std::size_t pdf_header_within = 1024;  ///< Readers look that far for the header (ISO 32000-1, annex H).

/// One DER value and nothing behind it, by its outermost length alone.
bool is_whole_der(std::string_view der)
{
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(der[at])); };
    if (der.size() < 2 || byte(0) != 0x30)
        return false;
    if (byte(1) < 0x80)
        return der.size() == 2 + byte(1);
    const std::size_t digits = byte(1) & 0x7FU;
    if (digits == 0 || digits > 4 || der.size() < 2 + digits)
        return false;
    std::size_t length = 0;
    for (std::size_t i = 0; i < digits; ++i)
        length = length << 8U | byte(2 + i);
    return der.size() == 2 + digits + length;
}

struct Seen
{
    bool anything = false;
    bool value = false;
    bool certificates_whole = true;
};

void look(const Tree& tree, NodeId at, Seen& seen)
{
    for (NodeId id = tree.node(at).first_child; id != no_node; id = tree.node(id).next) {
        const Tree::Node& node = tree.node(id);
        if (node.kind != NodeKind::element)
            continue;
        seen.anything = true;
        if (node.name == "SignatureValue") {
            const auto bytes = sdk::decode_base64(node.text);
            seen.value |= bytes && !bytes->empty();
        } else if (node.name == "X509Certificate") {
            const auto der = sdk::decode_base64(node.text);
            seen.certificates_whole &= der && is_whole_der(*der);
        }
        look(tree, id, seen);
    }
}

bool has(std::string_view bytes, std::string_view word)
{
    return bytes.find(word) != std::string_view::npos;
}

}  // namespace

std::string_view signature_state(const Tree& tree, NodeId signature)
{
    Seen seen;
    look(tree, signature, seen);
    if (!seen.anything)
        return "absent";
    return seen.value && seen.certificates_whole ? "present" : "unparsable";
}

std::string_view signed_inside(std::string_view bytes)
{
    constexpr std::array forms = {std::string_view("/adbe.pkcs7"), std::string_view("/ETSI.CAdES"), std::string_view("/adbe.x509")};
    if (bytes.substr(0, pdf_header_within).find("%PDF-") != std::string_view::npos) {
        const bool valued = std::any_of(forms.begin(), forms.end(), [&](std::string_view form) { return has(bytes, form); });
        return valued && has(bytes, "/ByteRange") ? "pdf" : "";
    }
    if (bytes.starts_with(zip_file)) {
        const auto archive = ZipReader::open(bytes);
        if (!archive)
            return "";
        const auto names = archive->names();
        const bool sealed = std::any_of(names.begin(), names.end(), [](std::string_view name) {
            return name.starts_with("_xmlsignatures/") && name.ends_with(".xml");
        });
        return sealed ? "ooxml" : "";
    }
    return has(bytes, dsig) && has(bytes, "SignatureValue") ? "xml" : "";
}

}  // namespace lienthong::adapters
