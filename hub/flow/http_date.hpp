/// HTTP dates: the three forms a server may write a moment in (RFC 9110, section 5.6.7).
#pragma once

#include "hub/model/time.hpp"

#include <optional>
#include <string_view>

namespace lienthong::flow {

/// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT" or "Sun Nov  6 08:49:37 1994"; nothing else.
/// `now` decides the century of a year of two digits: more than 50 years ahead of it means the one before. The day of the
/// week is not compared with the date.
[[nodiscard]] std::optional<Time> http_date(std::string_view text, Time now);

/// How long a Retry-After of that text means at `now`: seconds or an HTTP date, at most a day, 0 for a date that has passed.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_after(std::string_view text, Time now);

}  // namespace lienthong::flow
