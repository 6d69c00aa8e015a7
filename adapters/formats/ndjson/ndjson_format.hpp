/// JSON texts, one a line, as one list: a bad line is one refused record and never sinks the others.
#pragma once

#include "hub/ports/format.hpp"

namespace lienthong::adapters {

/// Format "ndjson". The root is the list of the lines, so a mapping's records are `/*`. Each line is a whole JSON text under
/// the rules of "json"; it ends with a line feed, which the last one may lack, and blank lines are passed over. A line has its
/// place by its number, "18:1", and what lies in it by the path from there: "18:1/giaTri". Thread-safe.
///
/// A line that cannot be read becomes a null with a fault (Tree::fault): format.bom, format.not_utf8, format.json.syntax,
/// format.json.duplicate_key, format.too_deep, format.number_too_long, format.number_not_finite, place "line:column".
/// Fails with: format.too_large, format.too_many_nodes; both count all lines together.
class NdjsonFormat final : public Format
{
public:
    [[nodiscard]] std::string_view name() const override { return "ndjson"; }
    using Format::read;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const override;
    /// The lines themselves: `/*`.
    [[nodiscard]] bool streams(const RecordPath& records, const Layout& /*layout*/) const override { return records.steps.size() == 1 && records.steps.front().all; }
    [[nodiscard]] Result<void> stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                      RecordSink& sink) const override;
};

}  // namespace lienthong::adapters
