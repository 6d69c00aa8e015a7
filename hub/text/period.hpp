/// Periods: what span of time a figure is about, in one canonical text, read from what people write.
///
/// Canonical texts (SDMX 2.1 §4.2 where SDMX has a form):
///   2025        year            2025-S1   half-year (1, 2)     2025-Q3  quarter (1–4)
///   2025-03     month           2025-03-31 day                 2025-M9  nine months, January to September
/// Years run from 1900 to 2999. All functions are thread-safe.
#pragma once

#include "hub/model/result.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lienthong::text {

enum class PeriodKind : std::uint8_t { day, month, quarter, half, nine_months, year };

/// "day", "month", "quarter", "half", "nine_months", "year".
[[nodiscard]] std::string_view to_text(PeriodKind kind);
[[nodiscard]] std::optional<PeriodKind> period_kind_from(std::string_view text);

struct Period
{
    PeriodKind kind = PeriodKind::year;
    int year = 0;
    unsigned part = 0;  ///< Month 1–12, quarter 1–4, half 1–2; for a day its month; else 0.
    unsigned day = 0;   ///< 1–31 for a day, else 0.

    friend bool operator==(const Period&, const Period&) = default;
};

[[nodiscard]] std::string to_text(const Period& period);
[[nodiscard]] std::chrono::year_month_day first_day(const Period& period);
[[nodiscard]] std::chrono::year_month_day last_day(const Period& period);

/// Whether the year, the part and the day are such as exist in its kind (29 February only in leap years).
[[nodiscard]] bool exists(const Period& period);

/// Reads canonical text only. Fails with: period.malformed.
[[nodiscard]] Result<Period> period_from(std::string_view canonical);

/// The kind a pattern of period_by_pattern reads, or nothing when it is no pattern: it needs one yyyy and at
/// most one of each other letter; dd stands with MM; q and h stand alone with yyyy.
[[nodiscard]] std::optional<PeriodKind> kind_of_pattern(std::string_view pattern);

/// Reads `text` by a declared pattern of yyyy, MM, dd, q, h (half) and literal characters ("MM/yyyy",
/// "yyyyMM", "yyyyq", "dd/MM/yyyy"). M and d take one or two digits. Text between ' and ' is literal, for
/// words with those letters in them. The pattern's letters decide the kind. Allocates only on failure.
/// Fails with: period.malformed.
[[nodiscard]] Result<Period> period_by_pattern(std::string_view text, std::string_view pattern);

/// Reads Vietnamese as people write it: "tháng 3 năm 2025", "Tháng 03/2025", "Tháng Ba năm 2025", "Quý I/2025", "quý 3 năm
/// 2025", "quý một năm 2025", "6 tháng đầu năm 2025", "sáu tháng cuối năm 2025", "9 tháng năm 2025", "năm 2025", "cả năm 2025",
/// "ngày 05 tháng 01 năm 2020". "6 tháng năm 2025" is the first half, "12 tháng năm 2025" the year. "202503" and "2025Q1" want
/// a pattern. "Tháng năm 2025" names no month: the fifth is "tháng năm năm 2025".
/// Fails with: period.malformed; period.no_year for a period of no year ("6 tháng đầu năm"); period.season for a crop season,
/// which begins and ends otherwise from place to place and is no span of the calendar.
[[nodiscard]] Result<Period> period_from_vietnamese(std::string_view text);

/// The one period that a longer text speaks of, as the title of a table does: "BIỂU TỔNG HỢP Tháng 10 năm 2025, tỉnh …". The same
/// period twice is one. Written as period_from_vietnamese reads it.
/// Fails with: period.malformed (there is none); period.no_year (there is one, of no year); period.several (two, or one and
/// another of no year): which is meant is not guessed.
[[nodiscard]] Result<Period> period_within(std::string_view text);

/// Vietnamese of a period that exists, as a cell of a table has it: "Tháng 3/2025", "Quý I/2025", "6 tháng đầu năm 2025",
/// "9 tháng năm 2025", "Năm 2025", "Ngày 5/1/2025". period_from_vietnamese reads it back.
[[nodiscard]] std::string to_vietnamese(const Period& period);

}  // namespace lienthong::text
