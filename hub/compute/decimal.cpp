#include "hub/compute/decimal.hpp"

#include <algorithm>

namespace lienthong::compute {
namespace {

struct Decimal
{
    bool negative = false;
    std::string digits;      ///< Without point, at least one.
    std::size_t places = 0;  ///< How many of them stand behind it.
};

Decimal read(std::string_view text)
{
    Decimal out;
    if (!text.empty() && text.front() == '-') {
        out.negative = true;
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    out.digits = text.substr(0, point);
    if (point != std::string_view::npos) {
        out.digits += text.substr(point + 1);
        out.places = text.size() - point - 1;
    }
    return out;
}

std::string write(const Decimal& decimal)
{
    std::string digits = decimal.digits;
    if (digits.size() <= decimal.places)
        digits.insert(0, decimal.places + 1 - digits.size(), '0');
    const std::size_t whole = digits.size() - decimal.places;
    const std::size_t zeros = std::min(digits.find_first_not_of('0'), whole - 1);
    std::string out = digits.substr(zeros, whole - zeros);
    if (decimal.places > 0)
        out += "." + digits.substr(whole);
    const bool is_zero = out.find_first_not_of("0.") == std::string::npos;
    return decimal.negative && !is_zero ? "-" + out : out;
}

void align(Decimal& a, Decimal& b)
{
    const std::size_t places = std::max(a.places, b.places);
    for (Decimal* one : {&a, &b}) {
        one->digits.append(places - one->places, '0');
        one->places = places;
    }
    const std::size_t length = std::max(a.digits.size(), b.digits.size());
    for (Decimal* one : {&a, &b})
        one->digits.insert(0, length - one->digits.size(), '0');
}

std::string added(const std::string& a, const std::string& b)
{
    std::string out(a.size(), '0');
    int carry = 0;
    for (std::size_t i = a.size(); i-- > 0;) {
        const int sum = (a[i] - '0') + (b[i] - '0') + carry;
        out[i] = static_cast<char>('0' + sum % 10);
        carry = sum / 10;
    }
    return carry == 0 ? out : "1" + out;
}

/// `a` is not smaller than `b`.
std::string subtracted(const std::string& a, const std::string& b)
{
    std::string out(a.size(), '0');
    int borrow = 0;
    for (std::size_t i = a.size(); i-- > 0;) {
        int left = (a[i] - '0') - (b[i] - '0') - borrow;
        borrow = left < 0 ? 1 : 0;
        left += borrow * 10;
        out[i] = static_cast<char>('0' + left);
    }
    return out;
}

}  // namespace

std::string add(std::string_view a, std::string_view b)
{
    Decimal x = read(a), y = read(b);
    align(x, y);
    Decimal out{.negative = x.negative, .digits = {}, .places = x.places};
    if (x.negative == y.negative) {
        out.digits = added(x.digits, y.digits);
    } else {
        const bool x_is_greater = x.digits >= y.digits;
        out.negative = x_is_greater ? x.negative : y.negative;
        out.digits = x_is_greater ? subtracted(x.digits, y.digits) : subtracted(y.digits, x.digits);
    }
    return write(out);
}

std::string quotient(std::string_view dividend, std::int64_t divisor, unsigned places)
{
    Decimal x = read(dividend);
    Decimal out{.negative = x.negative, .digits = {}, .places = places};
    // Whatever stands behind the digit that decides the rounding only matters as "more than nothing", which a half
    // rounded away from zero does not ask for.
    const std::size_t behind = x.places;
    const std::size_t wanted = x.digits.size() - behind + places;
    if (x.digits.size() < wanted)
        x.digits.append(wanted - x.digits.size(), '0');
    const auto by = static_cast<std::uint64_t>(divisor);
    std::uint64_t rest = 0;
    for (std::size_t i = 0; i < wanted; ++i) {
        rest = rest * 10 + static_cast<std::uint64_t>(x.digits[i] - '0');
        out.digits += static_cast<char>('0' + rest / by);
        rest %= by;
    }
    const std::uint64_t next = rest * 10 + (wanted < x.digits.size() ? static_cast<std::uint64_t>(x.digits[wanted] - '0') : 0);
    if (next / by >= 5) {
        std::string one(out.digits.size(), '0');
        if (one.empty()) {
            out.digits = "1";
        } else {
            one.back() = '1';
            out.digits = added(out.digits, one);
        }
    }
    return write(out);
}

}  // namespace lienthong::compute
