/// Layout: what a mapping declares of how its documents are laid out, for formats whose bytes do not say it themselves.
///
/// A *table* in a document of rows (CSV, a sheet of a workbook) is a block of header rows with body rows below it. Where it
/// begins is told by texts that stand in its header, never by the number of a row or the name of a sheet: offices insert
/// rows and rename sheets from month to month.
#pragma once

#include <string>
#include <vector>

namespace lienthong {

struct Layout
{
    std::string encoding = "utf-8";  ///< csv: a word of text::encoding_from, or "detect".
    char separator = ',';            ///< csv.
    /// Texts of which one must stand above a table of a sheet, or in its header, for the table to be read; whatever their
    /// case, blanks and tone placement. Empty: every table.
    std::vector<std::string> title{};
    /// Texts which must all stand in the header, each in some cell or part of one, written in any of those ways. Empty: the
    /// first row that is not empty is the header.
    std::vector<std::string> header{};
    unsigned stub = 1;   ///< Leftmost columns that name a row, 0 to 8.
    bool cells = false;  ///< A record for each cell that holds something, instead of one for each row.

    friend bool operator==(const Layout&, const Layout&) = default;
};

}  // namespace lienthong
