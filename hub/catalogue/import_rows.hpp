/// Rows of a catalogue's table made from a foreign table: headings matched to columns, raw texts read by those who know them.
/// What cannot be read is left empty and said; nothing is guessed.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/catalogue/import_headings.hpp"
#include "hub/catalogue/import_source.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::catalogue {

/// What the caller says beside the file.
struct ImportTerms
{
    std::map<std::string, std::string> set;      ///< Column → the value of every row.
    std::map<std::string, std::string> columns;  ///< Heading → column, `numbering` or `-`; before headings.csv.
    std::string prefix;                          ///< Begins generated codes: "BN", "GSO", "H05".
    std::string province;                        ///< Level-1 code inside which bare names of agencies count: "H05".
};

struct MatchedHeading
{
    std::string heading, column;
    unsigned line = 1, place = 1;  ///< Line and column of the heading in the source.
};

struct ImportCell
{
    std::string text;
    std::string place;    ///< Of the source cell it was read from; empty where it was given or made.
    std::string read_of;  ///< The raw column it was read from, where it was; a person may have settled it otherwise.
};

struct ImportRow
{
    std::map<std::string, ImportCell, std::less<>> cells;  ///< By column; those nothing was said about are left out.
    std::string place;                                     ///< "file:line" in the source.

    [[nodiscard]] const std::string& text(std::string_view column) const;
};

struct ImportedRows
{
    std::vector<MatchedHeading> headings;  ///< In the order of the file.
    std::vector<ImportRow> rows;           ///< In the order of the file.
    std::vector<Problem> notes;            ///< import.lines_above, import.rows_skipped
    std::vector<Problem> findings;         ///< What was left open; places in the source.
    std::vector<Problem> problems;         ///< What refuses the whole file; places in the source.
};

/// `present` is the catalogue rows are to join; it knows units, agencies, areas and breakdowns.
[[nodiscard]] ImportedRows imported_rows(const SourceTable& source, const std::string& file, const FileForm& form,
                                         const ImportTerms& terms, const Headings& headings, const Catalogue& present);

}  // namespace lienthong::catalogue
