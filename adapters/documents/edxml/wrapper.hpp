/// The archive a document system packs an attachment into.
#pragma once

#include <string>
#include <string_view>

namespace lienthong::adapters {

/// A ZIP archive with one deflated entry (APPNOTE 6.3), without a time, so that the same bytes give the same archive.
/// `bytes` below 4 GiB. Thread-safe.
[[nodiscard]] std::string wrapped(std::string_view name, std::string_view bytes);

}  // namespace lienthong::adapters
