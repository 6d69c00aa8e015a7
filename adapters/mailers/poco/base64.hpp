/// Base64 (RFC 4648) as mail headers and bodies are written in it.
#pragma once

#include <string>
#include <string_view>

namespace lienthong::adapters {

/// Without line breaks. Thread-safe.
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace lienthong::adapters
