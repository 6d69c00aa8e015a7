/// Unicode form of Vietnamese text: NFC out, and the folding that makes two spellings of a name meet.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::text {

[[nodiscard]] bool is_utf8(std::string_view bytes);
/// NFC of valid UTF-8 (TCVN 6909:2001); std::nullopt when the bytes are not UTF-8.
[[nodiscard]] std::optional<std::string> to_nfc(std::string_view utf8);
/// Lower case, NFC, spaces folded to one, tone mark moved to its modern place ("Hoà" and "Hòa" alike): a key
/// for comparing names, not for showing.
[[nodiscard]] std::string folded(std::string_view utf8);
/// The `most` candidates nearest to `wanted` by edit distance over folded text, best first; only near ones.
[[nodiscard]] std::vector<std::string> nearest(std::string_view wanted, const std::vector<std::string>& candidates,
                                               std::size_t most = 3);

}  // namespace lienthong::text
