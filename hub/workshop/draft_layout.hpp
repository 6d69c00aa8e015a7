/// Draft layout: how a document of rows that nobody has described yet is laid out.
///
/// No second reader of CSV or workbooks: the format itself reads the document in each way that a layout can say, and the way
/// under which most of it stands in records is kept.
#pragma once

#include "hub/model/layout.hpp"
#include "hub/model/result.hpp"
#include "hub/model/tree.hpp"
#include "hub/ports/format.hpp"

#include <string>
#include <string_view>

namespace lienthong::workshop {

struct FoundLayout
{
    Layout layout;
    Tree tree;                  ///< The document, read by it.
    bool separated = false;     ///< Its cells are parted by a sign: a CSV.
    std::string encoding_told;  ///< How sure the encoding is; empty for Unicode.
};

/// Whether documents of a format have a layout.
[[nodiscard]] bool has_layout(std::string_view format);

/// `format` is one of rows. The header is named by texts without digits, which stand in next month's table too; a document
/// that begins with its header has none. Fails with what the format fails with under the likeliest separator. Thread-safe.
[[nodiscard]] Result<FoundLayout> layout_of(const Format& format, std::string_view bytes, const FormatLimits& limits);

/// The key `layout` of a mapping, with a comment above it.
[[nodiscard]] std::string layout_text(const FoundLayout& found);

}  // namespace lienthong::workshop
