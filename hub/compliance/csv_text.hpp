/// Writes CSV as RFC 4180 has it: CRLF after each row, cells quoted only where they must be.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace lienthong::compliance {

/// Appends one row. A line break in a cell becomes LF, any other control character a blank, so that strict readers
/// (catalogue/csv.hpp) take it back. Thread-safe.
void append_csv_row(std::string& out, std::initializer_list<std::string_view> cells);

}  // namespace lienthong::compliance
