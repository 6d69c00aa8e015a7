/// Date patterns: yyyy MM M dd d HH mm ss and literal characters, read and written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lienthong::mapping {

/// A calendar day and, where the pattern has them, hour, minute and second; always one that exists.
struct DayTime
{
    int year = 0;
    unsigned month = 0, day = 0;
    unsigned hour = 0, minute = 0, second = 0;
};

enum class DateForm : unsigned char { date, datetime };

/// What is wrong with a pattern, or nothing. A date needs year, month and day; a datetime may have HH, mm, ss too,
/// each only behind the coarser one. Text between ' and ' is literal.
[[nodiscard]] std::optional<std::string> fault_of_pattern(std::string_view pattern, DateForm form);

/// Nothing when the text does not read so, or names no day or time that exists.
[[nodiscard]] std::optional<DayTime> read_by_pattern(std::string_view text, std::string_view pattern);

/// Canonical texts: "2025-03-14" and "2025-03-14T09:12:03+07:00".
[[nodiscard]] std::string date_text(const DayTime& value);
[[nodiscard]] std::string datetime_text(const DayTime& value);
/// Reads both canonical texts.
[[nodiscard]] DayTime read_canonical(std::string_view text);

/// What is wrong with a pattern for writing, or nothing. Of `letters` any may be used: "yMdHms" for a datetime,
/// "yMd" for a date, "yMdqh" for a period.
[[nodiscard]] std::optional<std::string> fault_of_format(std::string_view pattern, std::string_view letters);
/// The values by letter; a letter whose value is negative has none.
struct LetterValues
{
    int y = -1, M = -1, d = -1, q = -1, h = -1, H = -1, m = -1, s = -1;
    [[nodiscard]] int of(char letter) const;
};
/// Nothing when the pattern asks for a letter without value.
[[nodiscard]] std::optional<std::string> write_by_pattern(const LetterValues& values, std::string_view pattern);

}  // namespace lienthong::mapping
