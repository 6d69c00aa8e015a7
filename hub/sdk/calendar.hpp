/// Calendar: the months and clock texts a connector needs, as pure functions of the moment the host gave it.
///
/// No wire format of the systems we speak with carries a zone; all of them mean +07:00, which has no summer time.
#pragma once

#include "hub/sdk/connector.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::sdk {

using Month = std::chrono::year_month;
using Day = std::chrono::year_month_day;

/// `value` in decimal with zeros in front up to `width` digits; never cut.
inline std::string padded(unsigned value, std::size_t width)
{
    std::string text = std::to_string(value);
    if (text.size() < width)
        text.insert(0, width - text.size(), '0');
    return text;
}

/// What a clock on a wall in Viet Nam shows, to the millisecond.
inline std::chrono::sys_time<std::chrono::milliseconds> wall_time(const Moment& moment)
{
    return std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(moment.unix_millis)) +
           std::chrono::hours(7);
}

inline Day day_of(const Moment& moment)
{
    return Day(std::chrono::floor<std::chrono::days>(wall_time(moment)));
}

inline Month month_of(const Moment& moment)
{
    const Day day = day_of(moment);
    return day.year() / day.month();
}

inline unsigned year_number(Month month)
{
    return static_cast<unsigned>(static_cast<int>(month.year()));
}
inline unsigned month_number(Month month)
{
    return static_cast<unsigned>(month.month());
}

/// Number of days in the month.
inline unsigned last_day(Month month)
{
    return static_cast<unsigned>(Day(month / std::chrono::last).day());
}

/// "2025-03".
inline std::string text_of(Month month)
{
    return padded(year_number(month), 4) + '-' + padded(month_number(month), 2);
}

/// Year 1900…2999 and month 1…12, or nothing.
inline std::optional<Month> make_month(int year, int month)
{
    if (year < 1900 || year > 2999 || month < 1 || month > 12)
        return std::nullopt;
    return std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month));
}

/// Digits only, at most nine of them; nothing otherwise.
inline std::optional<int> read_digits(std::string_view text)
{
    if (text.empty() || text.size() > 9)
        return std::nullopt;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// "2025-03", exactly so.
inline std::optional<Month> read_month(std::string_view text)
{
    if (text.size() != 7 || text[4] != '-')
        return std::nullopt;
    const auto year = read_digits(text.substr(0, 4));
    const auto month = read_digits(text.substr(5));
    return year && month ? make_month(*year, *month) : std::nullopt;
}

/// "2025-03-10", or with another mark between its numbers.
inline std::string text_of(const Day& day, char between = '-')
{
    return padded(year_number(day.year() / day.month()), 4) + between + padded(month_number(day.year() / day.month()), 2) + between +
           padded(static_cast<unsigned>(day.day()), 2);
}

/// "2025-03-10", exactly so, and a day that there was or will be.
inline std::optional<Day> read_day(std::string_view text)
{
    if (text.size() != 10 || text[7] != '-')
        return std::nullopt;
    const auto month = read_month(text.substr(0, 7));
    const auto number = read_digits(text.substr(8));
    if (!month || !number)
        return std::nullopt;
    const Day day = *month / std::chrono::day(static_cast<unsigned>(*number));
    return day.ok() ? std::optional(day) : std::nullopt;
}

}  // namespace lienthong::sdk
