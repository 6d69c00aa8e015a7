/// Plain values: numbers, days and periods as texts, worked with digit by digit; the reference's own arithmetic.
///
/// Pure functions; std::nullopt where the text is none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lienthong::reference {

/// A number's canonical text, or in `code` why it has none.
[[nodiscard]] std::optional<std::string> plain_number(const std::string& text, const std::string& locale, std::string& code);
[[nodiscard]] bool same_number(std::string a, std::string b);

/// What a text read by a pattern, or a value to be written by one, has of each letter; -1 for none.
struct Letters
{
    int y = -1, M = -1, d = -1, q = -1, h = -1, H = -1, m = -1, s = -1;
    int& of(char letter);
};

/// Reads by a pattern in which only `known` are letters.
[[nodiscard]] std::optional<Letters> read_letters(const std::string& text, const std::string& pattern, const std::string& known);
[[nodiscard]] std::optional<std::string> write_letters(Letters letters, const std::string& pattern);

[[nodiscard]] bool is_day(int year, int month, int day);
[[nodiscard]] int days_of_month(int year, int month);

/// "2025-03-14"; of letters that name a day that exists.
[[nodiscard]] std::optional<std::string> plain_date(const Letters& letters);
[[nodiscard]] std::optional<std::string> plain_datetime(const Letters& letters);
/// RFC 3339 at +07:00, seconds cut.
[[nodiscard]] std::optional<std::string> plain_moment(const std::string& text);
/// Canonical text of the period the letters name.
[[nodiscard]] std::optional<std::string> plain_period(const Letters& letters);
/// Whether this is canonical text of a period that exists.
[[nodiscard]] bool is_period(const std::string& text);
[[nodiscard]] Letters letters_of_period(const std::string& canonical);
[[nodiscard]] Letters letters_of_moment(const std::string& canonical);
/// Year, month and day of a period's last day.
[[nodiscard]] Letters last_day_of(const std::string& canonical);
[[nodiscard]] std::optional<std::string> vietnamese_period(const std::string& text);

[[nodiscard]] std::string plain_case(const std::string& text, bool upper);
[[nodiscard]] std::string without_blanks_around(std::string text);

}  // namespace lienthong::reference
