/// TableWriter for XLSX (ECMA-376) by libxlsxwriter, in its constant-memory mode: a row is on disk before the next is written.
#pragma once

#include "hub/ports/table_writer.hpp"

#include <memory>

namespace lienthong::adapters {

/// Days and moments become real dates, moments in +07:00; texts are inline strings, so that no cell is a formula. The headings
/// and what stands above them stay in view, columns are as wide as what they hold. Parts of the file lie in a directory of
/// their own below the system's for temporary files, which goes with them.
[[nodiscard]] std::unique_ptr<TableWriter> make_xlsx_table_writer();

}  // namespace lienthong::adapters
