/// A problem as JSON, in one shape wherever the hub shows one: answers, problem documents, the quarantine.
#pragma once

#include "hub/model/json_text.hpp"
#include "hub/model/problem.hpp"

#include <span>
#include <string_view>

namespace lienthong {

/// Writes the members of one problem into an object that is open already: code, title and title_en, detail,
/// place, found, expected and rule where they are not empty, remedy and remedy_en. title and remedy are Vietnamese.
void write_problem_members(JsonWriter& out, const Problem& problem);

/// A member `name` with an array of such objects; nothing when there are no problems.
void write_problems(JsonWriter& out, std::string_view name, std::span<const Problem> problems);

}  // namespace lienthong
