/// Problem documents (RFC 9457): what a caller is told when something is wrong, in Vietnamese and English.
#pragma once

#include "hub/model/json_text.hpp"
#include "hub/model/problem.hpp"

#include <span>
#include <string>
#include <string_view>

namespace lienthong::http {

inline constexpr std::string_view problem_content_type = "application/problem+json";

/// Writes the members of one problem into an object that is open already: code, title and title_en, detail,
/// place, found, expected and rule where they are not empty, remedy and remedy_en. title and remedy are Vietnamese.
void write_problem_members(JsonWriter& out, const Problem& problem);

/// {"type","status",…members of `problem`}, and "problems" with an object for each of `others` when there are any.
/// Thread-safe.
[[nodiscard]] std::string problem_document(int status, const Problem& problem, std::span<const Problem> others = {});

}  // namespace lienthong::http
