/// Whom an edXML package names, each body once.
#pragma once

#include "hub/model/tree.hpp"

namespace lienthong::adapters {

/// Gives each To of a MessageHeader that names a body for the first time a child Number, counted from 1. The same body in its
/// older form, and nodes of the axis (a group W00), get none. Its OrganId must have its attribute `code` already.
void number_recipients(Tree& tree, NodeId header);

}  // namespace lienthong::adapters
