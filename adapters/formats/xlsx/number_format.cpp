#include "adapters/formats/xlsx/number_format.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

namespace lienthong::adapters {
namespace {

/// A sheet keeps fifteen digits of a number; what stands behind them is the binary number's own.
constexpr int kept_digits = 15;
constexpr int longest_stored = 64, largest_exponent = 400;
constexpr std::uint8_t most_decimals = 30;
constexpr std::size_t longest_code = 255;
constexpr std::int64_t days_in_all = 2'958'466;  // 10000-01-01
constexpr std::int64_t seconds_a_day = 86'400;

/// digits × 10^exponent; no leading zeros, empty for zero.
struct Decimal
{
    std::string digits;
    int exponent = 0;
    bool negative = false;

    /// Half away from zero, as sheets do.
    void cut(std::size_t keep)
    {
        if (digits.size() <= keep)
            return;
        const bool up = digits[keep] >= '5';
        exponent += static_cast<int>(digits.size() - keep);
        digits.resize(keep);
        if (up)
            increase();
        tidy();
    }

    void round_to(int decimals)
    {
        const int surplus = -exponent - decimals;
        if (surplus <= 0 || digits.empty())
            return;
        if (std::cmp_greater(surplus, digits.size())) {
            digits.clear();
            exponent = 0;
            return;
        }
        const std::size_t keep = digits.size() - static_cast<std::size_t>(surplus);
        if (keep > 0)
            return cut(keep);
        const bool up = digits.front() >= '5';
        digits = up ? "1" : "";
        exponent = up ? -decimals : 0;
    }

    /// Without zeros at the end.
    void tidy()
    {
        while (!digits.empty() && digits.back() == '0') {
            digits.pop_back();
            ++exponent;
        }
        if (digits.empty())
            exponent = 0;
    }

