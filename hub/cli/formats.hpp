/// The format adapters, each by the name mappings call it.
#pragma once

#include "hub/ports/format.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::cli {

[[nodiscard]] std::vector<std::shared_ptr<const Format>> all_formats();
/// The format of that name, or null.
[[nodiscard]] std::shared_ptr<const Format> format_named(std::string_view name);

/// "this looks like XML; the mapping's format is json", where the first characters of a document are not those of its format;
/// else empty.
[[nodiscard]] std::string other_likeness(std::string_view document, std::string_view format);

/// What a push of a document of this format is declared as (Content-Type); "" for a format nobody knows.
[[nodiscard]] std::string_view media_type_of(std::string_view format);

}  // namespace lienthong::cli
