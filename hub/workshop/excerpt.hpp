/// Excerpt: a record's own text, for people who look into the quarantine.
#pragma once

#include "hub/model/tree.hpp"

#include <string>

namespace lienthong::workshop {

inline constexpr std::size_t most_excerpt_bytes = 4096;

/// The document's own bytes where the format keeps them, else the record written anew as XML; cut at
/// most_excerpt_bytes with "…". Costs no more than what is kept.
[[nodiscard]] std::string excerpt(const Tree& tree, NodeId record);

}  // namespace lienthong::workshop
