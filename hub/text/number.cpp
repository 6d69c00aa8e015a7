// Reads written numbers into canonical decimal text and does the little exact arithmetic units need.
#include "hub/text/number.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace lienthong::text {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";
constexpr std::string_view minus_sign = "\xE2\x88\x92";

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view trimmed(std::string_view text)
{
    for (;;) {
        if (!text.empty() && is_blank(text.front()))
            text.remove_prefix(1);
        else if (text.starts_with(no_break_space))
            text.remove_prefix(no_break_space.size());
        else
            break;
    }
    for (;;) {
        if (!text.empty() && is_blank(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with(no_break_space))
            text.remove_suffix(no_break_space.size());
        else
            return text;
    }
}

Problem malformed(std::string_view text, NumberLocale locale)
{
    constexpr std::array forms = {"digits with an optional point, as in -1250.5", "Vietnamese notation, as in 1.250,5",
                                  "English notation, as in 1,250.5", "digits with an optional exponent, as in 1.25E+6"};
    return {.code = "number.malformed",
            .detail = "not a number in the declared notation",
            .found = shortened(text),
            .expected = forms[static_cast<std::size_t>(locale)]};
}

/// The digits of a number being read, without leading zeros, and where its decimal point stands.
struct Digits
{
    std::array<char, most_digits + 2> text{};  ///< One place for the sign, one for the point.
    std::size_t size = 1;                      ///< text[0] is kept for the sign.
    std::size_t read = 0;                      ///< Digits read, leading zeros included.
    bool any_not_zero = false;

    [[nodiscard]] bool add(char digit)
    {
        if (++read > most_digits)
            return false;
        any_not_zero = any_not_zero || digit != '0';
        text[size++] = digit;
        return true;
    }
};

/// Whole part of a number: a run of digits, or groups of three behind a first group of one to three.
enum class Whole { fine, malformed, too_long };

Whole read_whole(std::string_view text, std::size_t& at, char group, Digits& out)
{
    const std::size_t start = at;
    std::size_t group_start = at;
    bool grouped = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (is_digit(c)) {
            if (out.size == 2 && out.text[1] == '0')
                out.size = 1;  // A leading zero gives way to the digit behind it.
            if (!out.add(c))
                return Whole::too_long;
            continue;
        }
        if (group == '\0' || c != group)
            break;
        const std::size_t length = at - group_start;
        if (grouped ? length != 3 : (length == 0 || length > 3 || text[start] == '0'))
            return Whole::malformed;
        grouped = true;
        group_start = at + 1;
    }
    return at == start || (grouped && at - group_start != 3) ? Whole::malformed : Whole::fine;
}

/// A canonical decimal taken apart: its digits without point, and how many of them stand behind the point.
struct Apart
{
    bool negative = false;
    std::string digits{};
    std::size_t scale = 0;
};

Apart take_apart(std::string_view decimal)
{
    Apart out;
    if (decimal.starts_with('-')) {
        out.negative = true;
        decimal.remove_prefix(1);
    }
    const std::size_t point = decimal.find('.');
    out.digits = decimal.substr(0, point);
    if (point != std::string_view::npos) {
        out.digits += decimal.substr(point + 1);
        out.scale = decimal.size() - point - 1;
    }
    return out;
}

std::string put_together(const Apart& number, std::size_t least_scale)
{
    std::string digits = number.digits;
    std::size_t scale = number.scale;
    while (scale > least_scale && !digits.empty() && digits.back() == '0') {
        digits.pop_back();
        --scale;
    }
    if (digits.size() <= scale)
        digits.insert(0, scale + 1 - digits.size(), '0');
    const std::size_t whole = digits.size() - scale;
    const std::size_t first = std::min(digits.find_first_not_of('0'), whole - 1);
    const bool zero = digits.find_first_not_of('0') == std::string::npos;
    std::string out = number.negative && !zero ? "-" : "";
    out.append(digits, first, whole - first);
    if (scale != 0)
        out.append(1, '.').append(digits, whole);
    return out;
}

/// Stands for a space that groups; no text has it by itself where one is put.
constexpr char space_mark = '\x01';

