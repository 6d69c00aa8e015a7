/// What the portal holds: it has no list of its own, but answers month by month what it has, in the same bytes for the same content.
///
/// So a listing asks for the months since a day as a poll does, and the hub takes the digests of what comes. Its statistics count
/// dossiers by state and month, which the hub's dossiers do not say in the same way: they are compared as figures, not as counts.
#pragma once

#include "hub/sdk/words.hpp"

namespace dvc {

/// The cursor of a poll that begins with the month of a day, or with the first one there is; nothing when it is no day.
inline std::optional<std::string> listing_cursor(std::string_view since, lienthong::sdk::Month first)
{
    const auto month = lienthong::sdk::read_month(since.substr(0, 7));
    return month ? std::optional("v1 " + lienthong::sdk::text_of(std::max(*month, first))) : std::nullopt;
}

}  // namespace dvc
