/// What a provincial reporting system holds: it answers period by period, so a listing asks as a poll does, and the hub takes the
/// digests of what comes. The service names no version of a figure; what is not the same bytes is another answer.
#pragma once

#include "plugins/nrs/indicators.hpp"

namespace nrs {

/// The cursor of a poll that begins with the month of a day; nothing when it is no day.
inline std::optional<std::string> listing_cursor(const Indicators& indicators, std::string_view since)
{
    const auto month = read_month(since.substr(0, 7));
    return month ? std::optional(indicators.cursor_from(*month)) : std::nullopt;
}

}  // namespace nrs