    [[nodiscard]] std::string text(int least_decimals) const
    {
        std::string whole = digits;
        std::string part;
        if (exponent >= 0) {
            whole.append(static_cast<std::size_t>(exponent), '0');
        } else if (std::cmp_greater_equal(-exponent, digits.size())) {
            part = std::string(static_cast<std::size_t>(-exponent) - digits.size(), '0') + digits;
            whole.clear();
        } else {
            part = digits.substr(digits.size() - static_cast<std::size_t>(-exponent));
            whole.resize(digits.size() - part.size());
        }
        if (std::cmp_less(part.size(), least_decimals))
            part.append(static_cast<std::size_t>(least_decimals) - part.size(), '0');
        if (whole.empty())
            whole = "0";
        return (negative && !digits.empty() ? "-" : "") + whole + (part.empty() ? "" : "." + part);
    }

private:
    void increase()
    {
        for (std::size_t i = digits.size(); i-- > 0;) {
            if (digits[i] != '9') {
                ++digits[i];
                return;
            }
            digits[i] = '0';
        }
        digits.insert(digits.begin(), '1');
    }
};

/// "-12.5E-3" and its like; nothing else.
std::optional<Decimal> decimal_of(std::string_view text)
{
    Decimal out;
    if (text.size() > longest_stored)
        return std::nullopt;
    if (text.starts_with('-') || text.starts_with('+')) {
        out.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    const std::size_t e = text.find_first_of("eE");
    std::string_view power = e == std::string_view::npos ? "0" : text.substr(e + 1);
    text = text.substr(0, e);
    const bool minus = power.starts_with('-');
    if (minus || power.starts_with('+'))
        power.remove_prefix(1);
    if (power.empty() || power.size() > 4 || power.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    const std::size_t point = text.find('.');
    const std::string_view part = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    std::string digits(text.substr(0, point));
    digits += part;
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    out.exponent = std::atoi(std::string(power).c_str()) * (minus ? -1 : 1) - static_cast<int>(part.size());
    out.digits = digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
    out.tidy();
    if (std::abs(out.exponent) > largest_exponent)
        return std::nullopt;
    return out;
}

/// The serial number in whole seconds, when it lies where days are; nearest second.
std::optional<std::int64_t> seconds_of(Decimal value)
{
    if (value.negative && !value.digits.empty())
        return std::nullopt;
    value.round_to(12);
    std::int64_t day = 0;
    std::int64_t billionths = 0;  // of a thousandth of a day
    const std::string text = value.text(12);
    const std::size_t point = text.find('.');
    if (point > 7)
        return std::nullopt;
    day = std::atoll(text.substr(0, point).c_str());
    billionths = std::atoll(text.substr(point + 1, 12).c_str());
    if (day >= days_in_all)
        return std::nullopt;
    constexpr std::int64_t parts_a_day = 1'000'000'000'000;
    return day * seconds_a_day + (billionths * seconds_a_day + parts_a_day / 2) / parts_a_day;
}

std::string two_digits(std::int64_t number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// Civil date of days since 1970-01-01 (H. Hinnant's days_from_civil, the other way).
std::string iso_day(std::int64_t days)
{
    days += 719'468;
    const std::int64_t era = days / 146'097;
    const std::int64_t of_era = days - era * 146'097;
    const std::int64_t year = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const std::int64_t shifted = (5 * of_year + 2) / 153;
    const std::int64_t day = of_year - (153 * shifted + 2) / 5 + 1;
    const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    const std::string written = std::to_string(year + era * 400 + (month <= 2 ? 1 : 0));
    return std::string(4 - std::min<std::size_t>(4, written.size()), '0') + written + "-" + two_digits(month) + "-" + two_digits(day);
}

/// Sheets count a 29 February 1900 that never was, for the sake of a program older than they; 1 March 1900 is day 61.
std::string day_text(std::int64_t serial, DateSystem dates)
{
    constexpr std::int64_t from_1900 = -25'569, from_1904 = -24'107, leap_day = 60;
    if (dates == DateSystem::from_1904)
        return iso_day(serial + from_1904);
    if (serial == leap_day)
        return "1900-02-29";
    return iso_day(serial + from_1900 + (serial < leap_day ? 1 : 0));
}

std::optional<std::string> date_text(const Decimal& value, bool has_day, DateSystem dates)
{
    const auto seconds = seconds_of(value);
    if (!seconds)
        return std::nullopt;
    const std::int64_t day = *seconds / seconds_a_day;
    const std::int64_t rest = *seconds % seconds_a_day;
    const std::string time = two_digits(rest / 3600) + ":" + two_digits(rest / 60 % 60) + ":" + two_digits(rest % 60);
    if (!has_day)
        return day == 0 ? std::optional(time) : std::nullopt;  // more than a day is a duration: a number
    if (dates == DateSystem::from_1900 && day == 0)
        return std::nullopt;  // the day before the first
    return day_text(day, dates) + (rest == 0 ? "" : "T" + time);
}

/// What the letters of a section come to.
class SectionReader
{
public:
    explicit SectionReader(std::string_view code) : code_(code) {}

    NumberSection read()
    {
        for (at_ = 0; at_ < code_.size(); ++at_)
            take(code_[at_]);
        using Kind = NumberSection::Kind;
        if (code_.empty())
            out_.kind = Kind::nothing;
        else if (odd_)
            out_.kind = Kind::general;
        else if (day_ || hour_ || month_)
            out_.kind = day_ || !hour_ ? Kind::date : Kind::time;
        else if (placeholders_)
            out_.kind = Kind::fixed;
        else
            out_.kind = Kind::words;
        out_.thousands = static_cast<std::uint8_t>(out_.kind == Kind::fixed ? commas_ : 0);
        return out_;
    }

private:
    void take(char c)
    {
        switch (c) {
            case '"':
                at_ = std::min(code_.find('"', at_ + 1), code_.size());
                return;
            case '\\':
            case '_':
            case '*':
                ++at_;
                return;
            case '[':
                return bracket();
            case '0':
            case '#':
            case '?':
                return digit(c);
            case '.':
                behind_point_ = placeholders_ || behind_point_ || next_is_digit();
                return;
            case ',':
                commas_ += placeholders_ ? 1 : 0;
                return;
            case '%':
                out_.percents = static_cast<std::uint8_t>(out_.percents + (out_.percents < 2 ? 1 : 0));
                return;
            case '/':
                odd_ = odd_ || placeholders_;  // a fraction
                return;
            default:
                return letter(c);
        }
    }

    [[nodiscard]] bool next_is_digit() const
    {
        return at_ + 1 < code_.size() && (code_[at_ + 1] == '0' || code_[at_ + 1] == '#' || code_[at_ + 1] == '?');
    }

    void digit(char c)
    {
        placeholders_ = true;
        out_.prints_zero = out_.prints_zero || c == '0';
        commas_ = 0;  // between digits they group
        if (!behind_point_ || out_.most >= most_decimals)
            return;
        ++out_.most;
        if (c != '#')
            out_.least = out_.most;
    }

    /// Colours and languages say nothing; conditions make a choice we do not follow; [h] counts hours beyond a day.
    void bracket()
    {
        const std::size_t end = std::min(code_.find(']', at_), code_.size());
        const std::string_view inside = code_.substr(at_ + 1, end - std::min(end, at_ + 1));
        if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos)
            odd_ = true;
        odd_ = odd_ || inside.starts_with('<') || inside.starts_with('>') || inside.starts_with('=');
        at_ = end;
    }

    void letter(char c)
    {
        switch (c) {
            case 'y':
            case 'Y':
            case 'd':
            case 'D':
                day_ = true;
                return;
            case 'h':
            case 'H':
            case 's':
            case 'S':
                hour_ = true;
                return;
            case 'm':
            case 'M':
                month_ = true;  // or minutes; the other letters say which
                return;
            case 'E':
            case 'e':
                odd_ = odd_ || placeholders_;
                return;
            case 'G':
            case 'g':
                if (code_.substr(at_).size() >= 7 && (code_.substr(at_ + 1, 6) == "eneral" || code_.substr(at_ + 1, 6) == "ENERAL"))
                    at_ += 6;
                odd_ = true;
                return;
            case 'A':
                if (code_.substr(at_).starts_with("AM/PM"))
                    at_ += 4;
                return;
            case '@':
                odd_ = true;
                return;
            default:
                return;
        }
    }

    std::string_view code_;
    std::size_t at_ = 0;
    NumberSection out_{};
    int commas_ = 0;
    bool placeholders_ = false, behind_point_ = false, day_ = false, hour_ = false, month_ = false, odd_ = false;
};

std::vector<std::string_view> sections_of(std::string_view code)
{
    std::vector<std::string_view> out;
    std::size_t from = 0;
    for (std::size_t at = 0; at < code.size(); ++at) {
        if (code[at] == '"')
            at = std::min(code.find('"', at + 1), code.size());
        else if (code[at] == '\\')
            ++at;
        else if (code[at] == ';') {
            out.push_back(code.substr(from, at - from));
            from = at + 1;
        }
    }
    out.push_back(code.substr(std::min(from, code.size())));
    return out;
}

Printed general(Decimal value)
{
    value.cut(kept_digits);
    return {CellKind::number, value.text(0)};
}

Printed fixed(Decimal value, const NumberSection& section)
{
    value.exponent += 2 * section.percents - 3 * section.thousands;
    if (value.digits.empty())
        value.exponent = 0;
    value.cut(kept_digits);
    value.round_to(section.most);
    return {section.percents > 0 ? CellKind::percent : CellKind::number, value.text(section.least)};
}

}  // namespace

NumberFormat read_number_format(std::string_view code)
{
    NumberFormat out;
    if (code.size() > longest_code || code.empty())
        return out;
    const auto parts = sections_of(code);
    out.count = static_cast<std::uint8_t>(std::min<std::size_t>(parts.size(), 3));
    for (std::size_t i = 0; i < out.count; ++i)
        out.sections[i] = SectionReader(parts[i]).read();
    NumberSection& zero = out.sections[2];
    if (out.count == 3 && zero.kind == NumberSection::Kind::fixed && !zero.prints_zero)
        zero.kind = NumberSection::Kind::words;  // "-"?? keeps the room of two digits behind a dash
    if (out.sections[0].kind == NumberSection::Kind::nothing && parts.size() == 1)
        out.sections[0].kind = NumberSection::Kind::general;
    return out;
}

NumberFormat built_in_number_format(std::uint32_t id)
{
    constexpr std::array<std::pair<std::uint32_t, std::string_view>, 28> known = {{
        {1, "0"}, {2, "0.00"}, {3, "#,##0"}, {4, "#,##0.00"}, {5, "#,##0;-#,##0"}, {6, "#,##0;-#,##0"}, {7, "#,##0.00;-#,##0.00"},
        {8, "#,##0.00;-#,##0.00"}, {9, "0%"}, {10, "0.00%"}, {14, "d/m/yyyy"}, {15, "d-m-yy"}, {16, "d-m"}, {17, "m-yy"}, {18, "h:mm"},
        {19, "h:mm:ss"}, {20, "h:mm"}, {21, "h:mm:ss"}, {22, "d/m/yyyy h:mm"}, {37, "#,##0;(#,##0)"}, {38, "#,##0;(#,##0)"},
        {39, "#,##0.00;(#,##0.00)"}, {40, "#,##0.00;(#,##0.00)"}, {41, "#,##0;(#,##0);\"-\""}, {42, "#,##0;(#,##0);\"-\""},
        {43, "#,##0.00;(#,##0.00);\"-\""}, {44, "#,##0.00;(#,##0.00);\"-\""}, {45, "mm:ss"}}};
    for (const auto& [number, code] : known)
        if (number == id)
            return read_number_format(code);
    return {};
}

std::optional<Printed> print_number(std::string_view stored, const NumberFormat& format, DateSystem dates)
{
    const auto value = decimal_of(stored);
    if (!value)
        return std::nullopt;
    const bool zero = value->digits.empty();
    const std::size_t wanted = zero ? 2 : value->negative ? 1 : 0;
    const NumberSection& section = format.sections[wanted < format.count ? wanted : 0];
    switch (section.kind) {
        case NumberSection::Kind::general:
            return general(*value);
        case NumberSection::Kind::fixed:
            return fixed(*value, section);
        case NumberSection::Kind::nothing:
            return Printed{};
        case NumberSection::Kind::words:
            // A dash for nothing is still a zero; words for a number leave the number.
            return format.sections[0].kind == NumberSection::Kind::fixed ? fixed(*value, format.sections[0]) : general(*value);
        case NumberSection::Kind::date:
        case NumberSection::Kind::time: {
            const auto text = date_text(*value, section.kind == NumberSection::Kind::date, dates);
            return text ? Printed{CellKind::date, *text} : general(*value);
        }
    }
    return general(*value);
}

}  // namespace lienthong::adapters
