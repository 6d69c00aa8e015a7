/// The bytes of a text document as UTF-8.
#pragma once

#include "hub/model/result.hpp"

#include <string>
#include <string_view>

namespace lienthong::adapters {

/// `encoding` as a layout names it: "utf-8", or "utf-16" with the byte order mark that says which. A mark at the start is not
/// part of the text. Fails with: format.not_utf8 (place set), format.csv.encoding (a mark of another encoding, or a name that
/// means none). Thread-safe.
[[nodiscard]] Result<std::string> utf8_of(std::string_view bytes, std::string_view encoding);

}  // namespace lienthong::adapters
