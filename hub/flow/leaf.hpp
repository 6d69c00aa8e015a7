/// The log leaf of a submission, from what the workshop said of its records.
#pragma once

#include "hub/ports/store.hpp"

#include <string>

namespace lienthong::flow {

/// Fills `application.leaf` and `application.leaf_hash`. An atomic submission with a refused record has nothing
/// under its accepted root. Thread-safe.
void set_leaf(Application& application, const std::string& payload_digest);

}  // namespace lienthong::flow
