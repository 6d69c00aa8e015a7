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

unsigned quarter(Words& words)
{
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
        return Period{.kind = PeriodKind::month, .part = words.number()};
    if (words.take("quý") || words.take("quí"))
        return Period{.kind = PeriodKind::quarter, .part = quarter(words)};
    if (words.take("sáu"))
        return words.take("tháng") ? span_of_months(6, words) : std::nullopt;
    if (words.take("chín"))
        return words.take("tháng") ? span_of_months(9, words) : std::nullopt;
    if (const unsigned count = words.number(); count != 0)
        return words.take("tháng") ? span_of_months(count, words) : std::nullopt;
    words.take("cả");
    return words.at("năm") ? std::optional(Period{.kind = PeriodKind::year}) : std::nullopt;
}

}  // namespace

Result<Period> period_from_vietnamese(std::string_view text)
{
    const std::string plain = folded(text.substr(0, longest_period));
    Words words(plain, marks);
    if (auto period = head(words); period && mark_or(words, "năm")) {
        period->year = static_cast<int>(words.number());
        if (text.size() <= longest_period && words.at_end() && exists(*period))
            return *period;
    }
    return period_malformed(text,
                            "tháng 3 năm 2025, quý I/2025, 6 tháng đầu năm 2025, 9 tháng năm 2025, năm 2025 or ngày 5/1/2025");
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
