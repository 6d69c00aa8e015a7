/// SDMX-JSON 2 data messages into the common shape (sdmx_tree.hpp).
#pragma once

#include "hub/ports/format.hpp"

namespace lienthong::adapters {

/// Format "sdmx-json": data messages of SDMX-JSON 2.0 and 2.1, with series or flat, with one dataset. Indexes become the codes
/// they stand for, defaults of attributes are filled in, a value in several languages stays an object and several uncoded
/// values stay a list; several codes become one text, parted by ";". An observation's place is its JSON Pointer,
/// "/data/dataSets/0/series/0:0:1/observations/3". Annotations are passed over. Thread-safe.
///
/// Record by record, one series with its observations is held at a time, or some observations of flat data; one series longer
/// than the limit of a record is refused. Beside that the keys of all series (of all observations where they are flat) are
/// remembered, at about 40 bytes each, since two of one key are refused however far they stand apart.
///
/// Fails with: what "json" fails with, format.sdmx.not_sdmx, format.sdmx.structure, format.sdmx.several, format.sdmx.groups.
/// An observation alone is refused with: format.sdmx.key (a position of its key, or of its values, is out of range),
/// format.sdmx.contradiction, format.sdmx.delete.
class SdmxJsonFormat final : public Format
{
public:
    [[nodiscard]] std::string_view name() const override { return "sdmx-json"; }
    using Format::read;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const override;
    /// The observations: `/observations/*`.
    [[nodiscard]] bool streams(const RecordPath& records, const Layout& layout) const override;
    [[nodiscard]] Result<void> stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                      RecordSink& sink) const override;
};

}  // namespace lienthong::adapters
