// Checking proofs, step by step as RFC 9162 §2.1.3.2 and §2.1.4.2 describe it.
#include "hub/seal/digest.hpp"
#include "hub/seal/merkle.hpp"

#include <algorithm>
#include <bit>

namespace lienthong::seal {
namespace {

bool all_hashes(std::span<const Hash> hashes)
{
    return std::all_of(hashes.begin(), hashes.end(), [](const Hash& hash) { return hash.size() == hash_bytes; });
}

}  // namespace

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> path, const Hash& root)
{
    if (index >= size || leaf.size() != hash_bytes || root.size() != hash_bytes || !all_hashes(path))
        return false;
    std::uint64_t node = index;
    std::uint64_t last = size - 1;
    Hash hash = leaf;
    for (const Hash& step : path) {
        if (last == 0)
            return false;
        if ((node & 1U) != 0 || node == last) {
            hash = node_hash(step, hash);
            while ((node & 1U) == 0 && node != 0) {
                node >>= 1U;
                last >>= 1U;
            }
        } else {
            hash = node_hash(hash, step);
        }
        node >>= 1U;
        last >>= 1U;
    }
    return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Hash& old_root, const Hash& new_root,
                        std::span<const Hash> proof)
{
    if (old_size > new_size || old_root.size() != hash_bytes || new_root.size() != hash_bytes || !all_hashes(proof))
        return false;
    if (old_size == 0)
        return proof.empty() && old_root == sha256("");
    if (old_size == new_size)
        return proof.empty() && old_root == new_root;
    // A complete old tree is its own first step and is left out of the proof.
    std::vector<Hash> steps;
    if (std::has_single_bit(old_size))
        steps.push_back(old_root);
    steps.insert(steps.end(), proof.begin(), proof.end());
    if (steps.empty())
        return false;
    std::uint64_t node = old_size - 1;
    std::uint64_t last = new_size - 1;
    while ((node & 1U) != 0) {
        node >>= 1U;
        last >>= 1U;
    }
    Hash from_old = steps.front();
    Hash from_new = steps.front();
    for (std::size_t i = 1; i < steps.size(); ++i) {
        if (last == 0)
            return false;
        if ((node & 1U) != 0 || node == last) {
            from_old = node_hash(steps[i], from_old);
            from_new = node_hash(steps[i], from_new);
            while ((node & 1U) == 0 && node != 0) {
                node >>= 1U;
                last >>= 1U;
            }
        } else {
            from_new = node_hash(from_new, steps[i]);
        }
        node >>= 1U;
        last >>= 1U;
    }
    return last == 0 && from_old == old_root && from_new == new_root;
}

}  // namespace lienthong::seal
