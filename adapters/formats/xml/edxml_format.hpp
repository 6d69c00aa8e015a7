/// edXML packages (QCVN 102:2016/BTTTT) into a Tree, with the XML that rides in their attachments.
#pragma once

#include "hub/ports/format.hpp"

namespace lienthong::adapters {

/// Format "edxml": XML whose root is edXML by local name. An Attachment whose base64 content is XML gains a last
/// child element `Decoded` that holds the document's root; depth and number of nodes count together with the
/// package's. Any other content, also a zip wrapper, stays as it is. Nothing inside Decoded is decoded again.
/// Nodes inside Decoded have the offset of their ContentTransferEncoded. Thread-safe.
///
/// Fails with: what "xml" fails with, and format.edxml.variant (a foreign dialect, named in detail),
/// format.edxml.not_edxml, format.edxml.base64, format.edxml.attachment (declared as XML but unreadable).
class EdxmlFormat final : public Format
{
public:
    [[nodiscard]] std::string_view name() const override { return "edxml"; }
    using Format::read;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const override;
};

}  // namespace lienthong::adapters
