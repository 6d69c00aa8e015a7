/// What every reader of text documents needs: a place in line and column, UTF-8, and the first refusals.
#pragma once

#include "hub/model/problem.hpp"
#include "hub/ports/format.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace lienthong::adapters {

/// The problem with place "line:column" of that byte, both from 1; a column counts characters, not bytes.
[[nodiscard]] Problem placed(Problem problem, std::string_view document, std::size_t offset);

/// Offset of the first byte that is not part of well-formed UTF-8 (RFC 3629); the size when there is none.
[[nodiscard]] std::size_t first_not_utf8(std::string_view document);

/// format.too_large, when it is.
[[nodiscard]] std::optional<Problem> too_large(std::string_view document, const FormatLimits& limits);

}  // namespace lienthong::adapters
