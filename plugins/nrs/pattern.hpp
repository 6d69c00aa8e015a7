/// Pattern: how a partner writes days, moments and reporting periods, such as "yyyyMM", "yyyyq", "yyyy-MM-dd HH:mm:ss".
///
/// Letters: yyyy, MM, dd, HH, mm, ss, q (quarter 1–4), h (half 1–2); anything else stands for itself. Which pattern a field
/// has is declared in the profile and never guessed, since 20253 may be a quarter or a month.
#pragma once

#include "hub/sdk/calendar.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace nrs {

/// What a pattern's letters stand for; 0 where the pattern does not have them.
struct Pieces
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, quarter = 0, half = 0;
};

struct Letters
{
    std::string_view letters;
    int Pieces::*piece;
    int least, most;
};

inline constexpr std::array letters = {
    Letters{"yyyy", &Pieces::year, 1900, 2999}, Letters{"MM", &Pieces::month, 1, 12},  Letters{"dd", &Pieces::day, 1, 31},
    Letters{"HH", &Pieces::hour, 0, 23},        Letters{"mm", &Pieces::minute, 0, 59}, Letters{"ss", &Pieces::second, 0, 59},
    Letters{"q", &Pieces::quarter, 1, 4},       Letters{"h", &Pieces::half, 1, 2},
};

/// The letters the pattern begins with, if any.
constexpr const Letters* letters_at(std::string_view pattern)
{
    for (const Letters& one : letters)
        if (pattern.substr(0, one.letters.size()) == one.letters)
            return &one;
    return nullptr;
}

/// Nothing when the text is not exactly what the pattern says.
inline std::optional<Pieces> read_pattern(std::string_view pattern, std::string_view text)
{
    Pieces out;
    while (!pattern.empty()) {
        const Letters* one = letters_at(pattern);
        const std::size_t size = one == nullptr ? 1 : one->letters.size();
        if (text.size() < size)
            return std::nullopt;
        if (one == nullptr) {
            if (text.front() != pattern.front())
                return std::nullopt;
        } else {
            const auto value = lienthong::sdk::read_digits(text.substr(0, size));
            if (!value || *value < one->least || *value > one->most)
                return std::nullopt;
            out.*(one->piece) = *value;
        }
        pattern.remove_prefix(size);
        text.remove_prefix(size);
    }
    return text.empty() ? std::optional(out) : std::nullopt;
}

inline std::string write_pattern(std::string_view pattern, const Pieces& pieces)
{
    std::string out;
    while (!pattern.empty()) {
        const Letters* one = letters_at(pattern);
        const std::size_t size = one == nullptr ? 1 : one->letters.size();
        if (one == nullptr)
            out += pattern.front();
        else
            out += lienthong::sdk::padded(static_cast<unsigned>(pieces.*(one->piece)), size);
        pattern.remove_prefix(size);
    }
    return out;
}

/// A kind of value the hub writes in one way and each partner in its own.
struct WrittenForm
{
    std::string_view name;       ///< Its key in a profile.
    std::string_view canonical;  ///< As the hub writes it.
    std::string_view example;
};

/// Of a period the first form that fits is taken; no text fits two of the canonical ones.
inline constexpr std::array period_forms = {
    WrittenForm{"period.month", "yyyy-MM", "yyyyMM"}, WrittenForm{"period.quarter", "yyyy-Qq", "yyyyq"},
    WrittenForm{"period.half", "yyyy-Sh", "yyyySh"},  WrittenForm{"period.nine_months", "yyyy-M9", "yyyyM9"},
    WrittenForm{"period.year", "yyyy", "yyyy"},
};
inline constexpr WrittenForm day_form{"day", "yyyy-MM-dd", "yyyy-MM-dd"};
/// The hub's moments carry milliseconds and the zone; both are cut off, since every partner means +07:00 and writes seconds.
inline constexpr WrittenForm moment_form{"moment", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss"};

}  // namespace nrs
