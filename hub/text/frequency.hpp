/// Frequencies: how often something is reported and by when, in one canonical text, read from what acts write.
///
/// Canonical texts are ASCII, and equal meaning gives equal text:
///   kinds       H hour   D day   M month   Q quarter   S half-year   M9 nine months   A year   CROP crop season
///               several in this order with ';' between: M;Q;A
///   months      M@07,11       only in these months of a year
///   seasons     CROP@DONG_XUAN,HE_THU,MUA    only these
///   due day     M@D30         day 30 of the period's last month       M@+1:D02     of the month after it
///               Q@04-06       6 April of the period's year            A@+1:02-10   10 February of the year after it
///   ambiguous   S;A?          "6 tháng/năm": half-yearly and yearly, or every six months of a year
///   real time   REALTIME:C%E1%BB%95ng   from the named system, its words percent-encoded (RFC 3986)
///   no frequency at all, but a date     @2025-12, by the canonical text of the period
/// All functions are thread-safe.
#pragma once

#include "hub/text/reporting_days.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::text {

/// In the order a frequency lists them.
enum class FrequencyKind : std::uint8_t { hour, day, month, quarter, half, nine_months, year, season };

/// Crop seasons: Đông xuân, Hè thu, Mùa. Their days differ by region and year and no act here fixes them, so a season is
/// no Period: it has no first and no last day.
enum class Season : std::uint8_t { winter_spring, summer_autumn, main };

/// One of three: kinds with what belongs to them, a source, or a date. exists() holds for all that the readers return.
struct Frequency
{
    std::vector<FrequencyKind> kinds{};  ///< Ascending, each once.
    std::vector<unsigned> months{};      ///< 1–12, ascending, each once: only in these; kinds is then the month alone.
    std::vector<Season> seasons{};       ///< Ascending, each once: only these; kinds is then the season alone.
    std::optional<DueRule> due{};        ///< Beside one kind, neither hour nor day; counted from a month beside the month only.
    bool ambiguous = false;              ///< "N tháng/năm": readings() has both; kinds is the first, the list of two.
    std::string source{};                ///< Real time: the words that name the system, as written (NFC, single blanks).
    std::optional<Period> date{};        ///< "Tháng 12/2025": a date where a frequency belongs.

    friend bool operator==(const Frequency&, const Frequency&) = default;
};

/// Whether its parts fit together as said above.
[[nodiscard]] bool exists(const Frequency& frequency);

/// What it can mean: itself, or, when it is ambiguous, the list of two kinds and then the first kind alone.
[[nodiscard]] std::vector<Frequency> readings(const Frequency& frequency);

/// The code of a kind in SDMX CL_FREQ: H, D, M, Q, S, A. Nothing for nine months and crop seasons, which it has not.
[[nodiscard]] std::optional<std::string_view> sdmx_frequency(FrequencyKind kind);

/// The kind of period its figures are about. Nothing for hours and crop seasons: no Period is one.
[[nodiscard]] std::optional<PeriodKind> period_kind(FrequencyKind kind);

/// Canonical text of a frequency that exists.
[[nodiscard]] std::string to_text(const Frequency& frequency);

/// Reads canonical text only. Fails with: frequency.malformed.
[[nodiscard]] Result<Frequency> frequency_from_canonical(std::string_view canonical);

/// Vietnamese of a frequency that exists, in one spelling: "Quý, Năm", "Tháng (ngày 30 hàng tháng)". frequency_from reads
/// it back.
[[nodiscard]] std::string to_vietnamese(const Frequency& frequency);

/// Reads what the tables of plan 197/KH-UBND (Đắk Nông) and QĐ 228/QĐ-UBND (Sơn La) write, whatever its case, blanks and
/// place of the tone mark, '/' or ',' between, "06" or "6", "hàng" or "hằng":
///   kinds        "Giờ/Ngày/Tháng", "Quý/06 tháng/ cả năm", "6 tháng, Năm", "9 tháng", "Mùa vụ"; each kind once
///   months       "Tháng 7, 11", with "hàng năm" or without
///   seasons      "Vụ Đông xuân, vụ Mùa"
///   due day      behind one kind in brackets, as at DueRule
///   real time    "Cập nhật từ <system> theo thời gian thực"
///   date         any period with its year that period_from_vietnamese reads
/// An empty text is malformed: that a line has no frequency is for its reader to see. Time grows with the text.
/// Fails with: frequency.malformed.
[[nodiscard]] Result<Frequency> frequency_from(std::string_view text);

}  // namespace lienthong::text
