/// Dates as Vietnamese write them.
#pragma once

#include "hub/model/result.hpp"
#include "hub/text/period.hpp"

#include <string_view>

namespace lienthong::text {

/// Reads day, month and year in that order: "ngày 05 tháng 01 năm 2020" as official documents have it (Decree 30/2020/NĐ-CP),
/// "05/01/2020", "5-1-2020", "5.1.2020", "ngày 5/1/2020". The year has four digits; a year first is another order and wants
/// a pattern. Gives a period of kind day. Thread-safe.
/// Fails with: date.malformed.
[[nodiscard]] Result<Period> date_from_vietnamese(std::string_view text);

}  // namespace lienthong::text
