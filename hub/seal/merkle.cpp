// Building trees and proofs; every range that occurs begins at a multiple of the complete subtrees in it.
#include "hub/seal/merkle.hpp"

#include "hub/seal/digest.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace lienthong::seal {
namespace {

constexpr std::string_view leaf_prefix{"\0", 1};
constexpr std::string_view node_prefix{"\1", 1};

void require(bool inside)
{
    if (!inside)
        throw std::out_of_range("a proof was asked for outside the tree");
}

// The largest power of two below `count`, which is at least 2.
std::uint64_t left_part(std::uint64_t count)
{
    return std::bit_floor(count - 1);
}

}  // namespace

Hash leaf_hash(std::string_view bytes)
{
    return sha256({leaf_prefix, bytes});
}

Hash node_hash(std::string_view left, std::string_view right)
{
    return sha256({node_prefix, left, right});
}

void MerkleTree::append(const Hash& leaf)
{
    if (leaf.size() != hash_bytes)
        throw std::invalid_argument("a leaf hash has 32 bytes");
    Raw raw{};
    std::copy(leaf.begin(), leaf.end(), raw.begin());
    append_raw(raw);
}

void MerkleTree::append_leaf(std::string_view bytes)
{
    Raw raw{};
    sha256_into({leaf_prefix, bytes}, raw.data());
    append_raw(raw);
}

void MerkleTree::append_raw(const Raw& leaf)
{
    Raw raw = leaf;
    for (std::size_t level = 0;; ++level) {
        if (level == levels_.size())
            levels_.emplace_back();
        std::vector<Raw>& row = levels_[level];
        row.push_back(raw);
        if (row.size() % 2 != 0)
            return;
        const Raw& left = row[row.size() - 2];
        sha256_into({node_prefix, {left.data(), left.size()}, {row.back().data(), hash_bytes}}, raw.data());
    }
}

void MerkleTree::append(std::span<const Hash> leaves)
{
    for (const Hash& leaf : leaves)
        append(leaf);
}

Hash MerkleTree::range(std::uint64_t begin, std::uint64_t end) const
{
    const std::uint64_t count = end - begin;
    if (count == 0)
        return sha256("");
    if (std::has_single_bit(count)) {
        const auto level = static_cast<std::size_t>(std::countr_zero(count));
        const Raw& raw = levels_[level][begin >> level];
        return {raw.data(), raw.size()};
    }
    const std::uint64_t middle = begin + left_part(count);
    return node_hash(range(begin, middle), range(middle, end));
}

Hash MerkleTree::root(std::uint64_t size) const
{
    require(size <= this->size());
    return range(0, size);
}

void MerkleTree::path(std::uint64_t index, std::uint64_t begin, std::uint64_t end, std::vector<Hash>& out) const
{
    if (end - begin == 1)
        return;
    const std::uint64_t middle = begin + left_part(end - begin);
    if (index < middle) {
        path(index, begin, middle, out);
        out.push_back(range(middle, end));
    } else {
        path(index, middle, end, out);
        out.push_back(range(begin, middle));
    }
}

std::vector<Hash> MerkleTree::inclusion(std::uint64_t index, std::uint64_t size) const
{
    require(index < size && size <= this->size());
    std::vector<Hash> out;
    path(index, 0, size, out);
    return out;
}

void MerkleTree::subproof(std::uint64_t old_end, std::uint64_t begin, std::uint64_t end, bool known, std::vector<Hash>& out) const
{
    if (old_end == end) {
        if (!known)
            out.push_back(range(begin, end));
        return;
    }
    const std::uint64_t middle = begin + left_part(end - begin);
    if (old_end <= middle) {
        subproof(old_end, begin, middle, known, out);
        out.push_back(range(middle, end));
    } else {
        subproof(old_end, middle, end, false, out);
        out.push_back(range(begin, middle));
    }
}

std::vector<Hash> MerkleTree::consistency(std::uint64_t old_size, std::uint64_t new_size) const
{
    require(old_size <= new_size && new_size <= size());
    std::vector<Hash> out;
    if (old_size != 0 && old_size != new_size)
        subproof(old_size, 0, new_size, true, out);
    return out;
}

Hash merkle_root(std::span<const Hash> leaves)
{
    MerkleTree tree;
    tree.append(leaves);
    return tree.root();
}

std::vector<Hash> merkle_path(std::span<const Hash> leaves, std::uint64_t index)
{
    MerkleTree tree;
    tree.append(leaves);
    return tree.inclusion(index, leaves.size());
}

}  // namespace lienthong::seal
