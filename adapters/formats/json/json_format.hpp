/// The one JSON reader of the hub: strict RFC 8259 into a Tree, for configuration, payloads and answers alike.
#pragma once

#include "hub/ports/format.hpp"

namespace lienthong::adapters {

/// Format "json". Refuses what two readers could understand differently: duplicate keys, numbers that are too
/// long or not finite, a byte order mark, bytes that are not UTF-8, anything behind the document. Numbers keep
/// their source text. Every node knows its own bytes (Tree::source). Thread-safe.
///
/// Fails with: format.too_large, format.bom, format.not_utf8, format.json.syntax, format.json.duplicate_key,
/// format.too_deep, format.too_many_nodes, format.number_too_long, format.number_not_finite.
class JsonFormat final : public Format
{
public:
    [[nodiscard]] std::string_view name() const override { return "json"; }
    using Format::read;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const override;
    /// Items of a list, at whatever depth: a path that ends in `*`.
    [[nodiscard]] bool streams(const RecordPath& records, const Layout& /*layout*/) const override { return !records.steps.empty() && records.steps.back().all; }
    [[nodiscard]] Result<void> stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                      RecordSink& sink) const override;
};

}  // namespace lienthong::adapters
