/// The sentences that belong to each stable problem code, in Vietnamese and English, with what to do about it.
///
/// One table for the whole hub, split by room under problems/ so that a code stands beside its neighbours.
#pragma once

#include <span>
#include <string_view>

namespace lienthong {

struct ProblemText
{
    std::string_view code;
    std::string_view vi;         ///< What is wrong, for senders, in the regulations' own terms.
    std::string_view en;
    std::string_view remedy_vi;  ///< What to do about it.
    std::string_view remedy_en;
};

/// The text of a code; for a code outside the table an entry whose sentences say just that. Thread-safe.
[[nodiscard]] const ProblemText& problem_text(std::string_view code);

/// Every entry, sorted by code.
[[nodiscard]] std::span<const ProblemText> all_problem_texts();

}  // namespace lienthong
