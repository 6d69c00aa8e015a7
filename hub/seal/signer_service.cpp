// The rules of signing. A core in foreign hands can add false leaves; it cannot make the past look different.
#include "hub/seal/signer_service.hpp"

#include "hub/seal/cms.hpp"
#include "hub/seal/digest.hpp"
#include "hub/seal/merkle.hpp"

#include <algorithm>

namespace lienthong::seal {
namespace {

// Clocks are corrected in small steps; anything more needs a person.
constexpr std::chrono::minutes clock_step{1};

Problem refused(std::string detail, std::string found, std::string expected)
{
    return {"seal.refused", std::move(detail), {}, std::move(found), std::move(expected)};
}

Result<std::string> open_with_any(std::string_view note, const NoteVerifier& own, const std::vector<NoteVerifier>& former)
{
    Result<std::string> body = open_note(note, own);
    for (const NoteVerifier& verifier : former)
        if (!body)
            body = open_note(note, verifier);
    return body;
}

}  // namespace

SignerService::SignerService(SignerSettings settings, NoteKey note, SealingKey province, const Clock& clock)
    : settings_(std::move(settings)), note_(std::move(note)), province_(std::move(province)), clock_(clock)
{
}

Result<std::unique_ptr<SignerService>> SignerService::open(SignerSettings settings, NoteKey note, SealingKey province,
                                                           const Clock& clock)
{
    if (!is_note_name(settings.origin))
        return Problem{"seal.origin",
                       "the log's name cannot stand in a checkpoint",
                       {},
                       settings.origin,
                       "visible ASCII without '+', at most 200 bytes"};
    std::unique_ptr<SignerService> service{new SignerService(std::move(settings), std::move(note), std::move(province), clock)};
    if (const Result<void> recalled = service->recall(); !recalled)
        return recalled.problem();
    return service;
}

Result<void> SignerService::recall()
{
    auto state = SignerState::open(settings_.state_file);
    if (!state)
        return state.problem();
    state_ = std::move(*state);
    auto kept = state_->load();
    if (!kept)
        return kept.problem();
    if (!*kept)
        return {};
    const auto body = open_with_any((**kept).note, verifier(), settings_.former);
    const auto checkpoint = body ? checkpoint_from_body(*body) : Result<Checkpoint>(body.problem());
    if (!checkpoint || checkpoint->origin != settings_.origin)
        return Problem{"seal.state_foreign", "the state belongs to another log or another key", settings_.state_file,
                       checkpoint ? checkpoint->origin : checkpoint.problem().found, to_text(verifier())};
    last_ = *checkpoint;
    sealed_ = std::move(*kept);
    sealed_->size = last_.size;
    sealed_->root = last_.root;
    sealed_->time = to_text(last_.time);
    return {};
}

Result<void> SignerService::extends_last(const SealRequest& request) const
{
    const std::string size = std::to_string(last_.size);
    if (request.new_root.size() != hash_bytes || request.new_size == 0)
        return refused("there is nothing to seal", std::to_string(request.new_size), "a size and the root of that size");
    if (request.new_size < last_.size)
        return refused("the log has become smaller", std::to_string(request.new_size), "at least " + size);
    if (request.old_size > last_.size)
        return refused("the request follows a checkpoint that this signer does not know", std::to_string(request.old_size), size);
    if (request.new_size == last_.size && request.new_root != last_.root)
        return refused("the log has another content at the same size", to_hex(request.new_root), to_hex(last_.root));
    const bool known = request.old_size < last_.size || request.new_size == last_.size;
    const Hash before = last_.size == 0 ? sha256("") : last_.root;
    if (!known && !verify_consistency(last_.size, request.new_size, before, request.new_root, request.consistency))
        return refused("the proof does not show that the log only grew", to_hex(request.new_root),
                       "an extension of size " + size);
    return {};
}

Result<SealedCheckpoint> SignerService::seal(const SealRequest& request)
{
    const std::lock_guard lock(mutex_);
    if (const Result<void> allowed = extends_last(request); !allowed)
        return allowed.problem();
    if (sealed_ && (request.old_size < last_.size || request.new_size == last_.size))
        return *sealed_;
    const Time now = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
    if (now + clock_step < last_.time)
        return Problem{
            "seal.clock", "the clock stands before the last checkpoint", {}, to_text(now), "at least " + to_text(last_.time)};
    const std::string prev = last_.size == 0 ? std::string{} : sha256_hex(to_body(last_));
    return sign({settings_.origin, request.new_size, request.new_root, std::max(now, last_.time), prev});
}

Result<SealedCheckpoint> SignerService::sign(const Checkpoint& checkpoint)
{
    const std::string body = to_body(checkpoint);
    auto note = sign_note(body, settings_.origin, note_);
    if (!note)
        return note.problem();
    auto cms = cms_sign(body, province_, checkpoint.time);
    if (!cms)
        return cms.problem();
    SealedCheckpoint sealed{checkpoint.size, checkpoint.root, std::move(*note), std::move(*cms), to_text(checkpoint.time)};
    // Remembered before anyone sees it, so that no later life of the signer can contradict it.
    if (const Result<void> saved = state_->save(sealed); !saved)
        return saved.problem();
    last_ = checkpoint;
    sealed_ = sealed;
    return sealed;
}

std::optional<SealedCheckpoint> SignerService::last() const
{
    const std::lock_guard lock(mutex_);
    return sealed_;
}

NoteVerifier SignerService::verifier() const
{
    return {settings_.origin, note_.public_key};
}

}  // namespace lienthong::seal
