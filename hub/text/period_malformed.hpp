/// The one problem reading a period can have; shared by the three readers of this room.
#pragma once

#include "hub/model/problem.hpp"

namespace lienthong::text {

[[nodiscard]] inline Problem period_malformed(std::string_view found, std::string expected)
{
    return {.code = "period.malformed",
            .detail = "not a period that exists in the declared form",
            .found = shortened(found),
            .expected = std::move(expected)};
}

}  // namespace lienthong::text
