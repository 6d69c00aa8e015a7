/// Wide text: UTF-8 as the UTF-16 in which ODBC's driver manager passes texts, and back.
#pragma once

#include <string>
#include <string_view>

namespace lienthong::adapters {

/// `text` is UTF-8. Thread-safe.
[[nodiscard]] std::u16string to_utf16(std::string_view text);
/// Half of a pair becomes U+FFFD. Thread-safe.
[[nodiscard]] std::string from_utf16(std::u16string_view text);

}  // namespace lienthong::adapters
