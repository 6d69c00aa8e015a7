/// A problem as JSON, in one shape wherever the hub shows one: answers, problem documents, the quarantine.
#pragma once

#include "hub/model/json_text.hpp"
#include "hub/model/problem.hpp"

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace lienthong {

/// Writes the members of one problem into an object that is open already: code, title and title_en, detail,
/// place, found, expected, expected_vi and rule where they are not empty, remedy and remedy_en. title and remedy are
/// Vietnamese; expected_vi is left out where `expected` is names, codes or a notation alone.
void write_problem_members(JsonWriter& out, const Problem& problem);

/// A member `name` with an array of such objects; nothing when there are no problems.
void write_problems(JsonWriter& out, std::string_view name, std::span<const Problem> problems);

/// Problems without their sentences, and the sentences once for each code: for answers that may hold thousands.
class ProblemTable
{
public:
    /// As write_problems, but each object holds only code, detail, place, found, expected, expected_vi and rule.
    void write_problems(JsonWriter& out, std::string_view name, std::span<const Problem> problems);
    /// A member "codes": {code: {title, title_en, remedy, remedy_en}} for every code written so far.
    void write_codes(JsonWriter& out) const;

private:
    std::set<std::string, std::less<>> codes_;
};

}  // namespace lienthong
