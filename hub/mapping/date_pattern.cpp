// Walks date patterns letter by letter, for reading and for writing.
#include "hub/mapping/date_pattern.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace lienthong::mapping {
namespace {

constexpr std::string_view all_letters = "yMdqhHms";

struct Piece
{
    char letter = '\0';  ///< 0 for a literal character.
    char literal = '\0';
    std::size_t width = 1;
};

class Walk
{
public:
    explicit Walk(std::string_view pattern) : rest_(pattern) {}

    bool next(Piece& piece)
    {
        while (rest_.starts_with('\'')) {
            quoted_ = !quoted_;
            rest_.remove_prefix(1);
        }
        if (rest_.empty())
            return false;
        const char c = rest_.front();
        std::size_t width = 1;
        if (quoted_ || all_letters.find(c) == std::string_view::npos)
            piece = {.letter = '\0', .literal = c};
        else {
            while (width < rest_.size() && rest_[width] == c)
                ++width;
            piece = {.letter = c, .literal = c, .width = width};
        }
        rest_.remove_prefix(width);
        return true;
    }
    [[nodiscard]] bool open_quote() const { return quoted_; }

private:
    std::string_view rest_;
    bool quoted_ = false;
};

bool width_fits(const Piece& piece)
{
    switch (piece.letter) {
        case 'y':
            return piece.width == 4;
        case 'M':
        case 'd':
            return piece.width <= 2;
        case 'q':
        case 'h':
            return piece.width == 1;
        default:
            return piece.width == 2;
    }
}

/// What is meant by letters that are capital elsewhere.
std::string in_small_letters(std::string_view written)
{
    for (const auto& [capital, small] : {std::pair('Y', 'y'), std::pair('D', 'd'), std::pair('Q', 'q'), std::pair('S', 's')})
        if (written.front() == capital)
            return "; small letters are meant: '" + std::string(written.size(), small) + "'";
    return "";
}

std::optional<std::string> fault(std::string_view pattern, std::string_view letters, std::array<bool, 8>& seen)
{
    Walk walk(pattern);
    for (Piece piece; walk.next(piece);) {
        if (piece.letter == '\0')
            continue;
        const std::string written(piece.width, piece.letter);
        if (letters.find(piece.letter) == std::string_view::npos)
            return "'" + written + "' has no meaning here" + in_small_letters(written);
        if (!width_fits(piece))
            return "'" + written + "' is not of the right length";
        bool& was = seen[all_letters.find(piece.letter)];
        if (was)
            return "'" + written + "' stands twice";
        was = true;
    }
    if (walk.open_quote())
        return "a ' is not closed";
    return std::nullopt;
}

std::string two(unsigned value)
{
    std::string out(2, '0');
    out[0] = static_cast<char>('0' + value / 10 % 10);
    out[1] = static_cast<char>('0' + value % 10);
    return out;
}

std::string four(int value)
{
    return two(static_cast<unsigned>(value) / 100) + two(static_cast<unsigned>(value) % 100);
}

unsigned digits(std::string_view text, std::size_t at, std::size_t count)
{
    unsigned value = 0;
    for (std::size_t i = at; i < at + count && i < text.size(); ++i)
        value = value * 10 + static_cast<unsigned>(text[i] - '0');
    return value;
}

}  // namespace

std::optional<std::string> fault_of_pattern(std::string_view pattern, DateForm form)
{
    std::array<bool, 8> seen{};
    if (auto wrong = fault(pattern, form == DateForm::date ? "yMd" : "yMdHms", seen))
        return wrong;
    const auto has = [&](char letter) { return seen[all_letters.find(letter)]; };
    if (!has('y') || !has('M') || !has('d'))
        return "it lacks year, month or day";
    if ((has('m') && !has('H')) || (has('s') && !has('m')))
        return "it has minutes without hours, or seconds without minutes";
    return std::nullopt;
}

std::optional<DayTime> read_by_pattern(std::string_view text, std::string_view pattern)
{
    DayTime out;
    std::size_t at = 0;
    Walk walk(pattern);
    for (Piece piece; walk.next(piece);) {
        if (piece.letter == '\0') {
            if (at >= text.size() || text[at++] != piece.literal)
                return std::nullopt;
            continue;
        }
        const std::size_t most = piece.letter == 'y' ? 4 : 2;
        std::size_t read = 0;
        while (read < most && at + read < text.size() && text[at + read] >= '0' && text[at + read] <= '9')
            ++read;
        if (read < piece.width)
            return std::nullopt;
        const unsigned value = digits(text, at, read);
        at += read;
        switch (piece.letter) {
            case 'y':
                out.year = static_cast<int>(value);
                break;
            case 'M':
                out.month = value;
                break;
            case 'd':
                out.day = value;
                break;
            case 'H':
                out.hour = value;
                break;
            case 'm':
                out.minute = value;
                break;
            default:
                out.second = value;
                break;
        }
    }
    const std::chrono::year_month_day day{std::chrono::year{out.year}, std::chrono::month{out.month}, std::chrono::day{out.day}};
    if (at != text.size() || !day.ok() || out.year < 1900 || out.year > 2999 || out.hour > 23 || out.minute > 59 ||
        out.second > 59)
        return std::nullopt;
    return out;
}

std::string date_text(const DayTime& value)
{
    return four(value.year) + "-" + two(value.month) + "-" + two(value.day);
}

std::string datetime_text(const DayTime& value)
{
    return date_text(value) + "T" + two(value.hour) + ":" + two(value.minute) + ":" + two(value.second) + "+07:00";
}

DayTime read_canonical(std::string_view text)
{
    DayTime out{.year = static_cast<int>(digits(text, 0, 4)), .month = digits(text, 5, 2), .day = digits(text, 8, 2)};
    if (text.size() > 10) {
        out.hour = digits(text, 11, 2);
        out.minute = digits(text, 14, 2);
        out.second = digits(text, 17, 2);
    }
    return out;
}

std::optional<std::string> fault_of_format(std::string_view pattern, std::string_view letters)
{
    std::array<bool, 8> seen{};
    return fault(pattern, letters, seen);
}

int LetterValues::of(char letter) const
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

std::optional<std::string> write_by_pattern(const LetterValues& values, std::string_view pattern)
{
    std::string out;
    Walk walk(pattern);
    for (Piece piece; walk.next(piece);) {
        if (piece.letter == '\0') {
            out += piece.literal;
            continue;
        }
        const int value = values.of(piece.letter);
        if (value < 0)
            return std::nullopt;
        if (piece.width == 4)
            out += four(value);
        else if (piece.width == 2)
            out += two(static_cast<unsigned>(value));
        else
            out += std::to_string(value);
    }
    return out;
}

}  // namespace lienthong::mapping
