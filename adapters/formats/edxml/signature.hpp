/// What can be seen of signatures in an edXML package without trusting anybody: whether they are there and whole.
///
/// Nothing is verified. Real packages carry the signature of a development kit's sample, or a certificate that was cut off, so
/// a signature in the header proves nothing; the seal of an authority stands inside the attachment.
#pragma once

#include "hub/model/tree.hpp"

#include <string_view>

namespace lienthong::adapters {

/// Of a Signature or DigitalSignature element: "absent" when it is empty, "present" when it has a signature value and each of
/// its certificates is one whole DER value, else "unparsable". Thread-safe.
[[nodiscard]] std::string_view signature_state(const Tree& tree, NodeId signature);

/// Which signature an attachment has inside: "pdf" (ISO 32000-1, 12.8: a byte range and a CMS or CAdES value), "ooxml" (ECMA-376
/// part 2: a part below _xmlsignatures), "xml" (XML-DSig), or nothing. Thread-safe.
[[nodiscard]] std::string_view signed_inside(std::string_view bytes);

}  // namespace lienthong::adapters
