/// The one problem reading a frequency can have; shared by the two readers of this room.
#pragma once

#include "hub/model/problem.hpp"

namespace lienthong::text {

/// `stopped_at` is what could not be read any more.
[[nodiscard]] inline Problem frequency_malformed(std::string_view found, std::string_view stopped_at, std::string expected)
{
    return {.code = "frequency.malformed",
            .detail = stopped_at.empty() ? "not a frequency: it ends too early"
                                         : "not a frequency from '" + shortened(stopped_at, 60) + "' on",
            .found = shortened(found),
            .expected = std::move(expected)};
}

}  // namespace lienthong::text
