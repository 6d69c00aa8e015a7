/// Format: turns foreign bytes into a Tree. Implemented in adapters/formats; runs only in worker processes.
#pragma once

#include "hub/model/layout.hpp"
#include "hub/model/record_path.hpp"
#include "hub/model/result.hpp"
#include "hub/model/tree.hpp"
#include "hub/ports/byte_source.hpp"

#include <cstddef>
#include <string_view>

namespace lienthong {

struct FormatLimits
{
    std::size_t bytes = 10 * 1024 * 1024;
    /// Of a package with files in it as base64. Each of them that is read has to keep to `bytes`; a scan beside a workbook has not.
    std::size_t package_bytes = 72 * 1024 * 1024;
    std::size_t depth = 64;
    std::size_t nodes = 2'000'000;
    std::size_t attributes = 128;        ///< Per XML element.
    std::size_t number_digits = 64;      ///< Longest number, in characters.
    /// Record by record: most bytes of one record, and of all that stands around the records.
    std::size_t held_bytes = 10 * 1024 * 1024;
};

/// Takes the records of a document one after the other.
class RecordSink
{
public:
    virtual ~RecordSink() = default;
    /// Called once, before the first record. The tree holds the document without its records, also what stands behind them,
    /// and stays as it is; each record is then added to it in its own place.
    virtual void begin(const Tree& tree) = 0;
    /// The record is in the tree until the call returns; its place is the one it has in the document. False ends the reading.
    [[nodiscard]] virtual bool record(NodeId record) = 0;
};

class Format
{
public:
    virtual ~Format() = default;
    /// Names as mappings write them: "json", "xml".
    [[nodiscard]] virtual std::string_view name() const = 0;
    /// Reads a whole document. The bytes need not outlive the call. `layout` is for formats of rows; others do not look at it.
    /// Fails with: format.* codes; place is "line:column" in the document. Thread-safe.
    [[nodiscard]] virtual Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const = 0;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const FormatLimits& limits) const { return read(bytes, Layout{}, limits); }

    /// Whether records of this path can be read one by one, from documents laid out so.
    [[nodiscard]] virtual bool streams(const RecordPath& /*records*/, const Layout& /*layout*/) const { return false; }
    /// Reads the records of a document one by one, in memory that does not grow with their number, but for their keys where a
    /// format says so. The source is read twice: first for what stands around the records, then for them. The limits are those of
    /// the whole document.
    ///
    /// A document that `read` refuses is refused, though of several faults perhaps another is told, and records before it have
    /// been handed over by then: whoever takes them forgets them. Fails with: what `read` fails with, and
    /// format.not_streamed (records that are members of an object, or a path `streams` has said no to). Thread-safe.
    [[nodiscard]] virtual Result<void> stream(ByteSource& source, const RecordPath& records, const Layout& layout, const FormatLimits& limits,
                                              RecordSink& sink) const;
};

}  // namespace lienthong
