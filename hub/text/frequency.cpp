// Canonical frequency texts, what may stand together in one, and the codes SDMX has.
#include "hub/text/frequency.hpp"

#include "hub/text/frequency_malformed.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace lienthong::text {
namespace {

using Kind = FrequencyKind;

constexpr std::array<std::string_view, 8> kind_codes = {"H", "D", "M", "Q", "S", "M9", "A", "CROP"};
constexpr std::array<std::string_view, 3> season_codes = {"DONG_XUAN", "HE_THU", "MUA"};
constexpr std::string_view real_time = "REALTIME:";
constexpr std::size_t longest_source = 300;  // Bytes: a name, not an essay.

template <class T>
bool ascends(const std::vector<T>& values, T first, T last)
{
    return std::all_of(values.begin(), values.end(), [&](T value) { return first <= value && value <= last; }) &&
           std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
}

bool is_alone(const Frequency& frequency, Kind kind)
{
    return frequency.kinds.size() == 1 && frequency.kinds[0] == kind;
}

bool is_source(std::string_view words)
{
    const auto is_control = [](char c) { return (c >= '\0' && c < ' ') || c == '\x7F'; };
    return words.size() <= longest_source && std::none_of(words.begin(), words.end(), is_control) && tidied(words) == words;
}

bool due_fits(const Frequency& frequency)
{
    if (frequency.kinds.size() != 1 || frequency.kinds[0] < Kind::month || !exists(*frequency.due))
        return false;
    return frequency.due->month != 0 || frequency.kinds[0] == Kind::month;
}

/// The part of `rest` before the next separator, which goes with it.
std::string_view cut(std::string_view& rest, char separator)
{
    const std::size_t at = rest.find(separator);
    const std::string_view out = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
    return out;
}

void append_padded(std::string& out, unsigned number)
{
    out += static_cast<char>('0' + number / 10 % 10);
    out += static_cast<char>('0' + number % 10);
}

/// Two digits, or 0.
unsigned padded(std::string_view text)
{
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 2 || !digit(text[0]) || !digit(text[1]))
        return 0;
    return static_cast<unsigned>(text[0] - '0') * 10 + static_cast<unsigned>(text[1] - '0');
}

std::string encoded(std::string_view words)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : words) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
            c == '~')
            out += c;
        else
            out.append(1, '%').append(1, hex[byte >> 4U]).append(1, hex[byte & 0xFU]);
    }
    return out;
}

/// What is no two hexadecimal digits behind a '%' stays as it is: writing it again then gives another text.
std::string decoded(std::string_view text)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const std::size_t high = hex.find(text[i + 1]);
            const std::size_t low = hex.find(text[i + 2]);
            if (high != std::string_view::npos && low != std::string_view::npos) {
                out += static_cast<char>(high << 4U | low);
                i += 2;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

/// Appends what a piece behind '@' says. Loose: the caller compares the canonical text of the whole.
void read_piece(std::string_view piece, Frequency& out)
{
    const std::string_view whole = piece;
    const bool following = piece.starts_with("+1:");
    if (following)
        piece.remove_prefix(3);
    if (piece.size() == 3 && piece[0] == 'D') {
        out.due = DueRule{.day = padded(piece.substr(1)), .following = following};
        return;
    }
    if (piece.size() == 5 && piece[2] == '-') {
        out.due = DueRule{.day = padded(piece.substr(3)), .month = padded(piece.substr(0, 2)), .following = following};
        return;
    }
    for (std::string_view rest = whole; !rest.empty();) {
        const std::string_view item = cut(rest, ',');
        const auto season = std::find(season_codes.begin(), season_codes.end(), item);
        if (season != season_codes.end())
            out.seasons.push_back(static_cast<Season>(season - season_codes.begin()));
        else
            out.months.push_back(padded(item));
    }
}

Frequency read_loosely(std::string_view canonical)
{
    Frequency out;
    if (canonical.starts_with(real_time)) {
        out.source = decoded(canonical.substr(real_time.size()));
        return out;
    }
    if (canonical.starts_with('@')) {
        if (const auto date = period_from(canonical.substr(1)); date.ok())
            out.date = *date;
        return out;
    }
    std::string_view pieces = canonical;
    std::string_view kinds = cut(pieces, '@');
    out.ambiguous = kinds.ends_with('?');
    if (out.ambiguous)
        kinds.remove_suffix(1);
    while (!kinds.empty()) {
        const auto code = std::find(kind_codes.begin(), kind_codes.end(), cut(kinds, ';'));
        if (code != kind_codes.end())
            out.kinds.push_back(static_cast<Kind>(code - kind_codes.begin()));
    }
    while (!pieces.empty())
        read_piece(cut(pieces, '@'), out);
    return out;
}

}  // namespace

