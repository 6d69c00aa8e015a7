/// Problem documents (RFC 9457): what a caller is told when something is wrong, in Vietnamese and English.
#pragma once

#include "hub/model/problem.hpp"

#include <span>
#include <string>
#include <string_view>

namespace lienthong::http {

inline constexpr std::string_view problem_content_type = "application/problem+json";

/// {"type","status",…members of `problem` as in hub/model/problem_json.hpp}, and "problems" with an object for each
/// of `others` when there are any. Thread-safe.
[[nodiscard]] std::string problem_document(int status, const Problem& problem, std::span<const Problem> others = {});

}  // namespace lienthong::http
