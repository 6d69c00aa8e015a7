/// What a number in a sheet looks like: number formats (ECMA-376 part 1, 18.8.30 and 18.8.31), exact in decimal.
///
/// A workbook stores 96.9 as the binary number nearest to it and writes that as 96.90000000000001. What was published is
/// what the format prints. All functions are thread-safe.
#pragma once

#include "adapters/formats/grid/grid.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::adapters {

/// One part of a format: for numbers above zero, below, zero.
struct NumberSection
{
    enum class Kind : std::uint8_t {
        general,  ///< No fixed decimals: the shortest decimal.
        fixed,
        date,
        time,     ///< Hours and minutes without a day.
        nothing,  ///< Prints nothing.
        words,    ///< Prints words or signs, no digits: "-" for zero.
    };
    Kind kind = Kind::general;
    std::uint8_t least = 0;     ///< Decimals always printed.
    std::uint8_t most = 0;      ///< Decimals printed where they are not zero.
    std::uint8_t percents = 0;  ///< Each times a hundred.
    std::uint8_t thousands = 0; ///< Each divided by a thousand.
    bool prints_zero = false;   ///< Has a place that is filled even by nothing.
};

struct NumberFormat
{
    std::array<NumberSection, 3> sections{};
    std::uint8_t count = 1;
};

/// Reads a format's code. What it does not know (conditions, fractions, exponents) is general.
[[nodiscard]] NumberFormat read_number_format(std::string_view code);
/// The formats that have numbers instead of codes; general for a number that means nothing.
[[nodiscard]] NumberFormat built_in_number_format(std::uint32_t id);

enum class DateSystem : std::uint8_t { from_1900, from_1904 };

struct Printed
{
    CellKind kind = CellKind::number;
    std::string text;  ///< Empty when the format prints nothing.
};

/// A stored number as its format prints it. std::nullopt when `stored` is no number that a sheet may hold.
[[nodiscard]] std::optional<Printed> print_number(std::string_view stored, const NumberFormat& format, DateSystem dates);

}  // namespace lienthong::adapters
