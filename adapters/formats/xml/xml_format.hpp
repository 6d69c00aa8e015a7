/// XML into a Tree: libxml2's SAX2 behind a linear scan that refuses what costs libxml2 dear.
#pragma once

#include "hub/ports/format.hpp"

namespace lienthong::adapters {

/// Format "xml". No document type, no entities but the five and character references, no network, UTF-8 only
/// (a byte order mark is allowed, XML 1.0 §4.3.3); comments and processing instructions are passed over.
/// Namespace declarations are not nodes. White space alone beside child elements is no text. Thread-safe.
///
/// Fails with: format.too_large, format.not_utf8, format.too_deep, format.too_many_nodes, format.xml.syntax,
/// format.xml.doctype, format.xml.entity, format.xml.attributes, format.xml.namespaces.
class XmlFormat final : public Format
{
public:
    [[nodiscard]] std::string_view name() const override { return "xml"; }
    using Format::read;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const override;
    /// Elements below the root, at whatever depth.
    [[nodiscard]] bool streams(const RecordPath& records, const Layout& /*layout*/) const override { return records.steps.size() > 1; }
    [[nodiscard]] Result<void> stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                      RecordSink& sink) const override;
};

}  // namespace lienthong::adapters
