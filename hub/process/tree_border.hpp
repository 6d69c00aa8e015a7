/// Tree border: lets a plugin walk a Tree through the C table of hub/sdk/abi.h.
#pragma once

#include "hub/model/tree.hpp"
#include "hub/sdk/tree.hpp"

namespace lienthong::process {

/// The table; every function answers "nothing" for a node the tree does not have.
[[nodiscard]] const lienthong_tree_api& tree_api();

/// The tree's root as a plugin sees it; nothing for an empty tree. Valid as long as the tree.
[[nodiscard]] sdk::TreeView view_of(const Tree& tree);

}  // namespace lienthong::process