/// The text with its no-break and narrow spaces as one mark; nothing when it has none.
std::optional<std::string> with_marked_spaces(std::string_view text)
{
    constexpr std::array<std::string_view, 4> spaces = {"\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\x89", "\xE2\x80\xAF"};
    std::string out;
    bool any = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto* space =
            std::find_if(spaces.begin(), spaces.end(), [&](std::string_view s) { return text.substr(at).starts_with(s); });
        any = any || space != spaces.end();
        out += space == spaces.end() ? text[at] : space_mark;
        at += space == spaces.end() ? 1 : space->size();
    }
    return any && text.find(space_mark) == std::string_view::npos ? std::optional(out) : std::nullopt;
}

std::optional<std::uint64_t> small_whole(const Apart& number)
{
    if (number.negative || number.digits.size() > 18)
        return std::nullopt;
    std::uint64_t out = 0;
    for (const char c : number.digits)
        out = out * 10 + static_cast<std::uint64_t>(c - '0');
    return out;
}

}  // namespace

namespace {

Problem too_long(std::string_view text)
{
    return {.code = "number.too_long",
            .detail = "the number has too many digits",
            .found = shortened(text),
            .expected = "at most " + std::to_string(most_digits) + " digits"};
}

/// What stands behind the E, from -64 to 64.
std::optional<int> exponent_from(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    if (text.empty() || text.size() > 3 || !std::all_of(text.begin(), text.end(), is_digit))
        return std::nullopt;
    int out = 0;
    for (const char c : text)
        out = out * 10 + (c - '0');
    if (out > static_cast<int>(most_digits))
        return std::nullopt;
    return negative ? -out : out;
}

Result<std::string> decimal_with_exponent(std::string_view text)
{
    const std::string_view body = trimmed(text);
    const std::size_t at = body.find_first_of("eE");
    const auto mantissa = decimal_from(body.substr(0, at), NumberLocale::plain);
    const auto exponent = at == std::string_view::npos ? std::optional(0) : exponent_from(body.substr(at + 1));
    if (!mantissa && mantissa.problem().code == "number.too_long")
        return too_long(text);
    if (!mantissa || !exponent || (at != std::string_view::npos && !is_digit(body[at - 1])))
        return malformed(text, NumberLocale::scientific);
    Apart number = take_apart(*mantissa);
    if (*exponent < 0)
        number.scale += static_cast<std::size_t>(-*exponent);
    for (int i = 0; i < *exponent; ++i)
        number.scale > 0 ? void(--number.scale) : void(number.digits += '0');
    std::string out = put_together(number, number.scale);
    if (static_cast<std::size_t>(std::count_if(out.begin(), out.end(), is_digit)) > most_digits)
        return too_long(text);
    return out;
}

}  // namespace

Result<std::string> decimal_from(std::string_view text, NumberLocale locale)
{
    std::string_view body = trimmed(text);
    if (body.ends_with('%'))
        return Problem{.code = "number.percent",
                       .detail = "a percent sign is a unit, and no part of a number",
                       .found = shortened(text),
                       .expected = "the number alone; split(text, \"%\", 1) gives what stands before the sign"};
    if (locale == NumberLocale::scientific)
        return decimal_with_exponent(text);
    const auto marked = locale == NumberLocale::plain ? std::nullopt : with_marked_spaces(body);
    char group = locale == NumberLocale::vi ? '.' : locale == NumberLocale::en ? ',' : '\0';
    if (marked) {
        body = *marked;
        group = space_mark;
    }
    const char mark = locale == NumberLocale::vi ? ',' : '.';

    std::size_t at = 0;
    bool negative = false;
    if (body.starts_with('-') || body.starts_with('+')) {
        negative = body.front() == '-';
        at = 1;
    } else if (locale != NumberLocale::plain && body.starts_with(minus_sign)) {
        negative = true;
        at = minus_sign.size();
    }

    Digits digits;
    const Whole whole = read_whole(body, at, group, digits);
    bool fits = whole != Whole::too_long;
    if (whole == Whole::malformed)
        return malformed(text, locale);
    if (fits && at < body.size()) {
        if (body[at] != mark || at + 1 == body.size())
            return malformed(text, locale);
        digits.text[digits.size++] = '.';
        for (++at; at < body.size() && fits; ++at) {
            if (!is_digit(body[at]))
                return malformed(text, locale);
            fits = digits.add(body[at]);
        }
    }
    if (!fits)
        return too_long(text);
    if (negative && digits.any_not_zero) {
        digits.text[0] = '-';
        return std::string(digits.text.data(), digits.size);
    }
    return std::string(digits.text.data() + 1, digits.size - 1);
}

