/// Problem: one thing that is wrong, at one place, said so that a person can act on it.
///
/// The stable code decides what programs do; found and expected are facts of the case; the sentences in
/// Vietnamese and English belong to the code and live in one table (problem_text.hpp).
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace lienthong {

struct Problem
{
    std::string code;      ///< Stable, dotted, lower case: "indicator.unknown". Never reused for another meaning.
    std::string detail;    ///< One English sentence about this case, naming the thing and its place.
    std::string place{};   ///< JSON Pointer, XPath, or file:line:column; empty when the whole input is meant.
    std::string found{};   ///< What stood there, shortened to at most 200 bytes.
    std::string expected{};///< What would have been right, e.g. the nearest code or the allowed kinds.
    std::string rule{};    ///< The rule broken: a catalogue row, a mapping line, a regulation's number.

    /// "place: detail (code)", for logs and terminals.
    [[nodiscard]] std::string sentence() const;

    friend bool operator==(const Problem&, const Problem&) = default;
};

/// Cuts text to at most `limit` bytes without splitting a UTF-8 character, marking the cut with "…".
[[nodiscard]] std::string shortened(std::string_view text, std::size_t limit = 200);

}  // namespace lienthong
