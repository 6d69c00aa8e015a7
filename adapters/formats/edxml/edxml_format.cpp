// Format "edxml": recognises the package, refuses its foreign relatives, decodes attachments that are XML or workbooks.
#include "adapters/formats/edxml/edxml_format.hpp"

#include "adapters/formats/edxml/attachment.hpp"
#include "adapters/formats/edxml/recipients.hpp"
#include "adapters/formats/edxml/signature.hpp"
#include "adapters/formats/place/place.hpp"
#include "adapters/formats/xlsx/xlsx_format.hpp"
#include "adapters/formats/xml/xml_builder.hpp"
#include "hub/sdk/base64.hpp"
#include "hub/text/organ_code.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace lienthong::adapters {
namespace {

Problem problem_of(const char* code, std::string detail, std::string_view found = {})
{
    Problem problem;
    problem.code = code;
    problem.detail = std::move(detail);
    problem.found = shortened(found);
    problem.rule = "QCVN 102:2016/BTTTT";
    return problem;
}

std::optional<Problem> variant(std::string detail, std::string_view found)
{
    return problem_of("format.edxml.variant", std::move(detail), found);
}

std::string_view without_mark_and_space(std::string_view bytes)
{
    bytes = without_mark(bytes);
    const std::size_t start = bytes.find_first_not_of(" \t\r\n");
    return start == std::string_view::npos ? std::string_view{} : bytes.substr(start);
}

/// What can be told without parsing.
std::optional<Problem> foreign_bytes(std::string_view bytes)
{
    const std::string_view start = without_mark_and_space(bytes);
    if (start.starts_with('{'))
        return variant("a package flattened to JSON", start.substr(0, 40));
    if (!start.starts_with('<') && bytes.substr(0, 4096).find("<?xml") != std::string_view::npos)
        return variant("bytes before the XML declaration", start.substr(0, 40));
    return std::nullopt;
}

std::optional<Problem> foreign_root(const Tree::Node& root)
{
    if (root.space == "http://www.e-doc.vn/Schema/" || root.name == "Envelope")
        return variant("the older edXML in a SOAP envelope", root.space);
    if (root.name == "AllDocument")
        return variant("the AllDocument family of văn bản 512 and 2803", root.name);
    if (root.space == "http://www.go.vn/eDoc" || root.name == "EdXMLEnvelope")
        return variant("the withdrawn EdXMLEnvelope dialect", root.space);
    if (root.name != "edXML")
        return problem_of("format.edxml.not_edxml", "the root element is not edXML", root.name);
    return std::nullopt;
}

std::optional<Problem> foreign_element(const Tree::Node& element)
{
    if (element.space == "http://www.e-doc.vn/Schema/")
        return variant("the older edXML in a SOAP envelope", element.space);
    if (element.name == "edXMLAttachments" || element.name == "AttachmentData")
        return variant("attachments inside the envelope", element.name);
    return std::nullopt;
}

bool same_any_case(std::string_view text, std::string_view lower)
{
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(), same);
}

std::string_view text_of(const Tree& tree, NodeId attachment, std::string_view name)
{
    const NodeId id = tree.child(attachment, name);
    return id == no_node ? std::string_view{} : tree.node(id).text;
}

/// The package's own word for it.
bool declared_as_xml(const Tree& tree, NodeId attachment)
{
    for (const char* name : {"ContentType", "MimeType"})
        if (const auto type = text_of(tree, attachment, name);
            same_any_case(type, "application/xml") || same_any_case(type, "text/xml"))
            return true;
    return false;
}

std::string name_of(const Tree& tree, NodeId attachment)
{
    return "'" + shortened(text_of(tree, attachment, "AttachmentName"), 80) + "'";
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    return start == std::string_view::npos ? std::string_view{} : text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
}

std::size_t depth_of(const Tree& tree, NodeId id)
{
    std::size_t depth = 0;
    for (NodeId at = id; at != no_node; at = tree.node(at).parent)
        ++depth;
    return depth;
}

class Package
{
public:
    Package(Tree& tree, std::string_view document, const Layout& layout, const FormatLimits& limits)
        : tree_(tree), document_(document), layout_(layout), limits_(limits)
    {
    }

    std::optional<Problem> opened(NodeId id) const
    {
        return tree_.node(id).parent == no_node ? foreign_root(tree_.node(id)) : foreign_element(tree_.node(id));
    }

    std::optional<Problem> closed(NodeId id)
    {
        const std::string_view name = tree_.node(id).name;
        if (name == "Attachment")
            return attached(id);
        if (name == "OrganId")
            tree_.set_text(tree_.append(id, NodeKind::attribute, "code", tree_.node(id).offset),
                           tree_.keep(text::newer_organ_code(trimmed(tree_.node(id).text))));
        else if (name == "MessageHeader")
            number_recipients(tree_, id);
        else if ((name == "Signature" || name == "DigitalSignature") && is_in_header(id))
            in_header_ = signature_state(tree_, id);
        else if (tree_.node(id).parent == no_node)
            say_signing(id);
        return std::nullopt;
    }

    /// That no workbook of the package has the table the layout asks for; to be asked when all has been read.
    [[nodiscard]] std::optional<Problem> lacking() const { return has_tables_ ? std::nullopt : no_table_; }

private:
    [[nodiscard]] bool is_in_header(NodeId id) const { return tree_.node(tree_.node(id).parent).name == "edXMLHeader"; }

