/// XML record by record; what "xml" and "sdmx-ml" share.
#pragma once

#include "hub/ports/format.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::adapters {

/// For each level from the root the local names an element may have there; none: any. Elements of the last level are records.
using XmlRecordPath = std::vector<std::vector<std::string>>;

struct XmlStreamTarget
{
    /// Before the first record. A problem ends the reading, as one of the document.
    std::function<std::optional<Problem>(Tree&)> begin;
    /// One record, with its place; it is gone when this returns.
    std::function<std::optional<Problem>(Tree&, NodeId)> record;
    /// Whether nothing more is wanted.
    std::function<bool()> is_done;
};

/// Reads the document twice, first what stands around the records. An element stands in for records that follow each other in
/// the tree of `begin`, so that what held elements holds elements. Fails as XmlFormat::stream does.
[[nodiscard]] Result<void> stream_xml(ByteSource& source, const XmlRecordPath& records, const FormatLimits& limits, const XmlStreamTarget& target);

}  // namespace lienthong::adapters
