/// Place: one kind of figure of one period, as the system numbers them, and the order in which periods end.
#pragma once

#include "hub/sdk/words.hpp"

#include <array>
#include <optional>
#include <string>

namespace nrs {

using lienthong::sdk::Month;
using lienthong::sdk::Words;

/// The system's periods in the order in which they end: months 1–12, quarters 13–16, halves 17 and 18, the year 20.
inline constexpr std::array periods = {1, 2, 3, 13, 4, 5, 6, 14, 17, 7, 8, 9, 15, 10, 11, 12, 16, 18, 20};

/// The month in which a period ends.
constexpr int end_month(int period)
{
    if (period <= 12)
        return period;
    return period <= 16 ? (period - 12) * 3 : period == 17 ? 6 : 12;
}

/// What is asked at once: one kind of figure of one period.
struct Place
{
    int year = 0;
    std::size_t period = 0;  ///< Index into periods.
    int data_type = 0;

    [[nodiscard]] std::string text() const
    {
        return std::to_string(year) + ' ' + std::to_string(periods[period]) + ' ' + std::to_string(data_type);
    }
    [[nodiscard]] std::string words() const
    {
        return "period " + std::to_string(periods[period]) + " of " + std::to_string(year) + ", kind " +
               std::to_string(data_type);
    }
    [[nodiscard]] std::string json() const
    {
        return "\"dataTypeId\":" + std::to_string(data_type) + ",\"periodId\":" + std::to_string(periods[period]) +
               ",\"dataYear\":" + std::to_string(year);
    }
    [[nodiscard]] Month ends() const
    {
        return std::chrono::year(year) / std::chrono::month(unsigned(end_month(periods[period])));
    }
};

inline std::optional<Place> read_place(Words& words)
{
    const auto year = words.number(), id = words.number(), data_type = words.number();
    for (std::size_t i = 0; year && lienthong::sdk::make_month(*year, 1) && id && data_type && i < periods.size(); ++i)
        if (periods[i] == *id)
            return Place{*year, i, *data_type};
    return std::nullopt;
}

}  // namespace nrs
