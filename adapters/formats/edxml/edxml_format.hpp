/// edXML packages (QCVN 102:2016/BTTTT) into a Tree, with the XML and the workbooks that ride in their attachments.
#pragma once

#include "hub/ports/format.hpp"

namespace lienthong::adapters {

/// Format "edxml": XML whose root is edXML by local name. An Attachment whose base64 content is XML or a workbook gains a last
/// child element `Decoded`: with attribute `type`, "xml" or "xlsx"; with attribute `unwrapped`, whether it came packed in an
/// archive of its own (attachment.hpp); and with the document's root, or the workbook's `tables` as the mapping's layout finds
/// them (grid/tables.hpp). Depth and number of nodes count together with the package's. Any other content stays as it is.
/// Each OrganId gains an attribute `code`, its newer form, and each To that names another body a last child `Number`
/// (recipients.hpp). The root gains a last child `Signing`: `header` says how the signature of the header stands
/// (signature.hpp), `attachments` how many there are, `signed` how many of them are signed inside.
/// Nothing inside Decoded is decoded again. Nodes of XML inside have the offset of their ContentTransferEncoded; cells of a
/// workbook have marks, `bao-cao.xlsx 'IIP'!B7`. Thread-safe.
///
/// Fails with: what "xml" and "xlsx" fail with, and format.edxml.variant (a foreign dialect, named in detail),
/// format.edxml.not_edxml, format.edxml.base64, format.edxml.attachment (declared as XML but unreadable).
class EdxmlFormat final : public Format
{
public:
    [[nodiscard]] std::string_view name() const override { return "edxml"; }
    using Format::read;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const override;
};

}  // namespace lienthong::adapters
