/// Tables for people: sheets of typed cells, as plain values. Files are made of them by hub/ports/table_writer.hpp.
#pragma once

#include "hub/model/time.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace lienthong {

struct LinkedText
{
    std::string text;
    std::string url;  ///< https or http; anything else, and nothing, makes it plain text.
    friend bool operator==(const LinkedText&, const LinkedText&) = default;
};

/// Nothing, a text, a count, a day, a moment or a link. A text is a text whatever it begins with: no cell is ever a formula.
using TableCell = std::variant<std::monostate, std::string, std::int64_t, std::chrono::year_month_day, Time, LinkedText>;
using TableRow = std::vector<TableCell>;

struct TableSheet
{
    std::string name;             ///< At most 31 characters, none of []:*?/\.
    std::vector<TableRow> above;  ///< What the table is, before it; the first row is its title.
    std::vector<std::string> headings;
    std::vector<TableRow> rows;
    bool last_row_sums = false;
};

}  // namespace lienthong
