/// JSON record by record; what "json" and "sdmx-json" share.
#pragma once

#include "hub/ports/format.hpp"

#include <functional>
#include <optional>
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

struct JsonStreamTarget
{
    /// Before the first record. A problem ends the reading, as one of the document.
    std::function<std::optional<Problem>(Tree&)> begin;
    /// One record, in its place; it is gone when this returns.
    std::function<std::optional<Problem>(Tree&, NodeId)> record;
    /// Whether nothing more is wanted.
    std::function<bool()> is_done;
};

/// Reads the document twice, first what stands around the records. Fails as JsonFormat::stream does. Two members of one name are
/// told wherever in their object they stand, for which their names are kept (KeySet).
[[nodiscard]] Result<void> stream_json(ByteSource& source, const JsonRecordPath& records, const FormatLimits& limits,
                                       const JsonStreamTarget& target);

}  // namespace lienthong::adapters