    /// What was seen of signatures, as a last child of the root.
    void say_signing(NodeId root)
    {
        const NodeId signing = tree_.append(root, NodeKind::element, "Signing", tree_.node(root).offset);
        const auto say = [&](std::string_view name, std::string_view text) {
            tree_.set_text(tree_.append(signing, NodeKind::attribute, name, tree_.node(root).offset), tree_.keep(text));
        };
        say("header", in_header_);
        say("attachments", std::to_string(attachments_));
        say("signed", std::to_string(signed_));
    }

    std::optional<Problem> attached(NodeId id)
    {
        ++attachments_;
        const NodeId content = tree_.child(id, "ContentTransferEncoded");
        if (content == no_node)
            return std::nullopt;
        const std::uint32_t offset = tree_.node(content).offset;
        auto bytes = sdk::decode_base64(tree_.node(content).text);
        if (!bytes)
            return placed(problem_of("format.edxml.base64", "the content of attachment " + name_of(tree_, id) + " is not base64"),
                          document_, offset);
        const auto attachment = attachment_of(*std::move(bytes), text_of(tree_, id, "AttachmentName"), declared_as_xml(tree_, id));
        if (!attachment)
            return unreadable(id, attachment.problem(), offset);
        if (!signed_inside(attachment->bytes).empty())
            ++signed_;
        const auto large = too_large(attachment->bytes, limits_);
        switch (attachment->kind) {
            case AttachmentKind::perhaps_xml:
                return !large && readable_alone(attachment->bytes, offset) ? graft(id, *attachment, offset) : std::nullopt;
            case AttachmentKind::xml:
                if (large)
                    return unreadable(id, *large, offset);
                return attachment->bytes.empty() ? std::nullopt : graft(id, *attachment, offset);
            case AttachmentKind::workbook:
                if (large)
                    return unreadable(id, *large, offset);
                return graft_workbook(id, *attachment, offset);
            case AttachmentKind::other:
                break;
        }
        return std::nullopt;
    }

    /// Nobody promised XML, so what only looks like it is left alone, HTML for one.
    [[nodiscard]] bool readable_alone(std::string_view bytes, std::uint32_t offset) const
    {
        Tree alone;
        const XmlTarget apart{alone, no_node, 0, offset, {}, {}};
        return build_xml(bytes, limits_, apart).ok();
    }

    NodeId decoded_of(NodeId id, const Attachment& attachment, std::string_view type, std::uint32_t offset)
    {
        const NodeId decoded = tree_.append(id, NodeKind::element, "Decoded", offset);
        const auto say = [&](std::string_view name, std::string_view text) {
            tree_.set_text(tree_.append(decoded, NodeKind::attribute, name, offset), text);
        };
        say("type", type);
        say("unwrapped", attachment.unwrapped ? "true" : "false");
        return decoded;
    }

    std::optional<Problem> graft(NodeId id, const Attachment& attachment, std::uint32_t offset)
    {
        const NodeId decoded = decoded_of(id, attachment, "xml", offset);
        const XmlTarget inside{tree_, decoded, depth_of(tree_, decoded), offset, {}, {}};
        const auto built = build_xml(attachment.bytes, limits_, inside);
        return built ? std::nullopt : unreadable(id, built.problem(), offset);
    }

    std::optional<Problem> graft_workbook(NodeId id, const Attachment& attachment, std::uint32_t offset)
    {
        const NodeId decoded = decoded_of(id, attachment, "xlsx", offset);
        const TablesPlace place{decoded, text_of(tree_, id, "AttachmentName")};
        auto problem = append_workbook(attachment.bytes, layout_, limits_, tree_, place);
        if (!problem) {
            has_tables_ = true;
            return std::nullopt;
        }
        // A package may hold several workbooks, of which one is the report.
        if (problem->code != "format.grid.no_table")
            return unreadable(id, *problem, offset);
        no_table_ = unreadable(id, *std::move(problem), offset);
        return std::nullopt;
    }

    /// What is wrong inside an attachment, told as of the package.
    std::optional<Problem> unreadable(NodeId id, const Problem& inner, std::uint32_t offset) const
    {
        const bool syntax = inner.code == "format.xml.syntax" || inner.code == "format.not_utf8";
        Problem problem = problem_of(syntax ? "format.edxml.attachment" : inner.code.c_str(),
                                     "in attachment " + name_of(tree_, id) + (inner.place.empty() ? "" : " at " + inner.place) + ": " + inner.detail,
                                     inner.found);
        problem.expected = inner.expected;
        return placed(std::move(problem), document_, offset);
    }

    Tree& tree_;
    std::string_view document_;
    const Layout& layout_;
    const FormatLimits& limits_;
    std::optional<Problem> no_table_;
    bool has_tables_ = false;
    std::string_view in_header_ = "absent";
    std::size_t attachments_ = 0, signed_ = 0;
};

}  // namespace

Result<Tree> EdxmlFormat::read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const
{
    FormatLimits of_package = limits;
    of_package.bytes = limits.package_bytes;
    if (auto problem = too_large(bytes, of_package))
        return *std::move(problem);
    if (auto foreign = foreign_bytes(bytes))
        return placed(*std::move(foreign), bytes, 0);
    Tree tree;
    Package package(tree, without_mark(bytes), layout, limits);
    XmlTarget target{
        tree, no_node, 0, {}, [&](NodeId id) { return package.opened(id); }, [&](NodeId id) { return package.closed(id); }};
    if (const auto built = build_xml(bytes, of_package, target); !built)
        return built.problem();
    if (auto lacking = package.lacking())
        return *std::move(lacking);
    return tree;
}

}  // namespace lienthong::adapters
