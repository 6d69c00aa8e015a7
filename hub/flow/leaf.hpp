/// The log's leaves: of a submission, from what the workshop said of its records; of a settlement between agencies; of anything else.
#pragma once

#include "hub/ports/store.hpp"
#include "hub/seal/leaf.hpp"

#include <string>

namespace lienthong::flow {

/// Fills `application.leaf`. An atomic submission with a refused record has nothing
/// under its accepted root. Thread-safe.
void set_leaf(Application& application, const std::string& payload_digest);

/// Thread-safe.
[[nodiscard]] Leaf leaf_of(const seal::LeafContent& content);
[[nodiscard]] Leaf leaf_of(const Settlement& settlement);

}  // namespace lienthong::flow
