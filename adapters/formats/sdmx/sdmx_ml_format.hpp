/// SDMX-ML 2.1 structure-specific data messages into the common shape (sdmx_tree.hpp).
#pragma once

#include "hub/ports/format.hpp"

namespace lienthong::adapters {

/// Format "sdmx-ml": StructureSpecificData and StructureSpecificTimeSeriesData of SDMX-ML 2.1, with series or flat, with
/// groups, and with one dataset of one structure. An observation's place is its element's:
/// "/StructureSpecificData[1]/DataSet[1]/Series[3]/Obs[7]", and a component's that with the component's name. Annotations and
/// attributes of SDMX's own namespaces are passed over. Thread-safe.
///
/// Fails with: what "xml" fails with, format.sdmx.not_sdmx, format.sdmx.structure, format.sdmx.several, format.sdmx.groups.
/// An observation alone is refused with: format.sdmx.key, format.sdmx.contradiction, format.sdmx.delete.
class SdmxMlFormat final : public Format
{
public:
    [[nodiscard]] std::string_view name() const override { return "sdmx-ml"; }
    using Format::read;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const override;
    /// The observations: `/observations/*`.
    [[nodiscard]] bool streams(const RecordPath& records, const Layout& layout) const override;
    [[nodiscard]] Result<void> stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                      RecordSink& sink) const override;
};

}  // namespace lienthong::adapters
