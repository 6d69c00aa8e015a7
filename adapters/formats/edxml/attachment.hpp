/// What an attachment of an edXML package really holds, whatever the package says of it.
#pragma once

#include "hub/model/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace lienthong::adapters {

enum class AttachmentKind : std::uint8_t {
    xml,          ///< Declared as XML, or named so.
    perhaps_xml,  ///< Begins as XML does, which nobody promised: HTML for one begins so too.
    workbook,     ///< Named .xlsx, or an archive with a workbook's own part.
    other,        ///< Left as it is.
};

struct Attachment
{
    std::string bytes;
    AttachmentKind kind = AttachmentKind::other;
    bool unwrapped = false;  ///< The sending system had packed it into an archive of its own.
};

/// `bytes` is the content after base64; `name` and `declared_as_xml` are what the package says: AttachmentName, and whether
/// ContentType or MimeType is XML. Document systems pack most kinds of file into an archive with one entry of the same ending ("unk" for any),
/// and call it what they like; a workbook is an archive too, with many entries. So an archive is opened exactly when it has one
/// entry and that has the ending of the attachment. Fails with: format.zip.damaged, of such an entry; what an archive cannot be
/// opened for, where XML was promised. Thread-safe.
[[nodiscard]] Result<Attachment> attachment_of(std::string bytes, std::string_view name, bool declared_as_xml);

}  // namespace lienthong::adapters
