/// Log leaves and checkpoints: numbers for what is committed, and the signed heads that cover them.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/standing.hpp"
#include "hub/ports/store.hpp"

#include <optional>
#include <vector>

namespace lienthong::adapters::store {

/// Inside the transaction of what the leaf is of, which takes the id as its own.
[[nodiscard]] LeafId insert_leaf(sqlite::Connection& connection, const Leaf& leaf);
[[nodiscard]] std::optional<LeafRow> read_leaf(sqlite::Connection& connection, LeafId id);

[[nodiscard]] std::uint64_t count_numbered(sqlite::Connection& connection);
/// Fails with store.out_of_order when `next_index` is not the number of leaves numbered so far: two sealers, or one
/// that lost its place.
[[nodiscard]] Result<std::vector<Hash>> number_leaves(sqlite::Connection& connection, const sqlite::Standing& standing,
                                                      std::uint64_t next_index, std::size_t limit);
[[nodiscard]] std::vector<Hash> read_leaf_hashes(sqlite::Connection& connection, std::uint64_t from, std::size_t limit);

/// The first checkpoint of a size stays; one of the same size with another root is refused (store.rejected).
[[nodiscard]] Result<void> insert_checkpoint(sqlite::Connection& connection, const sqlite::Standing& standing,
                                             const SealedCheckpoint& checkpoint);
[[nodiscard]] std::optional<SealedCheckpoint> read_last_checkpoint(sqlite::Connection& connection);
[[nodiscard]] std::optional<SealedCheckpoint> read_checkpoint_covering(sqlite::Connection& connection, std::uint64_t index);

}  // namespace lienthong::adapters::store
