// Reads periods by a declared pattern, letter by letter, without allocating on success.
#include "hub/text/period.hpp"
#include "hub/text/period_malformed.hpp"

namespace lienthong::text {
namespace {

struct Piece
{
    char letter = '\0';  ///< 'y', 'M', 'd', 'q', 'h', or 0 for a literal character.
    char literal = '\0';
    std::size_t least = 1;  ///< Fewest digits it takes.
    std::size_t most = 1;
};

/// Walks a pattern piece by piece.
class Pattern
{
public:
    explicit Pattern(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool broken() const { return broken_; }

    [[nodiscard]] bool next(Piece& piece)
    {
        while (rest_.starts_with('\'')) {
            quoted_ = !quoted_;
            rest_.remove_prefix(1);
        }
        if (rest_.empty()) {
            broken_ = broken_ || quoted_;
            return false;
        }
        const char c = rest_.front();
        if (quoted_ || !(c == 'y' || c == 'M' || c == 'd' || c == 'q' || c == 'h')) {
            piece = {.letter = '\0', .literal = c};
            rest_.remove_prefix(1);
            return true;
        }
        std::size_t run = 0;
        while (run < rest_.size() && rest_[run] == c)
            ++run;
        rest_.remove_prefix(run);
        const bool two = c == 'M' || c == 'd';
        broken_ = broken_ || (c == 'y' ? run != 4 : two ? run > 2 : run != 1);
        piece = {.letter = c, .least = run, .most = two ? 2 : run};
        return !broken_;
    }

private:
    std::string_view rest_;
    bool quoted_ = false;
    bool broken_ = false;
};

struct Parts
{
    int y = -1, M = -1, d = -1, q = -1, h = -1;

    [[nodiscard]] int& of(char letter)
    {
        return letter == 'y' ? y : letter == 'M' ? M : letter == 'd' ? d : letter == 'q' ? q : h;
    }

    /// The kind the present letters name together; nothing when they name none.
    [[nodiscard]] std::optional<PeriodKind> kind() const
    {
        const bool has_month = M >= 0, has_day = d >= 0, has_quarter = q >= 0, has_half = h >= 0;
        if (y < 0 || (has_day && !has_month) || has_month + has_quarter + has_half > 1)
            return std::nullopt;
        return has_day       ? PeriodKind::day
               : has_month   ? PeriodKind::month
               : has_quarter ? PeriodKind::quarter
               : has_half    ? PeriodKind::half
                             : PeriodKind::year;
    }
};

}  // namespace

std::optional<PeriodKind> kind_of_pattern(std::string_view pattern)
{
    Pattern walk(pattern);
    Parts parts;
    for (Piece piece; walk.next(piece);) {
        if (piece.letter == '\0')
            continue;
        if (parts.of(piece.letter) >= 0)
            return std::nullopt;
        parts.of(piece.letter) = 0;
    }
    return walk.broken() ? std::nullopt : parts.kind();
}

Result<Period> period_by_pattern(std::string_view text, std::string_view pattern)
{
    Pattern walk(pattern);
    Parts parts;
    std::size_t at = 0;
    bool fits = true;
    for (Piece piece; fits && walk.next(piece);) {
        if (piece.letter == '\0') {
            fits = at < text.size() && text[at++] == piece.literal;
            continue;
        }
        int number = 0;
        std::size_t read = 0;
        for (; read < piece.most && at < text.size() && text[at] >= '0' && text[at] <= '9'; ++read, ++at)
            number = number * 10 + (text[at] - '0');
        fits = read >= piece.least && parts.of(piece.letter) < 0;
        parts.of(piece.letter) = number;
    }
    const auto kind = parts.kind();
    if (fits && !walk.broken() && at == text.size() && kind) {
        const int part = parts.M >= 0 ? parts.M : parts.q >= 0 ? parts.q : parts.h >= 0 ? parts.h : 0;
        const Period period{.kind = *kind,
                            .year = parts.y,
                            .part = static_cast<unsigned>(part),
                            .day = parts.d < 0 ? 0U : static_cast<unsigned>(parts.d)};
        if (exists(period))
            return period;
    }
    return period_malformed(text, "pattern " + std::string(pattern));
}

}  // namespace lienthong::text
