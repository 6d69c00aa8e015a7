// Reads periods in Vietnamese words: a keyword decides the kind, the numbers behind it give its parts.
#include "hub/text/period.hpp"
#include "hub/text/period_malformed.hpp"
#include "hub/text/unicode.hpp"

#include <array>

namespace lienthong::text {
namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_mark(char c)
{
    return c == '/' || c == '-' || c == ',' || c == '.';
}

/// Words, numbers and single marks of a folded text, read from the front.
class Words
{
public:
    explicit Words(std::string_view text) : rest_(text) { advance(); }

    [[nodiscard]] bool at_end() const { return now_.empty(); }

    bool take(std::string_view word)
    {
        if (now_ != word)
            return false;
        advance();
        return true;
    }

    /// A number of at most four digits, or 0.
    [[nodiscard]] unsigned number()
    {
        if (now_.empty() || now_.size() > 4 || !is_digit(now_[0]))
            return 0;
        unsigned out = 0;
        for (const char c : now_)
            out = out * 10 + static_cast<unsigned>(c - '0');
        advance();
        return out;
    }

    /// A mark, the given word, or a mark and then the word.
    [[nodiscard]] bool mark_or(std::string_view word)
    {
        bool any = false;
        if (!now_.empty() && is_mark(now_[0])) {
            advance();
            any = true;
        }
        return take(word) || any;
    }

private:
    void advance()
    {
        while (rest_.starts_with(' '))
            rest_.remove_prefix(1);
        std::size_t size = 0;
        if (!rest_.empty() && is_mark(rest_[0]))
            size = 1;
        else
            while (size < rest_.size() && rest_[size] != ' ' && !is_mark(rest_[size]) &&
                   is_digit(rest_[size]) == is_digit(rest_[0]))
                ++size;
        now_ = rest_.substr(0, size);
        rest_.remove_prefix(size);
    }

    std::string_view rest_;
    std::string_view now_;
};

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
        if (!words.mark_or("tháng"))
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
    return Period{.kind = PeriodKind::year};
}

}  // namespace

Result<Period> period_from_vietnamese(std::string_view text)
{
    const std::string plain = folded(text.substr(0, 200));
    Words words(plain);
    if (auto period = head(words); period && words.mark_or("năm")) {
        period->year = static_cast<int>(words.number());
        if (words.at_end() && exists(*period))
            return *period;
    }
    return period_malformed(text,
                            "tháng 3 năm 2025, quý I/2025, 6 tháng đầu năm 2025, 9 tháng năm 2025, năm 2025 or ngày 5/1/2025");
}

}  // namespace lienthong::text
