/// XLSX (ECMA-376) into a Tree: what a reader of the workbook sees, in tables found by what stands in their headers.
#pragma once

#include "adapters/formats/grid/tables.hpp"
#include "hub/ports/format.hpp"

#include <optional>

namespace lienthong::adapters {

/// Format "xlsx". Hidden sheets, rows and columns are left out, numbers are what their formats print, formulas are what they
/// came to when the workbook was saved. No macros, no encryption, no file but this one. Everything is done in memory that the
/// archive's limits bound, before anything is unpacked. The tree is that of grid/tables.hpp; marks are `'IIP'!B7`. Thread-safe.
///
/// Fails with: format.too_large, format.too_many_nodes, format.not_utf8, the format.zip.*, format.xml.* and format.xlsx.* codes,
/// format.grid.no_table.
class XlsxFormat final : public Format
{
public:
    [[nodiscard]] std::string_view name() const override { return "xlsx"; }
    using Format::read;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const override;
};

/// What is seen of a workbook, sheet by sheet; texts are kept in `texts`, which must outlive it. Fails with the same codes, but
/// for those of tables.
[[nodiscard]] Result<Grid> grid_of_workbook(std::string_view bytes, Tree& texts);

/// The same for a workbook that is part of another document: its tables are appended under an element of the tree. Fails with
/// the same codes; what was appended before stays.
[[nodiscard]] std::optional<Problem> append_workbook(std::string_view bytes, const Layout& layout, const FormatLimits& limits, Tree& tree,
                                                     const TablesPlace& place);

}  // namespace lienthong::adapters
