/// A strict CSV reader (RFC 4180, UTF-8) that knows where every cell stands.
#pragma once

#include "hub/model/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

struct Cell
{
    std::string text;
    unsigned line = 1;    ///< From 1.
    unsigned column = 1;  ///< In characters, from 1.
};

using CsvRow = std::vector<Cell>;

/// All rows, empty lines left out. Accepts LF or CRLF and one byte order mark, as spreadsheets write them. A catalogue's own
/// files have commas; what is imported may have another `separator`.
/// Fails with: catalogue.csv at the first character that breaks the form.
[[nodiscard]] Result<std::vector<CsvRow>> read_csv(std::string_view bytes, const std::string& file, char separator = ',');

/// "file:line:column".
[[nodiscard]] std::string place_of(const std::string& file, unsigned line, unsigned column);

}  // namespace lienthong::catalogue
