/// XML record by record; what "xml" and "sdmx-ml" share.
#pragma once

#include "adapters/formats/stream/stream_target.hpp"
#include "hub/ports/format.hpp"

#include <string>
#include <vector>

namespace lienthong::adapters {

/// For each level from the root the local names an element may have there; none: any. Elements of the last level are records.
using XmlRecordPath = std::vector<std::vector<std::string>>;

/// Reads the document twice, first what stands around the records. An element stands in for records that follow each other in
/// the tree of `begin`, so that what held elements holds elements. Fails as XmlFormat::stream does.
[[nodiscard]] Result<void> stream_xml(ByteSource& source, const XmlRecordPath& records, const FormatLimits& limits, const StreamTarget& target);

}  // namespace lienthong::adapters
