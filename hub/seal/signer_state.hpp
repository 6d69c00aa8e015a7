/// SignerState: the signer's memory of its last checkpoint, one small file that survives power cuts.
///
/// Held open under a lock, so that two signers never share a log. Not thread-safe.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/signer.hpp"

#include <memory>
#include <optional>
#include <string>

namespace lienthong::seal {

class SignerState
{
public:
    /// Makes the lock beside `file` (which need not exist yet) and keeps it until destroyed.
    /// Fails with: seal.state_locked, seal.state_failed.
    [[nodiscard]] static Result<std::unique_ptr<SignerState>> open(std::string file);
    ~SignerState();
    SignerState(const SignerState&) = delete;
    SignerState& operator=(const SignerState&) = delete;

    /// The checkpoint kept last; none for a file that does not exist. Only note and cms_der are filled.
    /// Fails with: seal.state_failed, seal.state_broken.
    [[nodiscard]] Result<std::optional<SealedCheckpoint>> load() const;

    /// Durable when it returns: written aside, synced, put in place, directory synced. Fails with: seal.state_failed.
    [[nodiscard]] Result<void> save(const SealedCheckpoint& checkpoint);

private:
    SignerState(std::string file, int lock) : file_(std::move(file)), lock_(lock) {}
    std::string file_;
    int lock_;
};

}  // namespace lienthong::seal
