/// Which column of the source is which of the table's. Inner part of import_rows.
#pragma once

#include "hub/catalogue/import_rows.hpp"

namespace lienthong::catalogue {

/// One a cell of the header: the column, `numbering`, `-`, or empty where the heading is blank and so is what is below.
/// Adds import.heading for headings nobody knows or that mean one column twice.
[[nodiscard]] std::vector<std::string> matched_columns(const SourceTable& source, const std::string& file, const FileForm& form,
                                                       const ImportTerms& terms, const Headings& headings, ImportedRows& out);

/// The rows below the header: without the header's repetition on a next page and the row that numbers the columns; each with as
/// many cells as the header.
[[nodiscard]] std::vector<const CsvRow*> rows_below(const SourceTable& source, const std::string& file, ImportedRows& out);

}  // namespace lienthong::catalogue
