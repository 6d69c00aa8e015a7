/// Document text: what a text of a document is before a mapping sees it.
#pragma once

#include <string_view>

namespace lienthong::mapping {

/// Without blanks, tabs, line ends and U+00A0 around it.
[[nodiscard]] std::string_view without_blanks(std::string_view text);

/// True for text of which every character is in a block where nothing composes: ASCII, Latin-1 to IPA, and Latin
/// Extended Additional, which hold every composed Vietnamese letter. False means: ask ICU.
[[nodiscard]] bool is_surely_nfc(std::string_view text);

}  // namespace lienthong::mapping
