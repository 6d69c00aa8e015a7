// Trees agree with RFC 6962's reference vectors, and every proof holds exactly for what it was made for.
#include "hub/seal/merkle.hpp"
#include "hub/seal/digest.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::seal;

namespace {

std::vector<Hash> leaves_up_to(std::size_t count)
{
    std::vector<Hash> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(leaf_hash("leaf " + std::to_string(i)));
    return out;
}

// The definition of RFC 9162 §2.1.1, word for word.
Hash root_by_definition(std::span<const Hash> leaves)
{
    if (leaves.empty())
        return sha256("");
    if (leaves.size() == 1)
        return leaves.front();
    std::size_t k = 1;
    while (k * 2 < leaves.size())
        k *= 2;
    return node_hash(root_by_definition(leaves.first(k)), root_by_definition(leaves.subspan(k)));
}

// Every way a proof can go wrong by one step.
template <class Check>
int accepted_mutations(const std::vector<Hash>& proof, Check accepts)
{
    int accepted = 0;
    std::vector<Hash> longer = proof;
    longer.push_back(sha256("one more"));
    accepted += accepts(longer) ? 1 : 0;
    for (std::size_t i = 0; i < proof.size(); ++i) {
        std::vector<Hash> other = proof;
        other[i][i % 32] = static_cast<char>(other[i][i % 32] ^ 1);
        accepted += accepts(other) ? 1 : 0;
        std::vector<Hash> shorter = proof;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
        accepted += accepts(shorter) ? 1 : 0;
        std::vector<Hash> cut = proof;
        cut[i].pop_back();
        accepted += accepts(cut) ? 1 : 0;
    }
    return accepted;
}

}  // namespace

TEST(Merkle, AgreesWithTheReferenceVectorsOfRfc6962)
{
    const char* const inputs[] = {
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    const char* const roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                 "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                 "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                 "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                 "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                 "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                 "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                 "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    MerkleTree tree;
    EXPECT_EQ(to_hex(tree.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (std::size_t i = 0; i < 8; ++i) {
        tree.append(leaf_hash(*from_hex(inputs[i])));
        EXPECT_EQ(to_hex(tree.root()), roots[i]) << i + 1;
    }
}

TEST(Merkle, KeepsTheRootOfEveryPastSize)
{
    const auto leaves = leaves_up_to(130);
    MerkleTree tree;
    tree.append(leaves);
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        const auto first = std::span(leaves).first(size);
        EXPECT_EQ(tree.root(size), root_by_definition(first)) << size;
        EXPECT_EQ(merkle_root(first), tree.root(size)) << size;
    }
}

TEST(Merkle, ProvesEveryLeafOfEverySizeAndNothingElse)
{
    const auto leaves = leaves_up_to(200);
    MerkleTree tree;
    tree.append(leaves);
    int mutants = 0;
    for (std::uint64_t size = 1; size <= leaves.size(); ++size) {
        const Hash root = tree.root(size);
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto path = tree.inclusion(index, size);
            const Hash& leaf = leaves[index];
            ASSERT_TRUE(verify_inclusion(leaf, index, size, path, root)) << index << " of " << size;
            mutants += accepted_mutations(
                path, [&](const std::vector<Hash>& other) { return verify_inclusion(leaf, index, size, other, root); });
            mutants += verify_inclusion(leaves[(index + 1) % 200], index, size, path, root) ? 1 : 0;
            mutants += verify_inclusion(leaf, index + 1, size, path, root) ? 1 : 0;
            mutants += verify_inclusion(leaf, (index + 7) % size, size, path, root) && (index + 7) % size != index ? 1 : 0;
            mutants += verify_inclusion(leaf, index, size, path, tree.root(size - 1)) ? 1 : 0;
        }
    }
    EXPECT_EQ(mutants, 0);
}

TEST(Merkle, ProvesGrowthBetweenAnyTwoSizesAndNothingElse)
{
    const auto leaves = leaves_up_to(80);
    MerkleTree tree;
    tree.append(leaves);
    int mutants = 0;
    for (std::uint64_t old_size = 0; old_size <= 80; ++old_size)
        for (std::uint64_t new_size = old_size; new_size <= 80; ++new_size) {
            const auto proof = tree.consistency(old_size, new_size);
            const Hash before = tree.root(old_size);
            const Hash after = tree.root(new_size);
            ASSERT_TRUE(verify_consistency(old_size, new_size, before, after, proof)) << old_size << " to " << new_size;
            mutants += accepted_mutations(proof, [&](const std::vector<Hash>& other) {
                return verify_consistency(old_size, new_size, before, after, other);
            });
            mutants += verify_consistency(old_size, new_size, sha256("other"), after, proof) ? 1 : 0;
            mutants += old_size > 0 && verify_consistency(old_size, new_size, before, sha256("other"), proof) ? 1 : 0;
            mutants += new_size > old_size && verify_consistency(new_size, old_size, after, before, proof) ? 1 : 0;
        }
    EXPECT_EQ(mutants, 0);
}

TEST(Merkle, ShowsAChangedPastLeafAsAFork)
{
    auto leaves = leaves_up_to(40);
    MerkleTree honest;
    honest.append(leaves);
    leaves[5] = leaf_hash("changed");
    MerkleTree forked;
    forked.append(leaves);
    for (std::uint64_t old_size = 6; old_size < 40; ++old_size)
        EXPECT_FALSE(verify_consistency(old_size, 40, honest.root(old_size), forked.root(), forked.consistency(old_size, 40)));
}

TEST(Merkle, PathsInAShortListAreThoseOfTheTree)
{
    const auto leaves = leaves_up_to(11);
    for (std::uint64_t index = 0; index < 11; ++index)
        EXPECT_TRUE(verify_inclusion(leaves[index], index, 11, merkle_path(leaves, index), merkle_root(leaves)));
}

TEST(Merkle, RefusesToProveOutsideTheTree)
{
    MerkleTree tree;
    tree.append(leaf_hash("x"));
    EXPECT_THROW(static_cast<void>(tree.inclusion(1, 1)), std::out_of_range);
    EXPECT_THROW(static_cast<void>(tree.inclusion(0, 2)), std::out_of_range);
    EXPECT_THROW(static_cast<void>(tree.consistency(1, 2)), std::out_of_range);
    EXPECT_THROW(tree.append(Hash("short")), std::invalid_argument);
    EXPECT_FALSE(verify_inclusion(leaf_hash("x"), 0, 0, {}, sha256("")));
}
