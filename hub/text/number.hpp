/// Numbers as people write them, by declared locale, never guessed; kept as decimal text, never floating point.
#pragma once

#include "hub/model/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::text {

/// Longest number taken in, in digits before and after the decimal mark together.
inline constexpr std::size_t most_digits = 64;

enum class NumberLocale : std::uint8_t {
    plain,       ///< "-1250.5": optional sign, digits, optional point and digits; no grouping. JSON exponents refused.
    vi,          ///< "1.250,5": dot groups by three, comma decimals.
    en,          ///< "1,250.5"
    scientific,  ///< plain, and then an exponent where there is one: "1.25E+6". Exact; but who wrote it may have rounded.
};

/// Canonical decimal text: optional '-', no leading zeros but one, scale as written ("1.250,50" vi → "1250.50").
/// "-0" becomes "0". Leading and trailing blanks (also U+00A0) are ignored; U+2212 is a minus sign in vi and en, where no-break
/// and narrow spaces (U+00A0, U+2007, U+2009, U+202F) group by three as well; the ordinary space does not.
/// Grouping is all or nothing and never begins with a zero: "0.123" is no vi number, so that a declared locale
/// which does not fit the data is noticed. Thread-safe.
/// Fails with: number.malformed (grouping that is not by three included), number.too_long, number.percent ("12,5%": a unit is
/// no part of a number).
[[nodiscard]] Result<std::string> decimal_from(std::string_view text, NumberLocale locale);
/// Whether decimal_from(text, plain) would give the text itself, which most figures are.
[[nodiscard]] bool is_canonical(std::string_view text);

/// Exact product of a canonical decimal and a canonical decimal factor; scale is the sum of both, trailing
/// zeros beyond the first operand's scale cut.
[[nodiscard]] std::string multiply(std::string_view decimal, std::string_view factor);

/// Exact quotient of two canonical decimals of at most 18 digits each; std::nullopt when it has no end
/// ("1" by "3"), the divisor is zero, or an operand is negative or longer.
[[nodiscard]] std::optional<std::string> divide(std::string_view dividend, std::string_view divisor);

/// -1, 0, 1, numerically; "1.0" equals "1".
[[nodiscard]] int compare(std::string_view a, std::string_view b);

}  // namespace lienthong::text
