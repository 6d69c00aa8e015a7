/// What would have been right, said to Vietnamese senders.
///
/// A problem says what was expected in an English phrase with codes and names in it; problems/expected.def has the same phrases in
/// Vietnamese. So whoever finds a problem writes one phrase, and a sender reads it in either language.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lienthong {

/// A phrase of which "{}" stands for what differs from case to case, as often and in the same order in both languages.
struct ExpectedText
{
    std::string_view en;
    std::string_view vi;
};

/// The Vietnamese of `expected`, what differs put in as it stands; empty where it is no known phrase, as of a list of codes.
/// Of several phrases that fit, the one with most letters of its own. Thread-safe.
[[nodiscard]] std::string expected_in_vietnamese(std::string_view expected);

/// Every phrase, as written.
[[nodiscard]] std::span<const ExpectedText> all_expected_texts();

}  // namespace lienthong
