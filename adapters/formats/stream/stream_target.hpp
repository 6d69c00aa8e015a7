/// Where the records of a document go that is read one by one; what "json", "xml" and the formats built on them share.
#pragma once

#include "hub/ports/format.hpp"

#include <functional>
#include <optional>

namespace lienthong::adapters {

struct StreamTarget
{
    /// Before the first record. A problem ends the reading, as one of the document.
    std::function<std::optional<Problem>(Tree&)> begin;
    /// One record, in its place; it is gone when this returns.
    std::function<std::optional<Problem>(Tree&, NodeId)> record;
    /// Whether nothing more is wanted.
    std::function<bool()> is_done;
};

/// Every record as it stands. The sink must outlive it.
[[nodiscard]] StreamTarget target_of(RecordSink& sink);

}  // namespace lienthong::adapters
