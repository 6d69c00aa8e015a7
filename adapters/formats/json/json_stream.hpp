/// JSON record by record; what "json" and "sdmx-json" share.
#pragma once

#include "adapters/formats/stream/stream_target.hpp"
#include "hub/ports/format.hpp"

#include <string>
#include <vector>

namespace lienthong::adapters {

/// Which values of a document are records.
struct JsonRecordPath
{
    /// For each level from the root the names of members, or positions of items, that lead to where records are; none: any.
    std::vector<std::vector<std::string>> levels{};
    /// Whether records are all members of objects there, and a list there is none of them; else they are all items of lists,
    /// and members there are refused.
    bool members = false;
};

/// Reads the document twice, first what stands around the records. Fails as JsonFormat::stream does. Two members of one name are
/// told wherever in their object they stand, for which their names are kept (KeySet).
[[nodiscard]] Result<void> stream_json(ByteSource& source, const JsonRecordPath& records, const FormatLimits& limits,
                                       const StreamTarget& target);

}  // namespace lienthong::adapters
