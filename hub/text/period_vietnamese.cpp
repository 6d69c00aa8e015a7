// Reads periods in Vietnamese words: a keyword decides the kind, the numbers behind it give its parts.
#include "hub/text/period.hpp"
#include "hub/text/period_malformed.hpp"
#include "hub/text/unicode.hpp"
#include "hub/text/words.hpp"

#include <array>

namespace lienthong::text {
namespace {

/// In bytes; what is longer is no period, whatever it begins with.
constexpr std::size_t longest_period = 200;

constexpr std::string_view marks = "/-,.";

/// A mark, the given word, or a mark and then the word.
bool mark_or(Words& words, std::string_view word)
{
    const bool any = words.take_mark();
    return words.take(word) || any;
}

constexpr std::array<std::string_view, 10> counted = {"một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"};

/// A month by its number or its name. "Năm" is five only before the year's own word or a mark.
unsigned month(Words& words)
{
    if (words.take("giêng"))
        return 1;
    if (words.take("tư"))
        return 4;
    if (words.take("chạp"))
        return 12;
    if (words.at("năm")) {
        Words behind = words;
        behind.take("năm");
        if (!behind.at("năm") && !behind.take_mark())
            return 0;
        words.take("năm");
        return 5;
    }
    for (unsigned i = 0; i < counted.size(); ++i)
        if (words.take(counted[i]))
            return i < 9 ? i + 1 : words.take("một") ? 11 : words.take("hai") ? 12 : 10;
    return words.number();
}

unsigned quarter(Words& words)
{
    if (words.take("tư"))
        return 4;
    for (unsigned i = 0; i < 4; ++i)
        if (words.take(counted[i]))
            return i + 1;
    constexpr std::array<std::string_view, 4> roman = {"i", "ii", "iii", "iv"};
    for (unsigned i = 0; i < roman.size(); ++i)
        if (words.take(roman[i]))
            return i + 1;
    return words.number();
}

/// "<n> tháng [đầu|cuối] năm": only the spans people report by.
std::optional<Period> span_of_months(unsigned count, Words& words)
{
    const bool end = words.take("cuối");
    if (!end)
        words.take("đầu");
    if (count == 6)
        return Period{.kind = PeriodKind::half, .part = end ? 2U : 1U};
    if (end)
        return std::nullopt;
    if (count == 9)
        return Period{.kind = PeriodKind::nine_months};
    if (count == 12)
        return Period{.kind = PeriodKind::year};
    return std::nullopt;
}

/// "Vụ Đông xuân 2024-2025", "hè thu 2025".
bool is_season(std::string_view plain)
{
    Words words(plain, marks);
    return words.take("vụ") || (words.take("đông") && words.take("xuân")) || (words.take("hè") && words.take("thu")) ||
           (words.take("thu") && words.take("đông"));
}

/// Whether it would exist in a year that has every day.
bool could_be(Period period)
{
    period.year = 2024;
    return period.kind != PeriodKind::year && exists(period);
}

/// Everything before the year.
std::optional<Period> head(Words& words)
{
    if (words.take("ngày")) {
        Period period{.kind = PeriodKind::day, .day = words.number()};
        if (!mark_or(words, "tháng"))
            return std::nullopt;
        period.part = words.number();
        return period;
    }
    if (words.take("tháng"))
        return Period{.kind = PeriodKind::month, .part = month(words)};
    if (words.take("quý") || words.take("quí"))
        return Period{.kind = PeriodKind::quarter, .part = quarter(words)};
    for (const unsigned count : {6U, 9U})
        if (words.take(counted[count - 1]))
            return words.take("tháng") ? span_of_months(count, words) : std::nullopt;
    if (words.take("mười"))
        return words.take("hai") && words.take("tháng") ? span_of_months(12, words) : std::nullopt;
    if (const unsigned count = words.number(); count != 0)
        return words.take("tháng") ? span_of_months(count, words) : std::nullopt;
    words.take("cả");
    return words.at("năm") ? std::optional(Period{.kind = PeriodKind::year}) : std::nullopt;
}

/// A period and its year, from here on; without a year the year is 0. What is no period takes nothing.
std::optional<Period> next_period(Words& words)
{
    Words ahead = words;
    auto period = head(ahead);
    if (!period)
        return std::nullopt;
    Words before_year = ahead;
    (void)mark_or(ahead, "năm");
    period->year = static_cast<int>(ahead.number());
    if (exists(*period)) {
        words = ahead;
        return period;
    }
    if (!could_be(*period))
        return std::nullopt;
    words = before_year;
    period->year = 0;
    return period;
}

}  // namespace

Result<Period> period_within(std::string_view text)
{
    constexpr std::size_t longest_text = 4096;
    const std::string plain = folded(text.substr(0, longest_text));
    std::optional<Period> found;
    bool several = false;
    for (Words words(plain, marks); !words.at_end();) {
        const auto next = next_period(words);
        if (!next)
            words.pass();
        else if (found && *found != *next)
            several = true;
        else
            found = next;
    }
    if (several)
        return Problem{.code = "period.several",
                       .detail = "the text speaks of more than one period",
                       .found = shortened(text),
                       .expected = "one period, or the part of the text that names the one meant, by split(…)"};
    if (!found)
        return period_malformed(text, "a text with one period in it, as in BIỂU TỔNG HỢP Tháng 3 năm 2025");
    if (found->year == 0)
        return Problem{.code = "period.no_year",
                       .detail = "the period in the text names no year",
                       .found = shortened(text),
                       .expected = "a year behind it, or one put there by concat(…)"};
    return *found;
}

Result<Period> period_from_vietnamese(std::string_view text)
{
    const std::string plain = folded(text.substr(0, longest_period));
    if (is_season(plain))
        return Problem{.code = "period.season",
                       .detail = "a crop season is no period of the calendar",
                       .found = shortened(text),
                       .expected = "the year, as in năm 2025, and the season as a breakdown"};
    Words words(plain, marks);
    if (auto period = head(words)) {
        const bool year_follows = mark_or(words, "năm");
        if (words.at_end() && text.size() <= longest_period && could_be(*period))
            return Problem{.code = "period.no_year",
                           .detail = "this names no year",
                           .found = shortened(text),
                           .expected = "a year behind it, as in 6 tháng đầu năm 2025, or one put there by concat(…)"};
        if (year_follows) {
            period->year = static_cast<int>(words.number());
            if (text.size() <= longest_period && words.at_end() && exists(*period))
                return *period;
        }
    }
    const bool of_digits = !plain.empty() && plain.find_first_not_of("0123456789q") == std::string::npos;
    return period_malformed(
        text, of_digits ? "a declared pattern: period(…, \"yyyyMM\"), period(…, \"yyyyq\") or period(…, \"yyyy'Q'q\")"
                        : "tháng 3 năm 2025, quý I/2025, 6 tháng đầu năm 2025, 9 tháng năm 2025, năm 2025 or ngày 5/1/2020");
}

std::string to_vietnamese(const Period& period)
{
    constexpr std::array<std::string_view, 4> roman = {"I", "II", "III", "IV"};
    const std::string year = std::to_string(period.year);
    switch (period.kind) {
        case PeriodKind::day:
            return "Ngày " + std::to_string(period.day) + "/" + std::to_string(period.part) + "/" + year;
        case PeriodKind::month:
            return "Tháng " + std::to_string(period.part) + "/" + year;
        case PeriodKind::quarter:
            return std::string("Quý ").append(roman.at(period.part - 1)) + "/" + year;
        case PeriodKind::half:
            return (period.part == 1 ? "6 tháng đầu năm " : "6 tháng cuối năm ") + year;
        case PeriodKind::nine_months:
            return "9 tháng năm " + year;
        case PeriodKind::year:
            break;
    }
    return "Năm " + year;
}

}  // namespace lienthong::text
