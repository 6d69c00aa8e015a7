/// The bytes of a text document as UTF-8.
#pragma once

#include "hub/model/result.hpp"
#include "hub/model/tree.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace lienthong::adapters {

struct Decoded
{
    std::string text;                                 ///< UTF-8; NFC where it was converted.
    std::optional<Tree::Conversion> conversion{};  ///< Nothing of Unicode.
};

/// `encoding` as a layout names it: a word of text::encoding_from, "utf-16" with the byte order mark that says which, or
/// "detect": judged by the syllables of the whole document, and refused where that does not decide. A mark at the start is
/// not part of the text. Fails with: format.not_utf8 (place set), format.csv.encoding (bytes that the encoding has no letter
/// for, a mark of another, a word that means none, or nothing that decides). Thread-safe.
[[nodiscard]] Result<Decoded> decoded(std::string_view bytes, std::string_view encoding);

}  // namespace lienthong::adapters
