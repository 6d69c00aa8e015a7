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

inline std::chrono::year_month_day day_of(const Moment& moment)
{
    return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(wall_time(moment)));
}

inline Month month_of(const Moment& moment)
{
    const std::chrono::year_month_day day = day_of(moment);
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
    return static_cast<unsigned>(std::chrono::year_month_day(month / std::chrono::last).day());
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

}  // namespace lienthong::sdk
