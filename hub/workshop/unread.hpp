/// Unread: what stands in the records of a document and is read by no path of the mapping, so that a breakdown nobody thought of
/// is seen before its parts are taken for the total.
#pragma once

#include "hub/mapping/mapping.hpp"
#include "hub/model/tree.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace lienthong::workshop {

/// A field with from 2 to this many different values may be a breakdown.
inline constexpr std::size_t most_breakdown_values = 5;

struct UnreadField
{
    std::string path;                  ///< From the record, as the language writes it: "maPhanTo", "chiTiet/*/ma", "@id".
    std::size_t different = 0;         ///< Values there are of it; what is empty is none.
    std::vector<std::string> values{};  ///< These, as the records have them first, when there are at most most_breakdown_values.

    [[nodiscard]] bool may_be_breakdown() const { return different > 1 && different <= most_breakdown_values; }
};

/// Those that may be a breakdown first, then as the records have them. A path counts as reading whatever it selects in any
/// record, on whichever branch it stands. Not for render mappings. Time is linear in records and paths. Thread-safe.
[[nodiscard]] std::vector<UnreadField> unread_fields(const mapping::Mapping& mapping, const Tree& tree,
                                                     const std::vector<NodeId>& records);

}  // namespace lienthong::workshop
