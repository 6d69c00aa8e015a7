/// SignerService: decides what is signed. It builds every checkpoint itself, from its own last one, its own clock
/// and a proof that nothing sealed before was changed; it signs no text that it was given.
#pragma once

#include "hub/ports/clock.hpp"
#include "hub/ports/keys.hpp"
#include "hub/ports/signer.hpp"
#include "hub/seal/checkpoint.hpp"
#include "hub/seal/note.hpp"
#include "hub/seal/signer_state.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::seal {

struct SignerSettings
{
    std::string origin;                ///< The log's name, visible ASCII without '+'.
    std::string state_file;            ///< Where the last checkpoint is kept.
    std::vector<NoteVerifier> former;  ///< Keys that signed for this log before; the state may be signed by one of them.
};

/// Thread-safe. The clock must outlive it.
class SignerService final : public Signer
{
public:
    /// Fails with: seal.origin, seal.state_locked, seal.state_failed, seal.state_broken, seal.state_foreign.
    [[nodiscard]] static Result<std::unique_ptr<SignerService>> open(SignerSettings settings, NoteKey note, SealingKey province,
                                                                     const Clock& clock);

    /// Signs the log's state at new_size if it extends the last checkpoint; the same size and root once more gets
    /// the same checkpoint once more. A caller that knows only an older one (old_size below the last) gets the
    /// last checkpoint back, which it saves, compares with its own tree, and asks again.
    /// Fails with: seal.refused (smaller, another root at the same size, no valid proof, unknown history),
    /// seal.clock, seal.key_failed, seal.state_failed.
    [[nodiscard]] Result<SealedCheckpoint> seal(const SealRequest& request) override;

    [[nodiscard]] std::optional<SealedCheckpoint> last() const;
    [[nodiscard]] NoteVerifier verifier() const;

private:
    SignerService(SignerSettings settings, NoteKey note, SealingKey province, const Clock& clock);
    [[nodiscard]] Result<void> recall();
    [[nodiscard]] Result<void> extends_last(const SealRequest& request) const;
    [[nodiscard]] Result<SealedCheckpoint> sign(const Checkpoint& checkpoint);

    const SignerSettings settings_;
    const NoteKey note_;
    const SealingKey province_;
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::unique_ptr<SignerState> state_;
    std::optional<SealedCheckpoint> sealed_;
    Checkpoint last_;  ///< Size 0 until something was sealed.
};

}  // namespace lienthong::seal
