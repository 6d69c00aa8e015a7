/// Base64 (RFC 4648 §4) as attachments carry it: standard alphabet, padded, wrapped lines accepted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lienthong::adapters {

/// The bytes; nothing when a character is foreign, the padding is wrong or left-over bits are not zero.
/// Blanks, tabs and line ends anywhere are passed over. Thread-safe.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace lienthong::adapters
