// The loop that turns committed leaves into a signed checkpoint.
#include "hub/flow/sealer.hpp"

#include <chrono>

namespace lienthong::flow {
namespace {

constexpr std::size_t leaves_at_once = 4096;
/// Many submissions share one checkpoint; two seconds are promised, so less is waited.
constexpr std::chrono::milliseconds gathering{500};
constexpr std::chrono::seconds retry{1};
/// Leaves also come from other processes (a replay from the command line), which cannot wake us.
constexpr std::chrono::seconds looking_around{1};

}  // namespace

Sealer::Sealer(std::shared_ptr<Store> store, std::shared_ptr<Signer> signer, std::function<void(std::uint64_t)> sealed)
    : store_(std::move(store)), signer_(std::move(signer)), sealed_(std::move(sealed))
{
}

Sealer::~Sealer()
{
    stop();
}

Result<void> Sealer::start()
{
    const auto numbered = store_->numbered();
    if (!numbered.ok())
        return numbered.problem();
    while (tree_.size() < *numbered) {
        const auto hashes = store_->leaf_hashes(tree_.size(), leaves_at_once);
        if (!hashes.ok())
            return hashes.problem();
        if (hashes->empty())
            return Problem{"seal.tree_mismatch", "the store numbers more leaves than it holds", {}, std::to_string(*numbered),
                           std::to_string(tree_.size())};
        tree_.append(*hashes);
    }
    const auto last = store_->last_checkpoint();
    if (!last.ok())
        return last.problem();
    if (*last) {
        if ((*last)->size > tree_.size() || tree_.root((*last)->size) != (*last)->root)
            return Problem{"seal.tree_mismatch", "the leaves in the store do not give the root of the last checkpoint", {},
                           std::to_string(tree_.size()) + " leaves", "a checkpoint of " + std::to_string((*last)->size)};
        standing_.sealed = (*last)->size;
        standing_.time = (*last)->time;
    }
    standing_.numbered = tree_.size();
    woken_ = true;
    thread_ = std::thread([this] { run(); });
    return {};
}

void Sealer::wake()
{
    {
        std::lock_guard lock(mutex_);
        woken_ = true;
    }
    condition_.notify_all();
}

void Sealer::stop()
{
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    condition_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

Seal Sealer::standing() const
{
    std::lock_guard lock(mutex_);
    return standing_;
}

void Sealer::run()
{
    if (standing().sealed > 0)
        sealed_(standing().sealed);
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (condition_.wait_for(lock, looking_around, [this] { return woken_ || stopping_; }) && !stopping_)
                condition_.wait_for(lock, gathering, [this] { return stopping_; });
            if (stopping_)
                return;
            woken_ = false;
        }
        const Result<void> done = seal_once();
        std::unique_lock lock(mutex_);
        standing_.problem = done.ok() ? std::string() : done.problem().sentence();
        if (!done.ok()) {
            woken_ = true;
            condition_.wait_for(lock, retry, [this] { return stopping_; });
        }
    }
}

Result<void> Sealer::seal_once()
{
    for (;;) {
        std::uint64_t next = 0;
        {
            std::lock_guard lock(mutex_);
            next = tree_.size();
        }
        const auto fresh = store_->number_leaves(next, leaves_at_once);
        if (!fresh.ok())
            return fresh.problem();
        std::lock_guard lock(mutex_);
        tree_.append(*fresh);
        standing_.numbered = tree_.size();
        if (fresh->size() < leaves_at_once)
            break;
    }
    SealRequest request;
    {
        std::lock_guard lock(mutex_);
        if (tree_.size() == standing_.sealed)
            return {};
        request.old_size = standing_.sealed;
        request.new_size = tree_.size();
        request.new_root = tree_.root();
        request.consistency = tree_.consistency(request.old_size, request.new_size);
    }
    auto sealed = signer_->seal(request);
    if (!sealed.ok())
        return sealed.problem();
    {
        // An answer lost before is given again: then the checkpoint is an older one, of a size we had.
        std::lock_guard lock(mutex_);
        if (sealed->size > tree_.size() || tree_.root(sealed->size) != sealed->root)
            return Problem{"seal.tree_mismatch", "the signer signed another log than this one", {}, std::to_string(sealed->size) + " leaves",
                           std::to_string(tree_.size()) + " leaves", {}};
    }
    if (const auto saved = store_->save_checkpoint(*sealed); !saved.ok())
        return saved.problem();
    {
        std::lock_guard lock(mutex_);
        standing_.sealed = sealed->size;
        standing_.time = sealed->time;
    }
    sealed_(sealed->size);
    return {};
}

Result<std::vector<Hash>> Sealer::inclusion(std::uint64_t index, std::uint64_t size) const
{
    std::lock_guard lock(mutex_);
    if (index >= size || size > standing_.sealed)
        return Problem{"seal.not_sealed", "this leaf is not under a checkpoint yet", {}, std::to_string(index), {}};
    return tree_.inclusion(index, size);
}

Result<std::vector<Hash>> Sealer::consistency(std::uint64_t old_size, std::uint64_t new_size) const
{
    std::lock_guard lock(mutex_);
    if (old_size > new_size || new_size > standing_.sealed)
        return Problem{"seal.not_sealed", "there is no checkpoint of this size yet", {}, std::to_string(new_size), {}};
    return tree_.consistency(old_size, new_size);
}

}  // namespace lienthong::flow
