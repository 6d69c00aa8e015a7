/// Merkle trees over SHA-256 as RFC 9162 §2.1 (and RFC 6962 before it) defines them: one growing tree for the
/// log, one-shot roots for the records of a submission, and the proofs of both with their checks.
#pragma once

#include "hub/ports/signer.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace lienthong::seal {

/// H(0x00 ‖ bytes).
[[nodiscard]] Hash leaf_hash(std::string_view bytes);
/// H(0x01 ‖ left ‖ right).
[[nodiscard]] Hash node_hash(std::string_view left, std::string_view right);

/// The log's tree, kept as the hashes of its complete subtrees: 64 bytes a leaf. Appending costs one hash
/// amortised; roots and proofs for any past size cost O(log² n). Not thread-safe: one owner, or a lock.
class MerkleTree
{
public:
    void append(const Hash& leaf);
    void append(std::span<const Hash> leaves);
    /// Appends the leaf hash of `bytes`.
    void append_leaf(std::string_view bytes);
    [[nodiscard]] std::uint64_t size() const { return levels_.empty() ? 0 : levels_.front().size(); }

    [[nodiscard]] Hash root() const { return root(size()); }
    /// The root when the tree had `size` leaves. Of none: SHA-256 of nothing. Throws std::out_of_range.
    [[nodiscard]] Hash root(std::uint64_t size) const;
    /// RFC 9162 §2.1.3.1 for leaf `index` (from 0) of the first `size`. Throws std::out_of_range.
    [[nodiscard]] std::vector<Hash> inclusion(std::uint64_t index, std::uint64_t size) const;
    /// RFC 9162 §2.1.4.1 from `old_size` to `new_size`; empty when old_size is 0 or equal. Throws std::out_of_range.
    [[nodiscard]] std::vector<Hash> consistency(std::uint64_t old_size, std::uint64_t new_size) const;

private:
    using Raw = std::array<char, 32>;
    void append_raw(const Raw& leaf);
    [[nodiscard]] Hash range(std::uint64_t begin, std::uint64_t end) const;
    void path(std::uint64_t index, std::uint64_t begin, std::uint64_t end, std::vector<Hash>& out) const;
    void subproof(std::uint64_t old_end, std::uint64_t begin, std::uint64_t end, bool known, std::vector<Hash>& out) const;

    std::vector<std::vector<Raw>> levels_;  ///< [k][i] covers leaves i·2^k to (i+1)·2^k.
};

/// The root of a list of leaf hashes; of none, SHA-256 of nothing.
[[nodiscard]] Hash merkle_root(std::span<const Hash> leaves);
/// The inclusion path of leaf `index` in such a list. Throws std::out_of_range.
[[nodiscard]] std::vector<Hash> merkle_path(std::span<const Hash> leaves, std::uint64_t index);

/// Whether `path` leads from `leaf` at `index` of `size` leaves to `root` (RFC 9162 §2.1.3.2). False for an
/// index outside, hashes of another length, and paths too short or too long.
[[nodiscard]] bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> path,
                                    const Hash& root);
/// Whether the tree of `new_size` begins with that of `old_size` (RFC 9162 §2.1.4.2). From the empty tree
/// every tree follows, by an empty proof; between equal sizes the roots are equal and the proof empty.
[[nodiscard]] bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Hash& old_root, const Hash& new_root,
                                      std::span<const Hash> proof);

}  // namespace lienthong::seal
