/// Amounts: exact decimals, and the span a printed figure may stand for. "4.10" is anything from 4.095 to 4.105.
///
/// Sums and products are exact. A quotient need not end, so that of a span is rounded outwards: a rule found broken is
/// broken whatever the digits behind the printed ones. Decimals are canonical (hub/text/number.hpp). Thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::rules {

[[nodiscard]] std::string plus(std::string_view a, std::string_view b);
[[nodiscard]] std::string minus(std::string_view a, std::string_view b);
[[nodiscard]] std::string negated(std::string_view decimal);

enum class Round { down, up, half };  ///< Towards minus infinity, towards plus infinity, to the nearest (half away from zero).

/// The quotient with `scale` digits behind the point; `divisor` is not zero.
[[nodiscard]] std::string quotient(std::string_view dividend, std::string_view divisor, std::size_t scale, Round round);
/// The decimal with at most `scale` digits behind the point, to the nearest.
[[nodiscard]] std::string rounded(std::string_view decimal, std::size_t scale);
/// Digits behind the point.
[[nodiscard]] std::size_t scale_of(std::string_view decimal);

/// Everything from `low` to `high`, both of them too.
struct Span
{
    std::string low, high;

    [[nodiscard]] static Span just(std::string_view decimal) { return {std::string(decimal), std::string(decimal)}; }
    /// What rounds to the decimal: half a unit of its last digit to either side.
    [[nodiscard]] static Span printed(std::string_view decimal);

    [[nodiscard]] bool is_above(const Span& other) const;
    [[nodiscard]] bool is_positive() const;
    /// Wider by this much on either side.
    [[nodiscard]] Span widened(std::string_view by) const;
};

[[nodiscard]] Span operator+(const Span& a, const Span& b);
[[nodiscard]] Span operator-(const Span& a, const Span& b);
[[nodiscard]] Span operator*(const Span& a, const Span& b);
/// Nothing where the divisor is not wholly above zero.
[[nodiscard]] std::optional<Span> operator/(const Span& a, const Span& b);

}  // namespace lienthong::rules
