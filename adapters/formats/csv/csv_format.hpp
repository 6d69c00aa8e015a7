/// CSV and its relatives into a Tree, by a declared separator and encoding.
#pragma once

#include "hub/ports/format.hpp"

namespace lienthong::adapters {

/// Format "csv": RFC 4180. Where no header is declared the first row is the header and every row below it a record of as many
/// cells; where one is declared, tables are found as in a workbook. Everything stays text. The tree is that of grid/tables.hpp;
/// marks are "line:column". Thread-safe.
///
/// Fails with: format.too_large, format.not_utf8, format.too_many_nodes, format.csv.*, format.grid.no_table.
class CsvFormat final : public Format
{
public:
    [[nodiscard]] std::string_view name() const override { return "csv"; }
    using Format::read;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const override;
    /// Records of a UTF-8 document whose first row is the header and whose columns name no rows (`stub: 0`).
    [[nodiscard]] bool streams(const RecordPath& records, const Layout& layout) const override;
    [[nodiscard]] Result<void> stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                      RecordSink& sink) const override;
};

}  // namespace lienthong::adapters
