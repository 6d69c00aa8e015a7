/// Writes CSV as RFC 4180 has it: CRLF after each row, cells quoted only where they must be.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace lienthong::compliance {

/// Appends one row. A line break in a cell becomes LF, any other control character a blank, so that strict readers
/// (catalogue/csv.hpp) take it back. Thread-safe.
void append_csv_row(std::string& out, std::initializer_list<std::string_view> cells);

/// A text cell of a table made for people. Spreadsheets take a cell that begins with = + - @, a tab or a line break for a
/// formula and would run it; such a cell gets an apostrophe in front, by which they know a text. Numbers ("-1,5", "+84 24") are
/// left as they are, and so is what only programs read back: events_text is not guarded. Whoever reads the table by program
/// takes one leading apostrophe off where one of those characters follows it. Thread-safe.
[[nodiscard]] std::string guarded(std::string_view text);

}  // namespace lienthong::compliance
