// As one would do it by hand.
#include "tests/unit/mapping/reference/plain_values.hpp"

#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace lienthong::reference {
namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool all_digits(const std::string& text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string padded(int number, std::size_t width)
{
    std::string out = std::to_string(number);
    return out.size() >= width ? out : std::string(width - out.size(), '0') + out;
}

int number_of(const std::string& text, std::size_t at, std::size_t count)
{
    return std::stoi(text.substr(at, count));
}

/// A pattern's runs: a letter with its width, or a literal byte with width 0.
std::vector<std::pair<char, std::size_t>> runs_of(const std::string& pattern, const std::string& known)
{
    std::vector<std::pair<char, std::size_t>> out;
    bool literal = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\'') {
            literal = !literal;
            continue;
        }
        if (literal || known.find(c) == std::string::npos) {
            out.emplace_back(c, 0);
            continue;
        }
        std::size_t width = 1;
        while (i + 1 < pattern.size() && pattern[i + 1] == c)
            ++width, ++i;
        out.emplace_back(c, width);
    }
    return out;
}

bool is_year(int year)
{
    return year >= 1900 && year <= 2999;
}

}  // namespace

std::string without_blanks_around(std::string text)
{
    const std::array<std::string, 5> blanks = {" ", "\t", "\n", "\r", "\xC2\xA0"};
    for (bool again = true; again;) {
        again = false;
        for (const std::string& blank : blanks) {
            if (text.starts_with(blank)) {
                text.erase(0, blank.size());
                again = true;
            }
            if (text.ends_with(blank)) {
                text.resize(text.size() - blank.size());
                again = true;
            }
        }
    }
    return text;
}

std::optional<std::string> plain_number(const std::string& written, const std::string& locale, std::string& code)
{
    code = "number.malformed";
    std::string text = without_blanks_around(written);
    bool negative = false;
    if (text.starts_with("-") || text.starts_with("+")) {
        negative = text.front() == '-';
        text.erase(0, 1);
    } else if (locale != "plain" && text.starts_with("\xE2\x88\x92")) {
        negative = true;
        text.erase(0, 3);
    }
    const char mark = locale == "vi" ? ',' : '.';
    std::string whole = text, rest;
    if (const std::size_t at = text.find(mark); at != std::string::npos) {
        whole = text.substr(0, at);
        rest = text.substr(at + 1);
        if (!all_digits(rest))
            return std::nullopt;
    }
    const char group = locale == "vi" ? '.' : ',';
    if (locale != "plain" && whole.find(group) != std::string::npos) {
        std::string joined;
        for (bool first = true;; first = false) {
            const std::size_t end = whole.find(group);
            const std::string part = whole.substr(0, end);
            if (!all_digits(part) || (first ? part.size() > 3 || part.front() == '0' : part.size() != 3))
                return std::nullopt;
            joined += part;
            if (end == std::string::npos)
                break;
            whole.erase(0, end + 1);
        }
        whole = joined;
    }
    if (!all_digits(whole))
        return std::nullopt;
    if (whole.size() + rest.size() > 64) {
        code = "number.too_long";
        return std::nullopt;
    }
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    const bool zero = (whole + rest).find_first_not_of('0') == std::string::npos;
    return (negative && !zero ? "-" : "") + whole + (rest.empty() ? "" : "." + rest);
}

bool same_number(std::string a, std::string b)
{
    for (std::string* one : {&a, &b}) {
        if (one->find('.') == std::string::npos)
            continue;
        while (one->back() == '0')
            one->pop_back();
        if (one->back() == '.')
            one->pop_back();
    }
    return a == b;
}

int& Letters::of(char letter)
{
    switch (letter) {
        case 'y':
            return y;
        case 'M':
            return M;
        case 'd':
            return d;
        case 'q':
            return q;
        case 'h':
            return h;
        case 'H':
            return H;
        case 'm':
            return m;
        default:
            return s;
    }
}

std::optional<Letters> read_letters(const std::string& text, const std::string& pattern, const std::string& known)
{
    Letters out;
    std::string rest = text;
    for (const auto& [c, width] : runs_of(pattern, known)) {
        if (width == 0) {
            if (rest.empty() || rest.front() != c)
                return std::nullopt;
            rest.erase(0, 1);
            continue;
        }
        const bool loose = width == 1 && (c == 'M' || c == 'd');
        std::size_t count = 0;
        while (count < rest.size() && is_digit(rest[count]) && count < (loose ? 2 : width))
            ++count;
        if (count < width)
            return std::nullopt;
        out.of(c) = number_of(rest, 0, count);
        rest.erase(0, count);
    }
    return rest.empty() ? std::optional(out) : std::nullopt;
}

