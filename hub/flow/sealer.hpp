/// Sealer: numbers committed leaves, keeps the Merkle tree, and has a checkpoint signed within two seconds.
///
/// One sealer at a time for one store. It runs on a thread of its own; no signature stands on the way in.
#pragma once

#include "hub/ports/clock.hpp"
#include "hub/ports/signer.hpp"
#include "hub/ports/store.hpp"
#include "hub/seal/merkle.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace lienthong::flow {

struct Seal
{
    std::uint64_t sealed = 0;     ///< Leaves under the last checkpoint.
    std::uint64_t numbered = 0;   ///< Leaves with a number.
    std::string time;             ///< Of the last checkpoint, RFC 3339; empty before the first.
    std::string problem;          ///< Why sealing stands still, one sentence; empty when it does not.
};

class Sealer
{
public:
    /// `sealed` is told the new size after each checkpoint is on disk.
    Sealer(std::shared_ptr<Store> store, std::shared_ptr<Signer> signer, std::function<void(std::uint64_t)> sealed);
    ~Sealer();
    Sealer(const Sealer&) = delete;
    Sealer& operator=(const Sealer&) = delete;

    /// Loads the tree and compares it with the last checkpoint. Fails with: seal.tree_mismatch, store.*.
    [[nodiscard]] Result<void> start();
    /// There may be new leaves. Cheap; thread-safe.
    void wake();
    void stop();

    [[nodiscard]] Seal standing() const;
    /// Path from leaf `index` to the root of a checkpoint of `size`. Fails with: seal.not_sealed.
    [[nodiscard]] Result<std::vector<Hash>> inclusion(std::uint64_t index, std::uint64_t size) const;
    [[nodiscard]] Result<std::vector<Hash>> consistency(std::uint64_t old_size, std::uint64_t new_size) const;

private:
    void run();
    Result<void> seal_once();

    std::shared_ptr<Store> store_;
    std::shared_ptr<Signer> signer_;
    std::function<void(std::uint64_t)> sealed_;
    mutable std::mutex mutex_;
    std::condition_variable condition_;
    seal::MerkleTree tree_;
    Seal standing_;
    bool woken_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace lienthong::flow
