/// What every reader of text documents needs: a place in line and column, and the size.
#pragma once

#include "hub/model/problem.hpp"
#include "hub/ports/format.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::adapters {

/// A line and a column of a document, both from 1; a column counts characters, not bytes.
struct LineColumn
{
    std::size_t line = 1, column = 1;

    /// Behind these bytes, which begin here.
    void pass(std::string_view bytes);
    [[nodiscard]] std::string text() const { return std::to_string(line) + ":" + std::to_string(column); }
};

/// The problem with place "line:column" of that byte.
[[nodiscard]] Problem placed(Problem problem, std::string_view document, std::size_t offset);

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The document without one byte order mark at its start.
[[nodiscard]] constexpr std::string_view without_mark(std::string_view document)
{
    return document.starts_with(byte_order_mark) ? document.substr(byte_order_mark.size()) : document;
}

/// format.too_large, when it is.
[[nodiscard]] std::optional<Problem> too_large(std::string_view document, const FormatLimits& limits);

/// The same of a document whose size is seen only while it is read.
[[nodiscard]] Problem too_many_bytes(const FormatLimits& limits);
/// format.too_many_nodes, seen there.
[[nodiscard]] Problem too_many_values(const FormatLimits& limits, const LineColumn& at);

}  // namespace lienthong::adapters