std::optional<std::string> write_letters(Letters letters, const std::string& pattern)
{
    std::string out;
    for (const auto& [c, width] : runs_of(pattern, "yMdqhHms")) {
        if (width == 0) {
            out += c;
            continue;
        }
        if (letters.of(c) < 0)
            return std::nullopt;
        out += padded(letters.of(c), width);
    }
    return out;
}

int days_of_month(int year, int month)
{
    const std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days.at(static_cast<std::size_t>(month - 1));
}

bool is_day(int year, int month, int day)
{
    return is_year(year) && month >= 1 && month <= 12 && day >= 1 && day <= days_of_month(year, month);
}

std::optional<std::string> plain_date(const Letters& letters)
{
    if (!is_day(letters.y, letters.M, letters.d))
        return std::nullopt;
    return padded(letters.y, 4) + "-" + padded(letters.M, 2) + "-" + padded(letters.d, 2);
}

std::optional<std::string> plain_datetime(const Letters& letters)
{
    const auto date = plain_date(letters);
    const auto part = [](int value) { return std::max(value, 0); };
    if (!date || letters.H > 23 || letters.m > 59 || letters.s > 59)
        return std::nullopt;
    return *date + "T" + padded(part(letters.H), 2) + ":" + padded(part(letters.m), 2) + ":" + padded(part(letters.s), 2) +
           "+07:00";
}

std::optional<std::string> plain_moment(const std::string& text)
{
    const std::string form = "dddd-dd-ddTdd:dd:dd";
    if (text.size() < form.size())
        return std::nullopt;
    for (std::size_t i = 0; i < form.size(); ++i)
        if (form[i] == 'd' ? !is_digit(text[i]) : text[i] != form[i])
            return std::nullopt;
    Letters at{.y = number_of(text, 0, 4), .M = number_of(text, 5, 2), .d = number_of(text, 8, 2)};
    int minutes = number_of(text, 11, 2) * 60 + number_of(text, 14, 2);
    const int seconds = number_of(text, 17, 2);
    if (at.M < 1 || at.M > 12 || at.d < 1 || at.d > days_of_month(at.y, at.M) || number_of(text, 11, 2) > 23 ||
        number_of(text, 14, 2) > 59 || seconds > 59)
        return std::nullopt;
    std::string rest = text.substr(form.size());
    if (rest.starts_with(".")) {
        std::size_t end = 1;
        while (end < rest.size() && is_digit(rest[end]))
            ++end;
        if (end < 2 || end > 7)
            return std::nullopt;
        rest.erase(0, end);
    }
    if (rest != "Z") {
        if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':' ||
            !all_digits(rest.substr(1, 2) + rest.substr(4)))
            return std::nullopt;
        const int hours = number_of(rest, 1, 2), more = number_of(rest, 4, 2);
        if (hours > 23 || more > 59)
            return std::nullopt;
        minutes -= (rest[0] == '-' ? -1 : 1) * (hours * 60 + more);
    }
    minutes += 7 * 60;
    for (; minutes < 0; minutes += 24 * 60) {
        if (--at.d < 1) {
            at.y -= at.M == 1 ? 1 : 0;
            at.M = at.M == 1 ? 12 : at.M - 1;
            at.d = days_of_month(at.y, at.M);
        }
    }
    for (; minutes >= 24 * 60; minutes -= 24 * 60) {
        if (++at.d > days_of_month(at.y, at.M)) {
            at.d = 1;
            at.y += at.M == 12 ? 1 : 0;
            at.M = at.M == 12 ? 1 : at.M + 1;
        }
    }
    at.H = minutes / 60;
    at.m = minutes % 60;
    at.s = seconds;
    return plain_datetime(at);
}

std::optional<std::string> plain_period(const Letters& letters)
{
    if (!is_year(letters.y))
        return std::nullopt;
    const std::string year = padded(letters.y, 4);
    if (letters.d >= 0)
        return plain_date(letters);
    if (letters.M >= 0)
        return letters.M >= 1 && letters.M <= 12 ? std::optional(year + "-" + padded(letters.M, 2)) : std::nullopt;
    if (letters.q >= 0)
        return letters.q >= 1 && letters.q <= 4 ? std::optional(year + "-Q" + std::to_string(letters.q)) : std::nullopt;
    if (letters.h >= 0)
        return letters.h >= 1 && letters.h <= 2 ? std::optional(year + "-S" + std::to_string(letters.h)) : std::nullopt;
    return year;
}

bool is_period(const std::string& text)
{
    for (const char* pattern : {"yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-'Q'q", "yyyy-'S'h", "yyyy-'M9'"})
        if (const auto letters = read_letters(text, pattern, "yMdqh"); letters && plain_period(*letters))
            return true;
    return false;
}

