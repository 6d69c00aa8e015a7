/// SDMX-CSV 2.0 data messages into the common shape (sdmx_tree.hpp).
#pragma once

#include "hub/ports/format.hpp"

namespace lienthong::adapters {

/// Format "sdmx-csv": a header that begins with STRUCTURE and STRUCTURE_ID, then a row for each observation. The separator is
/// what follows STRUCTURE in it. Columns ACTION, SERIES_KEY, OBS_KEY and STRUCTURE_NAME are understood; with labels of both
/// kinds ("FREQ: Frequency", "M: Monthly") the codes are read, with labels by name the column behind each component's is passed
/// over. All rows are of one structure. An empty cell is missing. A row has its place by its line, "7:1", and a cell by its
/// column's name behind it. A byte order mark is allowed. Observations can be read one by one. Thread-safe.
///
/// Fails with: format.too_large, format.not_utf8, format.too_many_nodes, format.sdmx.not_sdmx, format.sdmx.row (a quote never
/// closes). A row alone is refused with: format.sdmx.row, format.sdmx.structure, format.sdmx.action, format.sdmx.delete.
class SdmxCsvFormat final : public Format
{
public:
    [[nodiscard]] std::string_view name() const override { return "sdmx-csv"; }
    using Format::read;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const override;
    [[nodiscard]] bool streams(const RecordPath& records, const Layout& layout) const override;
    [[nodiscard]] Result<void> stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                      RecordSink& sink) const override;
};

}  // namespace lienthong::adapters