bool is_canonical(std::string_view text)
{
    const bool negative = text.starts_with('-');
    std::size_t at = negative ? 1 : 0, digits = 0;
    bool any_not_zero = false;
    const auto run = [&] {
        const std::size_t from = at;
        for (; at < text.size() && is_digit(text[at]); ++at)
            any_not_zero = any_not_zero || text[at] != '0';
        digits += at - from;
        return at - from;
    };
    const bool leading_zero = at < text.size() && text[at] == '0';
    const std::size_t whole = run();
    if (whole == 0 || (leading_zero && whole > 1))
        return false;
    if (at < text.size()) {
        if (text[at++] != '.' || run() == 0 || at < text.size())
            return false;
    }
    return digits <= most_digits && (!negative || any_not_zero);
}

std::string multiply(std::string_view decimal, std::string_view factor)
{
    const Apart a = take_apart(decimal);
    const Apart b = take_apart(factor);
    Apart product{.negative = a.negative != b.negative,
                  .digits = std::string(a.digits.size() + b.digits.size(), '\0'),
                  .scale = a.scale + b.scale};
    for (std::size_t i = a.digits.size(); i-- > 0;) {
        int carry = 0;
        for (std::size_t j = b.digits.size(); j-- > 0;) {
            const int sum = product.digits[i + j + 1] + (a.digits[i] - '0') * (b.digits[j] - '0') + carry;
            product.digits[i + j + 1] = static_cast<char>(sum % 10);
            carry = sum / 10;
        }
        product.digits[i] = static_cast<char>(product.digits[i] + carry);
    }
    for (char& digit : product.digits)
        digit = static_cast<char>(digit + '0');
    return put_together(product, a.scale);
}

std::optional<std::string> divide(std::string_view dividend, std::string_view divisor)
{
    const Apart a = take_apart(dividend);
    const Apart b = take_apart(divisor);
    const auto above = small_whole(a);
    const auto below = small_whole(b);
    if (!above || !below || *below == 0)
        return std::nullopt;
    const std::uint64_t common = std::gcd(*above, *below);
    std::uint64_t rest = *below / common;
    // A fraction ends exactly when its reduced denominator has no other prime factors than 2 and 5.
    std::string out = std::to_string(*above / common);
    for (; rest % 2 == 0; rest /= 2)
        out = multiply(out, "0.5");
    for (; rest % 5 == 0; rest /= 5)
        out = multiply(out, "0.2");
    if (rest != 1)
        return std::nullopt;
    for (std::size_t i = b.scale; i > 0; --i)
        out = multiply(out, "10");
    for (std::size_t i = a.scale; i > 0; --i)
        out = multiply(out, "0.1");
    return put_together(take_apart(out), 0);
}

int compare(std::string_view a, std::string_view b)
{
    if (b == "0") {
        const bool zero = a.find_first_of("123456789") == std::string_view::npos;
        return zero ? 0 : a.starts_with('-') ? -1 : 1;
    }
    Apart left = take_apart(a);
    Apart right = take_apart(b);
    const std::size_t scale = std::max(left.scale, right.scale);
    left.digits.append(scale - left.scale, '0');
    right.digits.append(scale - right.scale, '0');
    const std::size_t size = std::max(left.digits.size(), right.digits.size());
    left.digits.insert(0, size - left.digits.size(), '0');
    right.digits.insert(0, size - right.digits.size(), '0');
    const bool left_zero = left.digits.find_first_not_of('0') == std::string::npos;
    const bool right_zero = right.digits.find_first_not_of('0') == std::string::npos;
    const bool left_negative = left.negative && !left_zero;
    const bool right_negative = right.negative && !right_zero;
    if (left_negative != right_negative)
        return left_negative ? -1 : 1;
    const int order = left.digits.compare(right.digits);
    const int sign = order < 0 ? -1 : order > 0 ? 1 : 0;
    return left_negative ? -sign : sign;
}

}  // namespace lienthong::text
