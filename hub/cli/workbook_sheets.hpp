/// Workbook sheets: a workbook as tables for import, so that the catalogue's room need not know how one is packed.
#pragma once

#include "hub/catalogue/import_source.hpp"

#include <string>
#include <vector>

namespace lienthong::cli {

/// Whether a file begins as a workbook does, or is called one.
[[nodiscard]] bool is_workbook(const std::string& path);

/// What is seen of its sheets, in the order of their tabs; what merged rows say is said by each of them. Fails with:
/// import.file, import.too_large, and the format.zip.*, format.xml.* and format.xlsx.* codes; the place begins with the path.
[[nodiscard]] Result<std::vector<catalogue::SourceSheet>> sheets_of_workbook(const std::string& path);

}  // namespace lienthong::cli
