// Decimal arithmetic digit by digit; the numbers are short, and exactness is what matters.
#include "hub/rules/amount.hpp"

#include "hub/text/number.hpp"

#include <algorithm>
#include <array>

namespace lienthong::rules {
namespace {

constexpr std::size_t quotient_scale = 18;

/// A decimal as a whole number of units of its last digit.
struct Whole
{
    bool negative = false;
    std::string digits;  ///< Without leading zeros but one.
};

void trim(std::string& digits)
{
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
}

/// `scale` is at least the decimal's own.
Whole whole_of(std::string_view decimal, std::size_t scale)
{
    Whole out;
    out.negative = decimal.starts_with('-');
    decimal.remove_prefix(out.negative ? 1 : 0);
    const std::size_t point = std::min(decimal.find('.'), decimal.size());
    out.digits = decimal.substr(0, point);
    if (point < decimal.size())
        out.digits += decimal.substr(point + 1);
    out.digits.append(scale - scale_of(decimal), '0');
    trim(out.digits);
    return out;
}

std::string text_of(Whole number, std::size_t scale)
{
    if (number.digits.size() <= scale)
        number.digits.insert(0, scale + 1 - number.digits.size(), '0');
    if (scale != 0) {
        number.digits.insert(number.digits.size() - scale, 1, '.');
        number.digits.erase(number.digits.find_last_not_of('0') + 1);
        if (number.digits.back() == '.')
            number.digits.pop_back();
    }
    return number.negative && number.digits != "0" ? '-' + number.digits : number.digits;
}

int order(const std::string& a, const std::string& b)
{
    return a.size() != b.size() ? (a.size() < b.size() ? -1 : 1) : a.compare(b);
}

std::string added(std::string a, std::string b)
{
    if (a.size() < b.size())
        std::swap(a, b);
    b.insert(0, a.size() - b.size(), '0');
    int carry = 0;
    for (std::size_t i = a.size(); i-- > 0;) {
        const int sum = (a[i] - '0') + (b[i] - '0') + carry;
        a[i] = static_cast<char>('0' + sum % 10);
        carry = sum / 10;
    }
    return carry == 0 ? a : '1' + a;
}

/// `a` is not less than `b`.
std::string taken(std::string a, std::string b)
{
    b.insert(0, a.size() - b.size(), '0');
    int borrow = 0;
    for (std::size_t i = a.size(); i-- > 0;) {
        int rest = (a[i] - '0') - (b[i] - '0') - borrow;
        borrow = rest < 0 ? 1 : 0;
        a[i] = static_cast<char>('0' + rest + 10 * borrow);
    }
    trim(a);
    return a;
}

const std::string& least(const std::string& a, const std::string& b)
{
    return text::compare(a, b) <= 0 ? a : b;
}

const std::string& most(const std::string& a, const std::string& b)
{
    return text::compare(a, b) >= 0 ? a : b;
}

}  // namespace

std::size_t scale_of(std::string_view decimal)
{
    const std::size_t point = decimal.find('.');
    return point == std::string_view::npos ? 0 : decimal.size() - point - 1;
}

std::string negated(std::string_view decimal)
{
    if (decimal.starts_with('-'))
        return std::string(decimal.substr(1));
    return text::compare(decimal, "0") == 0 ? std::string(decimal) : '-' + std::string(decimal);
}

std::string plus(std::string_view a, std::string_view b)
{
    const std::size_t scale = std::max(scale_of(a), scale_of(b));
    Whole left = whole_of(a, scale);
    Whole right = whole_of(b, scale);
    if (left.negative == right.negative)
        return text_of({left.negative, added(left.digits, right.digits)}, scale);
    if (order(left.digits, right.digits) < 0)
        std::swap(left, right);
    return text_of({left.negative, taken(left.digits, right.digits)}, scale);
}

std::string minus(std::string_view a, std::string_view b)
{
    return plus(a, negated(b));
}

std::string quotient(std::string_view dividend, std::string_view divisor, std::size_t scale, Round round)
{
    const std::size_t common = std::max(scale_of(dividend), scale_of(divisor));
    Whole above = whole_of(dividend, common);
    const Whole below = whole_of(divisor, common);
    above.digits.append(scale, '0');
    std::string rest = "0";
    Whole out{above.negative != below.negative, {}};
    for (const char digit : above.digits) {
        rest += digit;
        trim(rest);
        char times = '0';
        for (; order(rest, below.digits) >= 0; ++times)
            rest = taken(rest, below.digits);
        out.digits += times;
    }
    trim(out.digits);
    const bool away =
        round == Round::half ? order(added(rest, rest), below.digits) >= 0 : rest != "0" && (round == Round::up) != out.negative;
    if (away)
        out.digits = added(out.digits, "1");
    return text_of(std::move(out), scale);
}

std::string rounded(std::string_view decimal, std::size_t scale)
{
    return scale_of(decimal) <= scale ? std::string(decimal) : quotient(decimal, "1", scale, Round::half);
}

Span Span::printed(std::string_view decimal)
{
    const std::size_t scale = scale_of(decimal);
    return just(decimal).widened("0." + std::string(scale, '0') + '5');
}

bool Span::is_above(const Span& other) const
{
    return text::compare(low, other.high) > 0;
}

bool Span::is_positive() const
{
    return text::compare(low, "0") > 0;
}

Span Span::widened(std::string_view by) const
{
    return {minus(low, by), plus(high, by)};
}

Span operator+(const Span& a, const Span& b)
{
    return {plus(a.low, b.low), plus(a.high, b.high)};
}

Span operator-(const Span& a, const Span& b)
{
    return {minus(a.low, b.high), minus(a.high, b.low)};
}

Span operator*(const Span& a, const Span& b)
{
    const std::array<std::string, 4> corners = {text::multiply(a.low, b.low), text::multiply(a.low, b.high),
                                                text::multiply(a.high, b.low), text::multiply(a.high, b.high)};
    return {least(least(corners[0], corners[1]), least(corners[2], corners[3])),
            most(most(corners[0], corners[1]), most(corners[2], corners[3]))};
}

std::optional<Span> operator/(const Span& a, const Span& b)
{
    if (!b.is_positive())
        return std::nullopt;
    const bool low_negative = a.low.starts_with('-');
    const bool high_negative = a.high.starts_with('-');
    return Span{quotient(a.low, low_negative ? b.low : b.high, quotient_scale, Round::down),
                quotient(a.high, high_negative ? b.high : b.low, quotient_scale, Round::up)};
}

}  // namespace lienthong::rules
