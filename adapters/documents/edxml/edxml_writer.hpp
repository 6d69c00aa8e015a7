/// edXML packages (QCVN 102:2016/BTTTT) out of reports: the way out of what adapters/formats/edxml reads.
#pragma once

#include "hub/ports/document_writer.hpp"

#include <memory>

namespace lienthong::adapters {

/// Writes the pattern of prefixes that readers by string and .NET serializers expect, letter by letter: edXML: inside the envelope,
/// none outside of it, and the prefix declared anew at each content. Attachments named .pdf, .doc, .docx, .xsl, .xslx or .zip go
/// as they are; all others, .xlsx among them, in an archive with one entry, as the reference client does.
[[nodiscard]] std::shared_ptr<const DocumentWriter> make_edxml_writer();

}  // namespace lienthong::adapters