bool exists(const Frequency& frequency)
{
    if (frequency.date)
        return exists(*frequency.date) && frequency == Frequency{.date = frequency.date};
    if (!frequency.source.empty())
        return is_source(frequency.source) && frequency == Frequency{.source = frequency.source};
    const auto& kinds = frequency.kinds;
    if (kinds.empty() || !ascends(kinds, Kind::hour, Kind::season) || !ascends(frequency.months, 1U, 12U) ||
        !ascends(frequency.seasons, Season::winter_spring, Season::main))
        return false;
    if ((!frequency.months.empty() && !is_alone(frequency, Kind::month)) ||
        (!frequency.seasons.empty() && !is_alone(frequency, Kind::season)) || (frequency.due && !due_fits(frequency)))
        return false;
    return !frequency.ambiguous ||
           (kinds.size() == 2 && (kinds[0] == Kind::half || kinds[0] == Kind::nine_months) && kinds[1] == Kind::year);
}

std::vector<Frequency> readings(const Frequency& frequency)
{
    if (!frequency.ambiguous)
        return {frequency};
    return {Frequency{.kinds = frequency.kinds}, Frequency{.kinds = {frequency.kinds.front()}}};
}

std::optional<std::string_view> sdmx_frequency(FrequencyKind kind)
{
    if (kind == Kind::nine_months || kind == Kind::season)
        return std::nullopt;
    return kind_codes.at(static_cast<std::size_t>(kind));
}

std::optional<PeriodKind> period_kind(FrequencyKind kind)
{
    switch (kind) {
        case Kind::day:
            return PeriodKind::day;
        case Kind::month:
            return PeriodKind::month;
        case Kind::quarter:
            return PeriodKind::quarter;
        case Kind::half:
            return PeriodKind::half;
        case Kind::nine_months:
            return PeriodKind::nine_months;
        case Kind::year:
            return PeriodKind::year;
        case Kind::hour:
        case Kind::season:
            break;
    }
    return std::nullopt;
}

std::string to_text(const Frequency& frequency)
{
    if (frequency.date)
        return "@" + to_text(*frequency.date);
    if (!frequency.source.empty())
        return std::string(real_time) + encoded(frequency.source);
    std::string out;
    for (const Kind kind : frequency.kinds)
        out.append(out.empty() ? "" : ";").append(kind_codes.at(static_cast<std::size_t>(kind)));
    if (frequency.ambiguous)
        out += '?';
    char before = '@';
    for (const unsigned month : frequency.months) {
        out += std::exchange(before, ',');
        append_padded(out, month);
    }
    for (const Season season : frequency.seasons)
        out.append(1, std::exchange(before, ',')).append(season_codes.at(static_cast<std::size_t>(season)));
    if (frequency.due) {
        out += frequency.due->following ? "@+1:" : "@";
        if (frequency.due->month == 0) {
            out += 'D';
        } else {
            append_padded(out, frequency.due->month);
            out += '-';
        }
        append_padded(out, frequency.due->day);
    }
    return out;
}

Result<Frequency> frequency_from_canonical(std::string_view canonical)
{
    Frequency out = read_loosely(canonical);
    if (!exists(out) || to_text(out) != canonical)
        return frequency_malformed(canonical, canonical,
                                   "M, M;Q;A, M@07,11, CROP@MUA, M@D30, Q@04-06, A@+1:02-10, S;A?, REALTIME:name or @2025-12");
    return out;
}

}  // namespace lienthong::text
