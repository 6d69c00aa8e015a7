/// Legacy encodings of Vietnamese: bytes to UTF-8 in NFC, and back.
///
/// The tables are our own, so that a worker that may open no file (iconv loads its tables from files) reads them too.
/// All functions are thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::text {

enum class Encoding : std::uint8_t {
    ascii,            ///< Nothing else stands in the text; it is the same in every encoding below but UTF-16.
    utf8,             ///< Composed letters (NFC), as TCVN 6909:2001 is exchanged.
    utf8_decomposed,  ///< Letters and marks apart (NFD).
    utf16le,          ///< With or without a byte order mark.
    utf16be,
    tcvn3,       ///< ABC, the .Vn… fonts: TCVN 5712:1993 VN3, which has no capital letters with tones.
    tcvn5712_1,  ///< TCVN 5712:1993 VN1; twelve capitals stand among the control characters.
    vni,         ///< VNI-Windows: a letter and a byte for its marks.
    viscii,      ///< RFC 1456; six capitals stand among the control characters.
    cp1258,      ///< Windows: letters and combining tones.
};
inline constexpr std::size_t encoding_count = 10;

/// "ASCII", "UTF-8", "TCVN3 (ABC)" …, for people.
[[nodiscard]] std::string_view to_text(Encoding encoding);

/// What a declaration calls it: "utf-8", "utf-16", "tcvn3", "tcvn5712-1", "vni", "viscii", "cp1258"; nothing for another word.
/// "utf-16" gives utf16le, and the byte order mark says which it is.
[[nodiscard]] std::optional<Encoding> encoding_from(std::string_view word);
/// Those words.
[[nodiscard]] std::vector<std::string> encoding_words();

/// How a text is to be read: its encoding, and whether somebody has once read its bytes as Latin-1 or Windows-1252 and
/// saved the characters as UTF-8 ("Tæng s¶n phÈm" is TCVN3 so misread, "Tá»•ng" UTF-8).
struct Reading
{
    Encoding encoding = Encoding::utf8;
    bool misread = false;

    friend bool operator==(const Reading&, const Reading&) = default;
};
[[nodiscard]] std::string to_text(Reading reading);

/// UTF-8 in NFC, without a byte order mark; nothing when a byte has no meaning so.
[[nodiscard]] std::optional<std::string> decode(std::string_view bytes, Reading reading);

/// The same, but what has no meaning becomes U+FFFD; nothing when not even the shape fits: an odd number of bytes as UTF-16,
/// characters beyond Windows-1252 in a text that is to be one misread. Composed where a composed letter exists.
[[nodiscard]] std::optional<std::u32string> decode_loosely(std::string_view bytes, Reading reading);

/// The bytes of valid UTF-8, which is brought into NFC first; nothing when a character has none. Misread texts are written
/// with the characters of Windows-1252, and U+0081 … for the five bytes it has none for.
[[nodiscard]] std::optional<std::string> encode(std::string_view utf8, Reading reading);

/// UTF-8 of code points; what is none becomes U+FFFD.
[[nodiscard]] std::string utf8_of(std::u32string_view text);

}  // namespace lienthong::text