Letters letters_of_period(const std::string& text)
{
    for (const char* pattern : {"yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-'Q'q", "yyyy-'S'h", "yyyy-'M9'"})
        if (const auto letters = read_letters(text, pattern, "yMdqh"))
            return *letters;
    return {};
}

Letters letters_of_moment(const std::string& text)
{
    Letters out{.y = number_of(text, 0, 4), .M = number_of(text, 5, 2), .d = number_of(text, 8, 2)};
    if (text.size() > 10) {
        out.H = number_of(text, 11, 2);
        out.m = number_of(text, 14, 2);
        out.s = number_of(text, 17, 2);
    }
    return out;
}

Letters last_day_of(const std::string& text)
{
    Letters out = letters_of_period(text);
    if (out.d >= 0)
        return out;
    if (text.ends_with("-M9"))
        out.M = 9;
    else if (out.q >= 0)
        out.M = out.q * 3;
    else if (out.h >= 0)
        out.M = out.h * 6;
    else if (out.M < 0)
        out.M = 12;
    out.d = days_of_month(out.y, out.M);
    return out;
}

std::optional<std::string> vietnamese_period(const std::string& text)
{
    // Words and numbers; marks part them and say no more.
    std::string plain = text::folded(text);
    for (char& c : plain)
        if (c == '/' || c == '-' || c == ',' || c == '.')
            c = ' ';
    std::vector<std::string> words;
    for (std::size_t at = 0; at < plain.size();) {
        const std::size_t end = std::min(plain.find(' ', at), plain.size());
        if (end > at)
            words.push_back(plain.substr(at, end - at));
        at = end + 1;
    }
    const auto is = [&](std::size_t i, std::initializer_list<const char*> any) {
        return i < words.size() && std::any_of(any.begin(), any.end(), [&](const char* one) { return words[i] == one; });
    };
    const auto number = [&](std::size_t i) {
        return i < words.size() && all_digits(words[i]) && words[i].size() < 5 ? std::stoi(words[i]) : -2;
    };
    std::size_t at = 0;
    std::string tail;
    Letters out;
    if (is(0, {"ngày"})) {
        out.d = number(1);
        at = is(2, {"tháng"}) ? 3 : 2;
        out.M = number(at++);
        if (out.d < 0)
            return std::nullopt;
    } else if (is(0, {"tháng"})) {
        out.M = number(1);
        at = 2;
    } else if (is(0, {"quý", "quí"})) {
        out.q = is(1, {"i"}) ? 1 : is(1, {"ii"}) ? 2 : is(1, {"iii"}) ? 3 : is(1, {"iv"}) ? 4 : number(1);
        at = 2;
    } else if (is(1, {"tháng"})) {
        const int count = is(0, {"sáu"}) ? 6 : is(0, {"chín"}) ? 9 : number(0);
        const bool end = is(2, {"cuối"});
        at = end || is(2, {"đầu"}) ? 3 : 2;
        if (count == 6)
            out.h = end ? 2 : 1;
        else if (end || (count != 9 && count != 12))
            return std::nullopt;
        else
            tail = count == 9 ? "-M9" : "";
    } else {
        at = is(0, {"cả"}) ? 1 : 0;
        if (!is(at, {"năm"}))
            return std::nullopt;
    }
    at += is(at, {"năm"}) ? 1 : 0;
    out.y = number(at);
    if (at + 1 != words.size() || out.M == -2 || out.q == -2)
        return std::nullopt;
    const auto period = plain_period(out);
    return period ? std::optional(*period + tail) : std::nullopt;
}

std::string plain_case(const std::string& text, bool upper)
{
    // Every letter the page speaks of, small and capital.
    static const std::vector<std::pair<std::string, std::string>> letters = [] {
        std::vector<std::pair<std::string, std::string>> out;
        const std::string small =
            "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵzäåæçëîïðñöøûüþ";
        const std::string large =
            "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆFGHIÌỈĨÍỊJKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVWXYỲỶỸÝỴZÄÅÆÇËÎÏÐÑÖØÛÜÞ";
        const auto characters = [](const std::string& all) {
            std::vector<std::string> parts;
            for (char c : all)
                if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U)
                    parts.back() += c;
                else
                    parts.emplace_back(1, c);
            return parts;
        };
        const auto a = characters(small), b = characters(large);
        for (std::size_t i = 0; i < a.size(); ++i)
            out.emplace_back(a[i], b.at(i));
        return out;
    }();
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t size = 1;
        while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0U) == 0x80U)
            ++size;
        std::string character = text.substr(at, size);
        for (const auto& [small, large] : letters)
            if (character == (upper ? small : large)) {
                character = upper ? large : small;
                break;
            }
        out += character;
        at += size;
    }
    return out;
}

}  // namespace lienthong::reference
