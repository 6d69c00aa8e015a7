/// UTF-8 (RFC 3629): well-formedness, byte by byte and as a whole.
#pragma once

#include <cstddef>
#include <string_view>

namespace lienthong {

/// Bytes of the well-formed character at the start of `text`, which is not empty; 0 when there is none. Thread-safe.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// Offset of the first byte that is not part of a well-formed character; the size when there is none. Thread-safe.
[[nodiscard]] std::size_t first_not_utf8(std::string_view text);

}  // namespace lienthong
